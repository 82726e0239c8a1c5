"""What a query asks of the engine."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from search import registry
from search.dates import DateRange
from search.engines.base import EngineQuery, Word
from search.facets import FacetTable
from search.index_version import IndexVersion
from search.query import Query
from search.registry import REGION_FACET, Facet
from search.results.expansion import LabelWords, excluded_terms, phrases_of


def for_engine(
    query: Query,
    selected: Mapping[str, tuple[str, ...]],
    index_version: IndexVersion,
    words: tuple[Word, ...] = (),
    tables: Mapping[str, FacetTable] | None = None,
    labels: LabelWords | None = None,
) -> EngineQuery:
    """What the engine is asked.

    Args:
        query: what the visitor asks.
        selected: facet keys of its filters.
        index_version: of the read model.
        words: of its text, expanded.
        tables: of the facets, for the own region.
        labels: words that name values of facets.
    """
    known = registry.facets()
    preset = query.preset
    shown = registry.dates().get(preset.shown_date)
    offered = (name for name in preset.facets if name not in preset.fixed)
    return EngineQuery(
        locale=query.language,
        types=preset.types,
        words=words if words or not _is_only_excluding(query) else None,
        fixed={name: tuple(keys) for name, keys in preset.fixed.items()},
        hidden={name: tuple(keys) for name, keys in preset.hidden.items() if keys},
        selected=selected,
        facets=tuple(name for name in offered if name in known),
        sort=query.effective_sort if query.after is None else "id",
        after=query.after or 0,
        page=query.page,
        page_size=preset.page_size,
        now=timezone.now(),
        index_version=index_version,
        excluded=excluded_terms(query, labels or {}),
        phrases=phrases_of(query),
        every_word=query.exact,
        own_region=_own_region(query, tables or {}),
        ranges=_ranges(query, selected),
        preferences=preset.preferences,
        least_share=preset.least_share,
        soonest=shown.date if shown else None,
    )


def _asked(query: Query, selected: Mapping[str, tuple[str, ...]]) -> list[Facet]:
    """All facets that the engine needs to know."""
    preset = query.preset
    wished = (wish.facet for wish in preset.preferences)
    names = {*preset.facets, *preset.fixed, *selected, *wished}
    return [facet for name, facet in registry.facets().items() if name in names]


def _ranges(
    query: Query, selected: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, DateRange]]:
    """The days that the values of facets with windows stand for today."""
    today = timezone.localdate()
    return {
        facet.name: {
            str(days): DateRange(facet.windows.date, today, today + timedelta(days=days))
            for days in facet.windows.days
        }
        for facet in _asked(query, selected)
        if facet.windows
    }


def _is_only_excluding(query: Query) -> bool:
    """Whether a text, if any, asks for no word: then everything else is found."""
    return not query.text or bool(query.parsed.excluded and not query.parsed.is_function_words)


def _own_region(query: Query, tables: Mapping[str, FacetTable]) -> str:
    """Key of the region that a visitor has chosen."""
    slug = query.carried.get(registry.own_region_parameter())
    if not slug or REGION_FACET not in tables:
        return ""
    return next(iter(tables[REGION_FACET].keys_of([slug])), "")
