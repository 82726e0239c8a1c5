"""The audit trail (issue 4, point 7): Wagtail's log, with houses, filtered for who reads it."""
