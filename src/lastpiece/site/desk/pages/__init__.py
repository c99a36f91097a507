"""The desk's pages: each reads the request and the clock, and makes one action or one query call."""
