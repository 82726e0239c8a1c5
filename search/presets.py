"""What a list shows before anybody filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.engines.base import LEAST_SHARE, Preference


@dataclass(frozen=True)
class Preset:
    """One list of the site: everything that lists pages is a preset of the one query.

    Args:
        types: type keys of its documents; empty for all.
        fixed: facet keys that always apply and cannot be removed, e.g. the region of a house.
        hidden: facet keys; what has one of them is not found: another entry takes its place.
        facets: names of the facets offered, in order.
        preferences: what pages should have, but need not; those that meet more come first.
        page_size: hits on a page.
        default_sort: when there is no text and the visitor chose nothing.
        takes_place: whether a place may be asked for, or be named among the words.
        shown_date: name of the registered date that hits show and the list can be sorted by; with
            ``default_sort="termin"`` it is, soonest first.
        least_share: of the words of a text by their rarity, what a page needs to be found where it
            has not all of them.
        parameters: those of the address that made the preset what it is, e.g. the place; all links
            keep them.
    """

    types: tuple[str, ...] = ()
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    preferences: tuple[Preference, ...] = ()
    page_size: int = 12
    default_sort: str = "datum"
    takes_place: bool = False
    shown_date: str = ""
    least_share: float = LEAST_SHARE
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves out pages whatever visitors ask for."""
        return bool(self.types or self.fixed)
