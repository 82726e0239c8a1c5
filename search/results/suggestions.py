"""Where to go on when no page has all the words: single words, and another spelling.

Asked only for a search that found nothing, and bounded: one question to the engine for each of
the first words, one for the spelling.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from cms.delivery.content_version import cached
from search.analysis import Token
from search.analysis.normalise import fold
from search.facets import FacetTable
from search.models import Entry
from search.query import Query
from search.results.types import Chip

#: So many words are asked for one by one.
MOST = 4
#: Shorter words are like too many others.
_SHORTEST = 5
_SIMILAR = 0.8
_WORD = re.compile(r"[^\W\d_]{5,}")

#: Gives the number of hits of a query.
Counting = Callable[[Query], int]


def single_words(query: Query, count: Counting) -> tuple[list[Chip], list[Token]]:
    """The words that do find something alone, the most helpful first, and those that do not.

    Args:
        query: that found nothing.
        count: asks the engine.
    """
    found, unknown = [], []
    for token in query.tokens[:MOST]:
        if chip := _search(query, token.surface, count):
            found.append(chip)
        else:
            unknown.append(token)
    return sorted(found, key=lambda chip: -(chip.count or 0)), unknown


def other_spelling(
    query: Query,
    unknown: Sequence[Token],
    tables: Mapping[str, FacetTable],
    count: Counting,
) -> tuple[Chip | None, list[Chip]]:
    """The same search with words that look like the unknown ones; if that finds nothing, these.

    Args:
        query: that found nothing.
        unknown: its words that no page has.
        tables: of the facets, whose labels are words worth knowing.
        count: asks the engine.
    """
    words = _vocabulary(query.language)
    for table in tables.values():
        words = words | _words_of(choice.label for choice in table.choices())
    text, meant = query.text, []
    for token in reversed(unknown):
        if len(token.surface) < _SHORTEST:
            continue
        if like := get_close_matches(fold(token.surface), words, n=1, cutoff=_SIMILAR):
            meant.append(words[like[0]])
            text = f"{text[: token.start]}{words[like[0]]}{text[token.end :]}"
    if not meant:
        return None, []
    whole = _search(query, text, count)
    if whole or text in meant:
        return whole, []
    return None, [chip for word in meant if (chip := _search(query, word, count))]


def _search(query: Query, text: str, count: Counting) -> Chip | None:
    search = replace(query, text=text, page=1)
    hits = count(search)
    return Chip(text, search.url(), hits) if hits else None


def _vocabulary(language: str) -> dict[str, str]:
    """Words of the titles of all entries, as written by what they are compared by."""
    return cached(("search.title_words", language), lambda: _words_of(_titles(language)))


def _titles(language: str) -> Sequence[str]:
    return Entry.objects.filter(locale=language).values_list("title", flat=True)


def _words_of(texts) -> dict[str, str]:
    return {fold(word): word for text in texts for word in _WORD.findall(text)}
