"""Filters that a visitor names in words: „Mentoring“ is a topic.

Entries hold no labels, because these can be renamed; so an example of
mentoring that never says the word is found by its topic only.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from search.analysis import query_tokens
from search.facets import FacetTable
from search.query import Query
from search.results.types import FacetSuggestion

#: So many are offered.
MOST = 3


@lru_cache(maxsize=5_000)
def _forms(label: str, language: str) -> frozenset[str]:
    return frozenset(token.form for token in query_tokens(label, language))


def suggest_facets(query: Query, tables: Mapping[str, FacetTable]) -> list[FacetSuggestion]:
    """Values of offered facets whose label is among the words of ``query``, the longest first.

    Args:
        query: with the filters that were understood.
        tables: of the facets.
    """
    typed = {token.form for token in query.tokens}
    if not typed:
        return []
    found = []
    for name in query.preset.facets:
        if name not in tables or name in query.preset.fixed:
            continue
        for choice in tables[name].choices():
            label = _forms(choice.label, query.language)
            values = query.filters.get(name, ())
            if label and label <= typed and choice.public not in values:
                rest = " ".join(t.surface for t in query.tokens if t.form not in label)
                narrowed = replace(query.with_filter(name, (*values, choice.public)), text=rest)
                facet = str(tables[name].facet.label)
                found.append((-len(label), FacetSuggestion(facet, choice.label, narrowed.url())))
    return [suggestion for _length, suggestion in sorted(found, key=lambda entry: entry[0])[:MOST]]
