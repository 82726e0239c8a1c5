"""Filling in a check: without account, cookie or script, kept under a signed link."""
