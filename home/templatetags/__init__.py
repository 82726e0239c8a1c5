"""Template tags of the home room."""
