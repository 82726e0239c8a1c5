"""Suggestions where a search finds nothing: its words one by one.

Bounded: one question to the engine for each of the first words.
"""

from collections.abc import Callable
from dataclasses import replace

from search.analysis import Token
from search.query import Query
from search.results.types import Suggestion

#: So many words are asked for one by one.
MOST = 4

#: Gives the number of hits of a query.
Counting = Callable[[Query], int]


def partial_matches(query: Query, count: Counting) -> tuple[list[Suggestion], list[Token]]:
    """The words that do find something alone, the most helpful first, and those that do not.

    Args:
        query: that found nothing.
        count: asks the engine.
    """
    found, unknown = [], []
    for token in query.tokens[:MOST]:
        if suggestion := suggest(query, token.surface, count):
            found.append(suggestion)
        else:
            unknown.append(token)
    return sorted(found, key=lambda suggestion: -suggestion.count), unknown


def suggest(query: Query, text: str, count: Counting) -> Suggestion | None:
    """The same search with other words, if it finds anything."""
    search = replace(query, text=text, page=1)
    hits = count(search)
    return Suggestion(text, search.url(), hits) if hits else None
