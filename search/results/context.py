"""What templates of lists get."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect

from search.presets import Preset
from search.query import Query
from search.results.feeds import feed_links
from search.results.promoted import with_promoted
from search.results.run import run
from search.results.titles import narrowed_title
from search.results.types import Results


def list_context(
    request: HttpRequest,
    preset: Preset,
    *,
    language: str,
    base_url: str,
    title: str,
    publisher: str,
) -> dict[str, object]:
    """What templates of lists get.

    Args:
        request: its parameters are those of the list.
        preset: the list.
        language: language code of the entries and labels.
        base_url: address of the list.
        title: what the list is called.
        publisher: whose it is: a house, or the whole site.

    Returns:
        ``results``, ``query``, ``preset``, ``facets`` (those of the results), ``feeds``
        (where the same is a feed or data), ``list_title`` (with the filters), ``own_address`` (to
        pass on: with the filters, without the visitor's house) and ``noindex``: whether filters
        make this a page search engines should leave out.
    """
    query = Query.from_params(request.GET, preset, language, base_url)
    results = with_promoted(run(query, request), query, request)
    narrowed = narrowed_title(title, results)
    # What is shown is that of all places; as a feed, an unclear place is refused.
    followed = replace(query, place="", radius=None) if results.is_place_unclear else query
    return {
        "results": results,
        "list_title": narrowed,
        "own_address": replace(results.asked or query, carried={}).url(),
        "query": query,
        "preset": preset,
        "facets": results.facets,
        "feeds": feed_links(followed, f"{narrowed} – {publisher}"),
        "noindex": query.is_filtered,
    }


def canonical_redirect(context: Mapping[str, Any]) -> HttpResponseRedirect | None:
    """Lead to the list without pages and values that do not exist.

    Not for ever: a value may be there tomorrow.

    Args:
        context: of :func:`list_context`.
    """
    results: Results = context["results"]
    url = results.canonical_url
    return HttpResponseRedirect(url) if url else None
