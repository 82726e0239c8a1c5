"""Glossary terms: found in texts and explained where they stand."""
