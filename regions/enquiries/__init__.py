"""Enquiries: the public form, the work on them in the admin, and their deletion."""
