"""Relevance of the search: judged queries (README.md), and what is found for them."""
