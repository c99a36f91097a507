"""Recognisers: where a text mentions a person, a phone, a plate, a place or a time."""
