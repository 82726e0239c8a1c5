"""Taking everything of a region along, and deleting a region that was taken along."""
