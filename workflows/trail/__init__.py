"""The audit trail: Wagtail's log, with houses, filtered for who reads it (docs/adr/0013)."""
