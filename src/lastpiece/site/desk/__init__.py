"""The inside site: staff sign in here, with a second factor and an audit row for every action."""
