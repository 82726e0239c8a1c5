"""What a query asks of an engine, and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from django.utils import timezone

from search.dates import DateRange, NamedDate
from search.index_version import IndexVersion

#: Of the words of a text by their rarity, what a page needs to be found.
LEAST_SHARE = 0.2


class Origin(StrEnum):
    """Where a term of a query comes from: so that it can be shown, switched off and marked."""

    TYPED = "typed"
    CORRECTED = "corrected"
    SYNONYM = "synonym"
    CONCEPT = "concept"
    #: Stands for a word that no page has.
    SUBSTITUTE = "substitute"


@dataclass(frozen=True)
class Term:
    """One way to say a word.

    Args:
        form: what is matched; several forms separated by blanks must stand in this order.
        parts: weaker alternatives: parts of a compound, family of a word.
        weight: of a match, 1 for what was typed.
        origin: where it comes from.
        labels: facet keys by facet whose label says the same.
    """

    form: str
    parts: tuple[str, ...] = ()
    weight: float = 1.0
    origin: Origin = Origin.TYPED
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of its words, in order."""
        return tuple(self.form.split(" "))


@dataclass(frozen=True)
class Word:
    """A word of the query: a page has it when it has any of its terms.

    Args:
        terms: the ways to say it.
        is_supporting: whether its rarity counts for less: verbs, adjectives and adverbs are rare
            on pages and say less than nouns of what is looked for (*beantragen*, *hinterher*).
    """

    terms: tuple[Term, ...]
    is_supporting: bool = False


@dataclass(frozen=True)
class Phrase:
    """A text that must stand on a page as it is, letter case and umlauts aside.

    Args:
        text: folded (:func:`cms.text.fold`), words separated by one blank.
        forms: of its words, by which pages are looked up.
    """

    text: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """The place that a query is about.

    Args:
        lat: latitude in degrees.
        lon: longitude in degrees.
        region: key of the region that serves it; empty where none does.
        land_regions: keys of the regions of its federal state.
        house_types: type keys of pages that speak for one region only.
        words: positions of the words that stand for it.
        radius: kilometres around it that hits must lie in, the own region included.
    """

    lat: float
    lon: float
    region: str = ""
    land_regions: tuple[str, ...] = ()
    house_types: tuple[str, ...] = ()
    words: tuple[int, ...] = ()
    radius: int | None = None


@dataclass(frozen=True)
class Preference:
    """What pages should have, but need not: it orders them and finds none.

    Args:
        facet: name of a facet.
        keys: a page with any of these meets it.
        weight: compared with the other preferences.
    """

    facet: str
    keys: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class EngineQuery:
    """Everything an engine needs to know.

    Args:
        locale: language code; only entries in it are found.
        types: type keys; empty for all.
        words: pages with all of them come first, then by share and rarity of the words; ``None``
            for no text, empty for a text without any searchable word, which finds nothing.
        fixed: facet keys the preset demands; never counted nor offered for dropping.
        hidden: facet keys; an entry with one of them is not found.
        selected: facet keys the visitor chose: any of a facet, all facets.
        facets: names of the facets to count.
        sort: ``relevanz``, ``datum`` (newest first), ``titel``, ``termin`` (``soonest`` first) or
            ``id`` (lowest page id first); all but the first find only pages with all words, those
            that name the place aside, if there are any.
        page: number of the page of hits, from 1; beyond the end means the last.
        now: the moment (aware); entries that have expired by then are not found.
        index_version: the version of the read model, for what an engine caches.
        excluded: a page with one of these is not found.
        phrases: a page without one of these is not found.
        every_word: whether a page needs all words, as typed.
        own_region: key of the region whose pages come first among equally good ones.
        near: the place that it is about.
        least_share: of the words by their rarity, what a page needs to be found where it has not
            all of them.
        ranges: facets whose keys are ranges of dates, by facet and key.
        preferences: with ``relevanz``, pages that meet more of them, by weight, come first; among
            pages found by words, those with all words before.
        soonest: the date by which ``termin`` sorts: the next one of what is not over.
        after: with ``id``, hits have a higher page id, and ``page`` has no effect: so one reads on,
            however many there are.
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
    now: datetime
    index_version: IndexVersion
    excluded: tuple[Term, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    every_word: bool = False
    own_region: str = ""
    near: Near | None = None
    least_share: float = LEAST_SHARE
    ranges: Mapping[str, Mapping[str, DateRange]] = field(default_factory=dict)
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    preferences: tuple[Preference, ...] = ()
    soonest: NamedDate | None = None
    after: int = 0

    @property
    def today(self) -> date:
        """The day of the moment, where the site is."""
        return timezone.localdate(self.now)


@dataclass(frozen=True)
class EngineAnswer:
    """Ids of one page of hits, and all counts.

    Args:
        page_ids: of the hits on the page, best first.
        total: number of all hits.
        page_number: of the page.
        page_count: number of pages, at least 1.
        counts: for each value of a facet the hits if it alone were selected there.
        without: number of hits if a selected facet were dropped altogether.
        without_text: number of hits if the text were.
        complete: number of hits with all words; with ``relevanz``, the place is one of them.
        unmatched: positions of the words that no entry has.
        kilometres: distance of the hits that have a place and are not of the own region.
        within: number of hits by radius.
        met: numbers of the preferences that a hit meets.
    """

    page_ids: list[int]
    total: int
    page_number: int
    page_count: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)
    without_text: int = 0
    complete: int = 0
    unmatched: tuple[int, ...] = ()
    kilometres: dict[int, float] = field(default_factory=dict)
    within: dict[int, int] = field(default_factory=dict)
    met: dict[int, tuple[int, ...]] = field(default_factory=dict)


class Engine(Protocol):
    """What every search engine has to do: find, filter, count and sort entries."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Find, filter, count, sort and cut."""
        ...
