"""Sections of the start page about the review: what waits for whom, and what became of it."""
