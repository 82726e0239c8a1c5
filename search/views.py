"""The site search, a view rather than a page: it exists in every language from the start."""

from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.plain_text import without_controls
from search.presets import Preset
from search.registry import TOPIC_FACET
from search.results.context import canonical_redirect, list_context
from search.results.feeds import feed_response
from search.results.suggestions import suggestions
from search.results.titles import narrowed_title, page_of_list
from search.results.types import Results
from search.statistics.middleware import note_search

#: Everything that is found at all, by what pages of several rooms have; the filters that only one
#: kind of page has are on its list. Those of a room that is not there are left out.
SITE = Preset(
    facets=(
        "typ",
        "region",
        "land",
        TOPIC_FACET,
        "beteiligte",
        "verfahren",
        "ergebnis",
        "form",
        "geld",
        "richtung",
    ),
    takes_place=True,
)


# Only reads: with ATOMIC_REQUESTS a visitor would hold SQLite's single write lock.
@transaction.non_atomic_requests
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``/suche/``: the search over all public pages, or its feed."""
    language, base_url = get_language() or "de", reverse("search")
    names = {"title": _("Search"), "publisher": _("Houses of Cooperation")}
    feed = feed_response(request, SITE, language=language, base_url=base_url, **names)
    if feed:
        return feed
    context: dict[str, Any] = list_context(
        request, SITE, language=language, base_url=base_url, **names
    )
    if elsewhere := canonical_redirect(context):
        return elsewhere
    context.update(noindex=True, page_title=_page_title(context["results"]))
    response = render(request, "search/search.html", context)
    note_search(response, context["results"])
    return response


def _page_title(results: Results) -> str:
    """The title of a page of results: what was looked for, where, and the number of the page."""
    title = _("Search")
    if results.text:
        title = _("Search for “%(text)s”") % {"text": results.text}
    return page_of_list(narrowed_title(title, replace(results, text="")), results)


@transaction.non_atomic_requests
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer ``/suche/vorschlaege/?q=``: what may be meant by the beginning of a search."""
    typed = without_controls(request.GET.get("q", ""))
    found = suggestions(typed, get_language() or "de", request)
    response = JsonResponse({"suggestions": [asdict(one) for one in found]})
    response["X-Robots-Tag"] = "noindex"
    return response
