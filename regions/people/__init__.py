"""The people of a house: invited, given a role and removed by its leads (F29: two levels)."""
