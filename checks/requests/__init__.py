"""Filling in the forms that houses make, and what is done with their entries."""
