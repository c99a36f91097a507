"""Making a new picture of a file that a stranger sent, where nothing in that file can do harm."""
