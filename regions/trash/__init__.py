"""The trash: deleted pages can be restored for 30 days."""
