"""Assessing: grading, sanitising and asking, as a trained person does it."""
