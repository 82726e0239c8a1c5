"""Spell correction: the words of titles and labels that look like the unknown ones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from cms.delivery.content_version import cached
from cms.text import fold
from search.analysis import Token
from search.facets import FacetTable
from search.models import Entry
from search.query import Query
from search.results.suggestions import Counting, suggest
from search.results.types import Suggestion

#: Shorter words are like too many others.
_SHORTEST = 5
_SIMILAR = 0.8
_WORD = re.compile(r"[^\W\d_]{5,}")


def did_you_mean(
    query: Query,
    unknown: Sequence[Token],
    tables: Mapping[str, FacetTable],
    count: Counting,
) -> tuple[Suggestion | None, list[Suggestion]]:
    """The search with unknown words corrected; if that finds nothing, the corrected words alone.

    Args:
        query: that found nothing.
        unknown: its words that no page has.
        tables: of the facets, whose labels are words worth knowing.
        count: asks the engine.
    """
    words = _vocabulary(query.language)
    for table in tables.values():
        words = words | _words_of(choice.label for choice in table.choices())
    text, corrected = query.text, []
    for token in reversed(unknown):
        if len(token.surface) < _SHORTEST:
            continue
        if like := get_close_matches(fold(token.surface), words, n=1, cutoff=_SIMILAR):
            corrected.append(words[like[0]])
            text = f"{text[: token.start]}{words[like[0]]}{text[token.end :]}"
    if not corrected:
        return None, []
    whole = suggest(query, text, count)
    if whole or text in corrected:
        return whole, []
    found = (suggest(query, word, count) for word in corrected)
    return None, [suggestion for suggestion in found if suggestion]


def _vocabulary(language: str) -> dict[str, str]:
    """Words of the titles of all entries, as written by what they are compared by."""
    return cached(("search.title_words", language), lambda: _words_of(_titles(language)))


def _titles(language: str) -> Iterable[str]:
    return Entry.objects.filter(locale=language).values_list("title", flat=True)


def _words_of(texts: Iterable[str]) -> dict[str, str]:
    return {fold(word): word for text in texts for word in _WORD.findall(text)}
