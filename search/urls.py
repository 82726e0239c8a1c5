"""Addresses of the site search."""

from django.urls import path

from search.views import search, suggest

urlpatterns = [
    path("suche/", search, name="search"),
    path("suche/vorschlaege/", suggest, name="search_suggestions"),
]
