"""What a query gives to templates."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.safestring import SafeString
from wagtail.models import Page

from search.query import Query
from search.results.place import PlaceNote

_RELATED_FIRST = 3
#: So many values of a facet are shown at first.
_VALUES_FIRST = 20


@dataclass(frozen=True)
class NextDate:
    """A date with a name, with what it is: „Deadline“."""

    label: str
    date: date


@dataclass(frozen=True)
class Hit:
    """One found page, as lists show it.

    ``page`` has its title and its address; any other field costs a query, so lists show what is
    here. Where all hits are of one type whose document ``shows_fields``, it is of the specific
    class and has all fields. ``next_date`` is the date that the list, or every list, shows with it;
    ``met`` has the numbers of the preferences that it meets; from ``expires_at`` on the page is no
    longer found.
    """

    page: Page
    type_key: str
    type_label: str
    title: SafeString
    summary: SafeString
    url: str
    region_name: str | None
    date: date | None
    shows_date: bool = False
    illustration: str = ""
    kilometres: int | None = None
    next_date: NextDate | None = None
    met: tuple[int, ...] = ()
    expires_at: datetime | None = None


@dataclass(frozen=True)
class PromotedHit:
    """A page that editors put before all hits, and why."""

    hit: Hit
    reason: str


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, ``key`` as it stands in addresses."""

    key: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetResult:
    """A facet with the values worth offering: those with hits, and the selected ones."""

    name: str
    label: str
    values: list[FacetValue]

    @property
    def selected_count(self) -> int:
        """Number of selected values."""
        return sum(value.selected for value in self.values)

    @property
    def has_selected_beyond(self) -> bool:
        """Whether a value is selected that lists show only on demand."""
        return any(value.selected for value in self.more_values)

    @property
    def first_values(self) -> list[FacetValue]:
        """The values that are shown at once."""
        return self.values[:_VALUES_FIRST]

    @property
    def more_values(self) -> list[FacetValue]:
        """The values that are shown on demand."""
        return self.values[_VALUES_FIRST:]


@dataclass(frozen=True)
class Chip:
    """A filter in use. In :attr:`Results.without`, ``count`` is the number of hits without it.

    ``names`` is what it is of the list, see :class:`search.registry.Facet`.
    """

    label: str
    remove_url: str
    count: int | None = None
    names: str = ""


@dataclass(frozen=True)
class FacetSuggestion:
    """A filter that the words of a visitor name; ``url`` uses it instead of these words."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True)
class SortOption:
    """A way to sort."""

    key: str
    label: str
    selected: bool
    url: str


@dataclass(frozen=True)
class PageLink:
    """A page of hits; ``url`` is empty for a gap in the numbers."""

    number: int
    url: str
    current: bool = False


@dataclass(frozen=True)
class SearchNotes:
    """What was not found or looked for as typed; said on the result page.

    Args:
        unmatched: words that no page of the list has.
        substituted: words that no page of the list has, but what is near to them.
        corrected: words as typed, and what was looked for instead.
        related: what else was looked for.
        parts: of compounds that no page of the list has as a whole.
        is_partial: whether some hits have not all words.
        has_complete: whether some have.
        is_function_words: whether nothing but function words was typed.
        is_exact: whether only pages with all words as typed were looked for.
        is_of_list: whether pages that are not in the list may have the words.
        exact_url: the same search exactly as typed; where it is that already, the usual one.
    """

    unmatched: tuple[str, ...] = ()
    substituted: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    related: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    is_partial: bool = False
    has_complete: bool = False
    is_function_words: bool = False
    is_exact: bool = False
    is_of_list: bool = False
    exact_url: str = ""

    @property
    def related_first(self) -> tuple[str, ...]:
        """What else was looked for, as much as fits into a sentence."""
        return self.related[:_RELATED_FIRST]

    @property
    def related_rest(self) -> tuple[str, ...]:
        """What else was looked for beyond that."""
        return self.related[_RELATED_FIRST:]

    @property
    def has_any(self) -> bool:
        """Whether there is something to say."""
        return bool(
            self.unmatched
            or self.corrected
            or self.related
            or self.parts
            or self.is_partial
            or self.is_exact
        )


@dataclass(frozen=True)
class Results:
    """One page of hits and everything around it.

    ``without`` is filled when nothing was found: chips of the filters that alone hide
    all hits, the most helpful first. ``notes`` say what was not looked for as typed, ``place``
    which place it is about, ``asked`` is the query with the filters that were understood.
    ``promoted`` are pages that editors show before the hits; these are then not among them.
    ``canonical_url`` is the address without what does not exist: unknown values, pages beyond the
    last; empty where the address that was asked for is that one. ``page_ids`` are the hits as the
    engine gave them: with those that have just ceased to be public.
    """

    hits: list[Hit]
    total: int
    page_number: int
    page_count: int
    facets: list[FacetResult]
    chips: list[Chip]
    previous_url: str | None
    next_url: str | None
    clear_url: str
    text: str
    without: list[Chip] = field(default_factory=list)
    facet_suggestions: list[FacetSuggestion] = field(default_factory=list)
    notes: SearchNotes = SearchNotes()
    place: PlaceNote | None = None
    sort_options: list[SortOption] = field(default_factory=list)
    pages: list[PageLink] = field(default_factory=list)
    first_number: int = 0
    last_number: int = 0
    asked: Query | None = None
    canonical_url: str = ""
    page_ids: tuple[int, ...] = ()
    promoted: list[PromotedHit] = field(default_factory=list)

    @property
    def exists(self) -> bool:
        """Whether there is what was asked for: the page, the values of filters, the place."""
        return not self.canonical_url and not self.is_place_unclear

    @property
    def is_place_unclear(self) -> bool:
        """Whether a place was asked for that nobody knows, or that several are called like."""
        return bool(self.asked and self.asked.place and self.place and self.place.place is None)

    @property
    def is_cut(self) -> bool:
        """Whether there are more hits than the last page shows: engines number only so many."""
        return self.page_number == self.page_count and 0 < self.last_number < self.total

    @property
    def is_empty_list(self) -> bool:
        """Whether there is nothing at all, whatever one asks: not yet, or not in this language."""
        return not (self.total or self.text or self.chips or self.place)

    @property
    def has_filters(self) -> bool:
        """Whether there is anything to choose from."""
        return any(facet.values for facet in self.facets)
