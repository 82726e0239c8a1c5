"""The site search, a view rather than a page: it exists in every language from the start."""

from dataclasses import asdict

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.plain_text import without_controls
from search.presets import Preset
from search.results.context import canonical_redirect, list_context
from search.results.feeds import feed_response
from search.results.suggestions import suggestions
from search.statistics.middleware import note_search

#: Everything that is found at all.
SITE = Preset(facets=("typ", "region", "thema"), takes_place=True)


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
    if elsewhere := canonical_redirect(context):
        return elsewhere
    context.update(noindex=True, page_title=_("Search"))
    response = render(request, "search/search.html", context)
    note_search(response, context["results"])
    return response


@transaction.non_atomic_requests
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer ``/suche/vorschlaege/?q=``: what may be meant by the beginning of a search."""
    typed = without_controls(request.GET.get("q", ""))
    found = suggestions(typed, get_language() or "de", request)
    response = JsonResponse({"suggestions": [asdict(one) for one in found]})
    response["X-Robots-Tag"] = "noindex"
    return response
