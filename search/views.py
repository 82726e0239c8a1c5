"""The site search, a view rather than a page: it exists in every language from the start."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.presets import Preset
from search.query import Query
from search.results.feeds import feed_links, feed_response

#: Everything that is found at all.
SITE = Preset(facets=("typ", "region", "thema"))


def list_context(
    request: HttpRequest, preset: Preset, *, language: str, base_url: str
) -> dict[str, Any]:
    """What templates of lists get.

    Returns:
        ``results``, ``query``, ``preset``, ``facets`` (those of the results), ``feeds``
        (where the same is a feed or data) and ``noindex``: whether filters make this a
        page search engines should leave out.
    """
    query = Query.from_params(request.GET, preset, language, base_url)
    results = query.results(request)
    return {
        "results": results,
        "query": query,
        "preset": preset,
        "facets": results.facets,
        "feeds": feed_links(query),
        "noindex": query.is_filtered,
    }


# Only reads: with ATOMIC_REQUESTS a visitor would hold SQLite's single write lock.
@transaction.non_atomic_requests
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``/suche/``: the search over all public pages, or its feed."""
    language, base_url = get_language() or "de", reverse("search")
    feed = feed_response(request, SITE, language=language, base_url=base_url, title=_("Search"))
    if feed:
        return feed
    context = list_context(request, SITE, language=language, base_url=base_url)
    context.update(noindex=True, page_title=_("Search"))
    return render(request, "search/search.html", context)
