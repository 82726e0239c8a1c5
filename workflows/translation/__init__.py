"""Translations go through the review: access, views, wagtail-localize's seams."""
