"""Answering a query: ask the engine, and make what templates show of its answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from search import registry
from search.analysis import Token
from search.engines import get_engine
from search.engines.base import EngineAnswer, EngineQuery, Term, Word
from search.facets import load_tables
from search.index_version import IndexVersion
from search.models import IndexClock
from search.presets import Preset
from search.query import Query
from search.registry import REGION_FACET, Facet
from search.results.builder import ResultBuilder
from search.results.spell_correction import did_you_mean
from search.results.suggestions import partial_matches
from search.results.types import Hit, Results

#: Functions that add terms to words: the place of synonyms and concepts.
EXPANSIONS: list[Callable[[tuple[Word, ...]], tuple[Word, ...]]] = []


def words_of(tokens: Iterable[Token]) -> tuple[Word, ...]:
    """The words of a text as the engines take them, expanded by :data:`EXPANSIONS`."""
    words = tuple(Word((Term(token.form, token.parts),)) for token in tokens)
    for expand in EXPANSIONS:
        words = expand(words)
    return words


def run(query: Query, request: HttpRequest | None = None) -> Results:
    """Ask the engine, and make everything the templates need.

    Args:
        query: what is asked.
        request: saves looking up the site again for every address.
    """
    index_version = IndexClock.version()
    tables = load_tables(_facets(query), query.language)
    selected = {}
    for name, values in query.filters.items():
        if keys := tables[name].keys_of(values):
            selected[name] = keys
    answer = get_engine().search(_for_engine(query, selected, index_version))
    builder = ResultBuilder(query, tables, selected, answer, request)
    results = builder.results()
    if answer.total or not query.tokens:
        return results

    def count(other: Query) -> int:
        bare = replace(other, preset=replace(other.preset, facets=()))
        return get_engine().search(_for_engine(bare, selected, index_version)).total

    found, unknown = partial_matches(builder.clean, count)
    whole, corrected = did_you_mean(builder.clean, unknown, tables, count)
    return replace(results, partial_matches=corrected + found, did_you_mean=whole)


def hits(query: Query, request: HttpRequest | None = None) -> list[Hit]:
    """Only the hits, for teasers: no facets are loaded or counted."""
    return run(replace(query, preset=replace(query.preset, facets=())), request).hits


def _facets(query: Query) -> list[Facet]:
    """Facets that are offered, selected, or shown with a hit."""
    names = {*query.preset.facets, *query.filters, REGION_FACET}
    return [facet for name, facet in registry.facets().items() if name in names]


def _for_engine(
    query: Query, selected: Mapping[str, tuple[str, ...]], index_version: IndexVersion
) -> EngineQuery:
    known = registry.facets()
    preset = query.preset
    offered = (name for name in preset.facets if name not in preset.fixed)
    return EngineQuery(
        locale=query.language,
        types=preset.types,
        words=words_of(query.tokens) if query.text else None,
        fixed={name: tuple(keys) for name, keys in preset.fixed.items()},
        selected=selected,
        facets=tuple(name for name in offered if name in known),
        sort=query.effective_sort,
        page=query.page,
        page_size=preset.page_size,
        today=timezone.localdate(),
        index_version=index_version,
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
    return hits(Query(preset, language or get_language() or "de"), request)


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
    index_version = IndexClock.version()
    engine = get_engine()
    ids = {
        name: engine.search(
            _for_engine(Query(replace(preset, facets=()), language), {}, index_version)
        ).page_ids
        for name, preset in lists.items()
    }
    all_ids = list(dict.fromkeys(pk for found in ids.values() for pk in found))
    answer = EngineAnswer(all_ids, total=len(all_ids), page_number=1, page_count=1)
    query = Query(Preset(page_size=max(len(all_ids), 1)), language)
    tables = load_tables(_facets(query), language)
    found = ResultBuilder(query, tables, {}, answer, request).results().hits
    by_id = {hit.page.pk: hit for hit in found}
    return {name: [by_id[pk] for pk in pks if pk in by_id] for name, pks in ids.items()}
