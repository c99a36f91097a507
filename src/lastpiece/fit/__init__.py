"""Fitting: what a piece of information belongs to, why, and what is still missing."""
