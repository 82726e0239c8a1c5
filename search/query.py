"""The one query behind everything that lists pages.

Site search, finders, archives and teasers are presets of it: same filters, same
addresses, same component (docs/reference/search-parameters.md).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from search import registry
from search.analysis import Token, query_tokens
from search.engines import get_engine
from search.engines.base import EngineAnswer, EngineQuery, Term, Word
from search.facets import load_tables
from search.index_version import Stamp
from search.models import Generation
from search.plain_text import without_controls
from search.presets import Preset
from search.registry import REGION_FACET, Facet
from search.results.builder import Assembly
from search.results.suggestions import other_spelling, single_words
from search.results.types import Hit, Results

#: Values of the parameter ``sortierung``.
SORTS = ("relevanz", "datum", "titel")
MAX_TEXT = 200
_MAX_PAGE = 10**6
_MAX_VALUE = 120


#: Functions that add terms to words: the place of synonyms and concepts.
EXPANSIONS: list[Callable[[tuple[Word, ...]], tuple[Word, ...]]] = []


def words_of(tokens: Iterable[Token]) -> tuple[Word, ...]:
    """The words of a text as the engines take them, expanded by :data:`EXPANSIONS`."""
    words = tuple(Word((Term(token.form, token.parts),)) for token in tokens)
    for expand in EXPANSIONS:
        words = expand(words)
    return words


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
    """

    preset: Preset
    language: str
    base_url: str = ""
    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    carried: Mapping[str, str] = field(default_factory=dict)

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
                filters[name] = kept
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
            sort=sort if sort in SORTS else "",
            page=_page_number(params.get("seite", "")),
            carried=carried,
        )

    @property
    def effective_sort(self) -> str:
        """How hits are sorted: as chosen, by relevance when there is a text, else as preset."""
        if self.sort == "relevanz" and not self.text:
            return self.preset.default_sort
        if self.sort:
            return self.sort
        return "relevanz" if self.text else self.preset.default_sort

    @property
    def is_filtered(self) -> bool:
        """Whether this differs from the bare list; such pages are not for search engines."""
        return bool(self.text or self.filters or self.sort or self.page > 1)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the text that must be found."""
        return query_tokens(self.text, self.language)

    def url(self) -> str:
        """The address of this query: parameters in one order, nothing that is the default."""
        pairs = [("q", self.text)] if self.text else []
        for name in registry.facets():
            pairs.extend((name, value) for value in self.filters.get(name, ()))
        if self.sort:
            pairs.append(("sortierung", self.sort))
        if self.page > 1:
            pairs.append(("seite", str(self.page)))
        pairs.extend(self.carried.items())
        return f"{self.base_url}?{urlencode(pairs)}" if pairs else self.base_url or "?"

    def with_filter(self, name: str, values: Iterable[str]) -> "Query":
        """The same with other values for one facet, on the first page."""
        filters = {key: value for key, value in self.filters.items() if key != name}
        if values := tuple(values):
            filters[name] = values
        return replace(self, filters=filters, page=1)

    def results(self, request: HttpRequest | None = None) -> Results:
        """Ask the engine, and make everything the templates need.

        Args:
            request: saves looking up the site again for every address.
        """
        stamp = Generation.stamp()
        tables = load_tables(self._facets(), self.language, stamp)
        selected = {}
        for name, values in self.filters.items():
            if keys := tables[name].keys_of(values):
                selected[name] = keys
        answer = get_engine().search(self._for_engine(selected, stamp))
        assembly = Assembly(self, tables, selected, answer, request)
        results = assembly.results()
        if answer.total or not self.tokens:
            return results

        def count(query: Query) -> int:
            bare = replace(query, preset=replace(query.preset, facets=()))
            return get_engine().search(bare._for_engine(selected, stamp)).total

        alone, unknown = single_words(assembly.clean, count)
        meant, corrected = other_spelling(assembly.clean, unknown, tables, stamp, count)
        return replace(results, alone=corrected + alone, meant=meant)

    def hits(self, request: HttpRequest | None = None) -> list[Hit]:
        """Only the hits, for teasers: no facets are loaded or counted."""
        return replace(self, preset=replace(self.preset, facets=())).results(request).hits

    def _facets(self) -> list[Facet]:
        """Facets that are offered, selected, or shown with a hit."""
        names = {*self.preset.facets, *self.filters, REGION_FACET}
        return [facet for name, facet in registry.facets().items() if name in names]

    def _for_engine(self, selected: Mapping[str, tuple[str, ...]], stamp: Stamp) -> EngineQuery:
        known = registry.facets()
        offered = (name for name in self.preset.facets if name not in self.preset.fixed)
        return EngineQuery(
            locale=self.language,
            types=self.preset.types,
            words=words_of(self.tokens) if self.text else None,
            fixed={name: tuple(keys) for name, keys in self.preset.fixed.items()},
            selected=selected,
            facets=tuple(name for name in offered if name in known),
            sort=self.effective_sort,
            page=self.page,
            page_size=self.preset.page_size,
            today=timezone.localdate(),
            stamp=stamp,
        )


def latest(
    request: HttpRequest | None,
    *type_keys: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    limit: int = 3,
    language: str | None = None,
) -> list[Hit]:
    """The newest pages of some types, for teasers.

    Args:
        request: the current request.
        type_keys: which types; none for all.
        facets: facet keys that must apply.
        limit: how many.
        language: language code; the active one by default.
    """
    preset = Preset(types=type_keys, fixed=facets or {}, page_size=limit)
    return Query(preset, language or get_language() or "de").hits(request)


def latest_lists(
    request: HttpRequest | None, lists: Mapping[str, Preset], language: str | None = None
) -> dict[str, list[Hit]]:
    """Teasers of several lists on one page: as many database queries as for a single one.

    Args:
        request: the current request.
        lists: what to list, by any name; ``page_size`` says how much.
        language: language code; the active one by default.

    Returns:
        The hits by the same names.
    """
    language = language or get_language() or "de"
    stamp = Generation.stamp()
    engine = get_engine()
    ids = {
        name: engine.search(
            Query(replace(preset, facets=()), language)._for_engine({}, stamp)
        ).page_ids
        for name, preset in lists.items()
    }
    all_ids = list(dict.fromkeys(pk for found in ids.values() for pk in found))
    answer = EngineAnswer(all_ids, total=len(all_ids), page_number=1, page_count=1)
    query = Query(Preset(page_size=max(len(all_ids), 1)), language)
    tables = load_tables(query._facets(), language, stamp)
    hits = Assembly(query, tables, {}, answer, request).results().hits
    by_id = {hit.page.pk: hit for hit in hits}
    return {name: [by_id[pk] for pk in found if pk in by_id] for name, found in ids.items()}


def _page_number(value: str) -> int:
    """A page number from an address: 1 for junk, large ones cut (beyond the end is the end)."""
    if not (value.isascii() and value.isdecimal()):
        return 1
    return max(1, int(value)) if len(value) < len(str(_MAX_PAGE)) else _MAX_PAGE


__all__ = ["EXPANSIONS", "SORTS", "Preset", "Query", "latest", "latest_lists", "words_of"]
