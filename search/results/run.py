"""Answering a query: ask the engine, and make what templates show of its answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from search import registry
from search.analysis import Token
from search.current_thesaurus import current_thesaurus
from search.engines import for_one_search, get_engine
from search.engines.base import LEAST_SHARE, EngineAnswer, EngineQuery, Near, Word
from search.engines.facet_arrays import current, known_version
from search.facets import FacetTable, load_tables
from search.models import Entry
from search.presets import Preset
from search.query import Query
from search.registry import REGION_FACET, Facet
from search.results.builder import ResultBuilder
from search.results.engine_query import for_engine
from search.results.expansion import (
    Expansion,
    expand,
    label_words,
    marks,
    with_parts,
    with_substitutes,
)
from search.results.place import (
    FoundPlace,
    find_in_unmatched,
    find_place,
    near_of,
    place_note,
    positions,
)
from search.results.spell_correction import corrections
from search.results.types import Hit, Results, SearchNotes

#: Of what one search finds, so many are looked through for the best of each type.
LOOKED_THROUGH = 200


@dataclass(frozen=True)
class _Found:
    """The engine's answer, and what it was asked."""

    tables: dict[str, FacetTable]
    selected: dict[str, tuple[str, ...]]
    answer: EngineAnswer
    expansion: Expansion
    words: tuple[Word, ...]
    corrected: Mapping[int, Sequence[Token]]
    place: FoundPlace | None


def run(query: Query, request: HttpRequest | None = None) -> Results:
    """Ask the engine, and make everything the templates need.

    Args:
        query: what is asked.
        request: saves looking up the site again for every address.
    """
    found = _find(query)
    answer = found.answer
    builder = ResultBuilder(
        query, found.tables, found.selected, answer, request, marks(found.words)
    )
    return replace(
        builder.results(),
        notes=_notes(builder.clean, answer, found.expansion, found.corrected),
        place=place_note(builder.clean, found.place, answer, request),
    )


def _find(query: Query) -> _Found:
    """Ask the engine.

    Where no page of the list has a word, it is asked once more with what it may have been meant
    to be, or with what is near to it, and where nothing is found whatever the filters, with the
    parts of compounds.
    """
    index_version = known_version()
    tables = load_tables(_facets(query), query.language)
    selected = {}
    for name, values in query.filters.items():
        if keys := tables[name].keys_of(values):
            selected[name] = keys
    labels = label_words(tables, query.language) if query.text else {}
    place = find_place(query)
    expansion = expand(query, labels, places=positions(query, place))
    near, words = near_of(query, place, expansion.words)
    asked = for_engine(query, selected, index_version, words, tables, labels)
    engine = for_one_search(get_engine())
    answer = engine.search(_about(asked, near, place))
    corrected: dict[int, list[Token]] = {}
    if answer.unmatched and not query.exact:
        unmatched = {number: query.tokens[number] for number in answer.unmatched}
        corrected = corrections(unmatched, query.language)
        place = place or find_in_unmatched(query, _as_corrected(unmatched, corrected))
    # Who wants more of the words than usual would rather have none.
    takes_less = not query.exact and query.preset.least_share <= LEAST_SHARE
    named = positions(query, place)
    missing = {*answer.unmatched}.difference(corrected, named) if takes_less else set()
    is_meant = bool(with_substitutes(expansion, missing).substituted)
    if corrected or is_meant or (place and place.place and near is None):
        expansion = with_substitutes(expand(query, labels, corrected, named), missing)
        near, words = near_of(query, place, expansion.words)
        answer = engine.search(_about(replace(asked, words=words), near, place))
        corrected = {n: line for n, line in corrected.items() if n not in answer.unmatched}
    if takes_less and not (answer.total or any(answer.without.values())):
        wider = with_parts(expansion, query.tokens, {*answer.unmatched}.difference(named))
        if wider.parts:
            expansion = wider
            near, words = near_of(query, place, expansion.words)
            answer = engine.search(_about(replace(asked, words=words), near, place))
    return _Found(tables, selected, answer, expansion, words, corrected, place)


def _about(asked: EngineQuery, near: Near | None, found: FoundPlace | None) -> EngineQuery:
    """The query about a place, without what a local entry takes the place of there."""
    place = found.place if found else None
    replaced = registry.replaced_near(place, asked.locale) if place else {}
    return replace(asked, near=near, hidden=registry.joined(asked.hidden, replaced))


