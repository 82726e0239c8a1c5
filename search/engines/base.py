"""What a query asks of an engine, and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from search.index_version import IndexVersion


@dataclass(frozen=True)
class Term:
    """One way to say a word: matched by its own form, more weakly by all its parts together."""

    form: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """A word of the query: a page has it when it has any of its terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class EngineQuery:
    """Everything an engine needs to know.

    Args:
        locale: language code; only entries in it are found.
        types: type keys; empty for all.
        words: all of them must be found; ``None`` for no text, empty for a text
            without any searchable word, which finds nothing.
        fixed: facet keys the preset demands; never counted nor offered for dropping.
        selected: facet keys the visitor chose: any of a facet, all facets.
        facets: names of the facets to count.
        sort: ``relevanz``, ``datum`` or ``titel``.
        page: number of the page of hits, from 1; beyond the end means the last.
        today: entries that expired before this day are not found.
        index_version: the version of the read model, for what an engine caches.
    """

    locale: str
    types: tuple[str, ...]
    words: tuple[Word, ...] | None
    fixed: Mapping[str, tuple[str, ...]]
    selected: Mapping[str, tuple[str, ...]]
    facets: tuple[str, ...]
    sort: str
    page: int
    page_size: int
    today: date
    index_version: IndexVersion


@dataclass(frozen=True)
class EngineAnswer:
    """Ids of one page of hits, and all counts.

    ``without`` has the number of hits if a selected facet were dropped altogether,
    ``without_text`` if the text were.
    """

    page_ids: list[int]
    total: int
    page_number: int
    page_count: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)
    without_text: int = 0
    degraded: bool = False


class Engine(Protocol):
    """What every search engine has to do: find, filter, count and sort entries."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Find, filter, count, sort and cut."""
        ...
