"""The handbook inside the admin: one page per role, from ``docs/rollen``."""
