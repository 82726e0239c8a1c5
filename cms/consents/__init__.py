"""Consent of people and partners to be named, quoted or shown on a page."""
