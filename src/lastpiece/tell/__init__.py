"""Telling: everything between a person's words and the sealed file only the desk can open."""
