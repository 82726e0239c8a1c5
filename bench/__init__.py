"""How fast the platform is: ``python -m bench`` (docs/reference/measures.md)."""
