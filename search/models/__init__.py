"""Models of the search."""

from search.models.counts import SearchCount
from search.models.editorial import PromotedResult, ThesaurusEntry
from search.models.entries import (
    Entry,
    EntryFacet,
    EntryQuerySet,
    IndexClock,
    IndexedWord,
    IndexState,
    RelatedPages,
    new_epoch,
)

__all__ = [
    "Entry",
    "EntryFacet",
    "EntryQuerySet",
    "IndexClock",
    "IndexState",
    "IndexedWord",
    "PromotedResult",
    "RelatedPages",
    "SearchCount",
    "ThesaurusEntry",
    "new_epoch",
]
