"""Addresses of the search that are the same in every language."""

from search import sitemaps
from search.api import urls

urlpatterns = [*sitemaps.urlpatterns, *urls.urlpatterns]
