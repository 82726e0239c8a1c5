"""The publishing calendar: what goes public, expires or is due on which day."""
