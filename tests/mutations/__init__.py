"""Guards switched off one at a time, to see that a test notices: ``make mutations``."""
