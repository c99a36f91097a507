"""The two sites and the parts they share."""
