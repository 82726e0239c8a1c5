"""Uploaded files before they are stored: limits, names, decoding in a process of its own."""
