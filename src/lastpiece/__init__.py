"""Lastpiece: what communities know, turned into safe, lawful action against hidden crime."""
