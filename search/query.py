"""The one query behind everything that lists pages: what is asked, and its address.

Site search, finders, archives and teasers are presets of it: same filters, same
addresses, same component (docs/reference/search-parameters.md). It is answered by
:func:`search.results.run.run`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from search import registry
from search.analysis import Token
from search.analysis.thesaurus import Thesaurus
from search.places import PLACE_PARAMETER, RADII, RADIUS_PARAMETER
from search.plain_text import one_line, without_controls
from search.presets import Preset
from search.query_text import QueryText, parse
from search.registry import REGION_FACET

#: Values of the parameter ``sortierung``.
SORTS = ("relevanz", "datum", "titel", "termin")
MAX_TEXT = 200
#: ``genau=1`` searches for exactly what was typed.
EXACT_PARAMETER = "genau"
_MAX_PAGE = 10**6
_MAX_VALUE = 120
#: Values of one facet; every value stands in every link of the page.
_MAX_VALUES = 40
_MAX_PLACE = 80


@dataclass(frozen=True)
class Query:
    """What a visitor asks of a list. Make one with :meth:`from_params`.

    Args:
        preset: the list.
        language: language code of the entries and labels.
        base_url: address of the list; all links of the results are relative to it.
        text: words to find.
        filters: values by facet name, as they stand in the address.
        sort: one of :data:`SORTS`, or empty for the default.
        page: number of the page of hits, from 1.
        carried: parameters that stay in all addresses and filter nothing.
        exact: only pages with all words as typed: nothing corrected, nothing added.
        place: postal code or name of a place whose pages come first.
        radius: kilometres around the place, one of :data:`search.places.RADII`, or none.
        after: hits by page id, those after this one (keyset pagination); of the code
            that asks, in no address.
        thesaurus: what else the words are called, in place of the published one; likewise.
    """

    preset: Preset
    language: str
    base_url: str = ""
    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    carried: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    place: str = ""
    radius: int | None = None
    after: int | None = None
    thesaurus: Thesaurus | None = None

    @classmethod
    def from_params(
        cls, params: QueryDict, preset: Preset, language: str, base_url: str
    ) -> "Query":
        """Read an address. Whatever stands there, the result is a valid query."""
        filters = {}
        for name in registry.facets():
            if name in preset.fixed:
                continue
            values = [without_controls(value)[:_MAX_VALUE] for value in params.getlist(name)]
            if kept := tuple(dict.fromkeys(value for value in values if value.strip())):
                filters[name] = kept[:_MAX_VALUES]
        sort = params.get("sortierung", "")
        carried = {
            name: value
            for name, carrying in registry.carried().items()
            if name in params and (value := carrying(params.getlist(name), language))
        }
        return cls(
            preset=preset,
            language=language,
            base_url=base_url,
            text=without_controls(params.get("q", ""))[:MAX_TEXT].strip(),
            filters=filters,
            sort=sort if sort in sorts_of(preset) else "",
            page=_page_number(params.get("seite", "")),
            carried=carried,
            exact=params.get(EXACT_PARAMETER) == "1",
            place=_place(params, preset),
            radius=_radius(params.get(RADIUS_PARAMETER, "")),
        )

    @property
    def effective_sort(self) -> str:
        """How hits are sorted: as chosen, by relevance when there is a text, else as preset."""
        if self.sort == "relevanz" and not self.is_ranked:
            return self.preset.default_sort
        if self.sort:
            return self.sort
        return "relevanz" if self.is_ranked else self.preset.default_sort

    @property
    def is_ranked(self) -> bool:
        """Whether some hits fit better than others, by words, a place or preferences."""
        return bool(self.text or self.place or self.preset.preferences)

    @property
    def takes_place(self) -> bool:
        """Whether a place may be asked for: lists of one region are about that region."""
        return self.preset.takes_place and REGION_FACET not in self.preset.fixed

    @property
    def radii(self) -> tuple[int, ...]:
        """The radii that are offered, in kilometres."""
        return RADII

    @property
    def is_filtered(self) -> bool:
        """Whether this differs from the bare list; such pages are not for search engines."""
        return bool(self.text or self.place or self.filters or self.sort or self.page > 1)

    @cached_property
    def parsed(self) -> QueryText:
        """The text taken apart."""
        return parse(self.text, self.language)

    @property
    def tokens(self) -> list[Token]:
        """The words of the text that should be found."""
        return list(self.parsed.words)

    def url(self) -> str:
        """The address of this query: parameters in one order, nothing that is the default."""
        pairs = [("q", self.text)] if self.text else []
        for name in registry.facets():
            pairs.extend((name, value) for value in self.filters.get(name, ()))
        if self.place:
            pairs.append((PLACE_PARAMETER, self.place))
        if self.place and self.radius:
            pairs.append((RADIUS_PARAMETER, str(self.radius)))
        if self.sort:
            pairs.append(("sortierung", self.sort))
        if self.exact:
            pairs.append((EXACT_PARAMETER, "1"))
        if self.page > 1:
            pairs.append(("seite", str(self.page)))
        pairs.extend(self.preset.parameters.items())
        pairs.extend(self.carried.items())
        return f"{self.base_url}?{urlencode(pairs)}" if pairs else self.base_url or "?"

    def with_filter(self, name: str, values: Iterable[str]) -> "Query":
        """The same with other values for one facet, on the first page."""
        filters = {key: value for key, value in self.filters.items() if key != name}
        if values := tuple(values):
            filters[name] = values
        return replace(self, filters=filters, page=1)


def not_understood(params: QueryDict, query: Query) -> list[str]:
    """Parameters of which a query leaves the value aside, which may find more than was asked for.

    Args:
        params: of the address.
        query: what was read of them.
    """
    left = []
    if query.takes_place and params.get(RADIUS_PARAMETER) and not (query.place and query.radius):
        left.append(RADIUS_PARAMETER)
    if params.get(EXACT_PARAMETER) and not query.exact:
        left.append(EXACT_PARAMETER)
    return left


def sorts_of(preset: Preset) -> tuple[str, ...]:
    """The ways to sort a list: by a date only if its hits show one."""
    return SORTS if preset.shown_date in registry.dates() else SORTS[:-1]


def _place(params: QueryDict, preset: Preset) -> str:
    """The place that was typed, in one line."""
    typed = params.get(PLACE_PARAMETER, "") if preset.takes_place else ""
    return one_line(typed, _MAX_PLACE)


def _radius(value: str) -> int | None:
    """A radius that is offered; none for everything else."""
    return next((radius for radius in RADII if value == str(radius)), None)


def _page_number(value: str) -> int:
    """A page number from an address: 1 for junk, large ones cut (beyond the end is the end)."""
    if not (value.isascii() and value.isdecimal()):
        return 1
    return max(1, int(value)) if len(value) < len(str(_MAX_PAGE)) else _MAX_PAGE
