"""The people of a house: invited, given a role and seen off by its leads (F29)."""
