"""Preview links: people named in a page read it before it is public, without an account."""
