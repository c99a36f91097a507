"""Settings of the two sites."""
