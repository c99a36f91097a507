"""Kinds of value, one file a kind: each cleans, parses, compares and says how specific it is."""
