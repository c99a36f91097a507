"""The public site: it can only seal. No login, no database, no private key."""