def _as_corrected(
    tokens: Mapping[int, Token], corrected: Mapping[int, Sequence[Token]]
) -> list[Token]:
    """Tokens as corrected, where they were typed."""
    return [
        replace(token, surface=corrected[number][0].surface) if number in corrected else token
        for number, token in tokens.items()
    ]


def warm_up() -> None:
    """Cache what every search asks for: arrays of the entries, labels of facets, synonyms."""
    current(known_version())
    load_tables(registry.facets().values(), settings.LANGUAGE_CODE)
    current_thesaurus()


def _notes(
    query: Query,
    answer: EngineAnswer,
    expansion: Expansion,
    corrected: Mapping[int, Sequence[Token]],
) -> SearchNotes:
    """What was not as typed.

    Args:
        query: with the filters that were understood.
    """
    tokens = query.tokens
    return SearchNotes(
        unmatched=tuple(tokens[number].surface for number in answer.unmatched),
        substituted=tuple(
            tokens[n].surface for n in expansion.substituted if n not in answer.unmatched
        ),
        corrected=tuple((tokens[n].surface, found[0].surface) for n, found in corrected.items()),
        related=expansion.related,
        parts=expansion.parts if answer.total else (),
        is_partial=bool(tokens) and answer.total > answer.complete,
        has_complete=answer.complete > 0,
        is_function_words=query.parsed.is_function_words,
        is_exact=query.exact,
        is_of_list=query.preset.is_narrow,
        exact_url=replace(query, exact=not query.exact).url(),
    )


def ranked(query: Query) -> EngineAnswer:
    """Only what the engine answers: ids, best first, and the preferences that they meet.

    No facets are loaded or counted.
    """
    return _find(replace(query, preset=replace(query.preset, facets=()))).answer


def hits(query: Query, request: HttpRequest | None = None) -> list[Hit]:
    """Only the hits, for teasers: no facets are loaded or counted."""
    return run(replace(query, preset=replace(query.preset, facets=())), request).hits


def hits_by_type(
    query: Query, limit: int, request: HttpRequest | None = None
) -> dict[str, list[Hit]]:
    """The best hits of each type, by a single search: no type is crowded out by another.

    No facets are loaded or counted, and no words marked.

    Args:
        query: what is asked; of its preset the size of a page does not count.
        limit: so many hits of a type.
        request: saves looking up the site again for every address.
    """
    query = replace(query, preset=replace(query.preset, facets=(), page_size=LOOKED_THROUGH))
    found = _find(query)
    ids = found.answer.page_ids
    types = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "type_key"))
    best: dict[str, list[int]] = defaultdict(list)
    for pk in ids:
        if pk in types and len(best[types[pk]]) < limit:
            best[types[pk]].append(pk)
    shown = replace(found.answer, page_ids=[pk for pks in best.values() for pk in pks])
    hits: dict[str, list[Hit]] = defaultdict(list)
    for hit in ResultBuilder(query, found.tables, found.selected, shown, request).results().hits:
        hits[hit.type_key].append(hit)
    return dict(hits)


def _facets(query: Query) -> list[Facet]:
    """Facets that are offered, selected, shown with a hit, or named by the words of a text."""
    names = {*query.preset.facets, *query.filters, REGION_FACET}
    return [
        facet
        for name, facet in registry.facets().items()
        if name in names or (query.text and facet.is_searchable)
    ]


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
    index_version = known_version()
    queries = (Query(replace(preset, facets=()), language) for preset in lists.values())
    engine = get_engine()
    answers = [engine.search(for_engine(query, {}, index_version)) for query in queries]
    ids = {name: answer.page_ids for name, answer in zip(lists, answers, strict=True)}
    all_ids = list(dict.fromkeys(pk for found in ids.values() for pk in found))
    by_id = hits_of(all_ids, language, request)
    return {name: [by_id[pk] for pk in pks if pk in by_id] for name, pks in ids.items()}


def hits_of(page_ids: Sequence[int], language: str, request: HttpRequest | None) -> dict[int, Hit]:
    """Pages as lists show them, by id; those that are not public are left out.

    Args:
        page_ids: of entries, each once.
        language: of labels.
        request: the current request.
    """
    answer = EngineAnswer(list(page_ids), len(page_ids), page_number=1, page_count=1)
    query = Query(Preset(page_size=max(len(page_ids), 1)), language)
    tables = load_tables(_facets(query), language)
    found = ResultBuilder(query, tables, {}, answer, request).results().hits
    return {hit.page.pk: hit for hit in found}
