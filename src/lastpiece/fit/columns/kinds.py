"""The kinds that a table's column can be; apart from what knows them, so that a help text loads nothing."""

COLUMN_KINDS = ("address", "date", "forename", "name", "phone", "place", "plate", "postcode", "surname", "word")
"""Every kind, by name."""
