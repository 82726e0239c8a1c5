"""Anonymous tables of self-checks by region and quarter, with small cells suppressed."""
