"""Spam protection of public forms, without cookie, script or puzzle."""
