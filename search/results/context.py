"""What templates of lists get."""

from django.http import HttpRequest

from search.presets import Preset
from search.query import Query
from search.results.feeds import feed_links
from search.results.run import run


def list_context(
    request: HttpRequest, preset: Preset, *, language: str, base_url: str
) -> dict[str, object]:
    """What templates of lists get.

    Returns:
        ``results``, ``query``, ``preset``, ``facets`` (those of the results), ``feeds``
        (where the same is a feed or data) and ``noindex``: whether filters make this a
        page search engines should leave out.
    """
    query = Query.from_params(request.GET, preset, language, base_url)
    results = run(query, request)
    return {
        "results": results,
        "query": query,
        "preset": preset,
        "facets": results.facets,
        "feeds": feed_links(query),
        "noindex": query.is_filtered,
    }
