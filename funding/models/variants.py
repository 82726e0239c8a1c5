"""Local variants: programmes of a house that take the place of a national one while they are open.

Whether a variant is open is asked at reading time, never written: a deadline passes by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from cms.delivery.content_version import cached
from cms.locales import locales
from funding.area_text import parse
from funding.areas import Area, Coverage, Spot
from funding.choices import PROGRAMME_FACET
from funding.deadlines import Round, State, status
from funding.places import directory
from regions.access import regions_of
from regions.models import Region, RegionKreis
from search.models import EntryFacet
from search.places import Place

Selected = Mapping[str, Collection[str]]
"""Keys by facet: the filters of a list."""
NOTHING_SELECTED: Selected = {}


@dataclass(frozen=True)
class Variant:
    """A public local variant of a national programme.

    Args:
        pk: of its page.
        title: its title.
        url: its address.
        general: translation key of the national programme.
        language: language code of both.
        region_id: whose house it is.
        region_name: what that is called.
        area: where it applies.
        is_for_region: whether that is all of each district of its region.
        deadline_kind: one of :class:`funding.choices.DeadlineKind`.
        rounds: of applications.
        delisted_at: the first moment at which lists leave it out; ``None`` without an end.
        facets: keys by facet, as lists filter by them.
    """

    pk: int
    title: str
    url: str
    general: str
    language: str
    region_id: int
    region_name: str
    area: Area
    is_for_region: bool
    deadline_kind: str
    rounds: tuple[Round, ...]
    delisted_at: datetime | None
    facets: Mapping[str, frozenset[str]]

    def passes(self, selected: Selected) -> bool:
        """Whether a list with these filters shows it."""
        return not any(
            self.facets.get(name, frozenset()).isdisjoint(keys) for name, keys in selected.items()
        )

    def is_open(self, now: datetime) -> bool:
        """Whether one can apply for sure, and lists show it."""
        if self.delisted_at is not None and now >= self.delisted_at:
            return False
        return status(self.deadline_kind, self.rounds, now).state == State.OPEN


def public_variants() -> tuple[Variant, ...]:
    """All public variants, open or not; remembered until something changes."""
    return cached("funding.variants", _load)


def _load() -> tuple[Variant, ...]:
    model = apps.get_model("funding", "FundingPage")
    pages = model.objects.live().filter(varies__isnull=False, alias_of=None)
    pages = list(pages.select_related("varies").order_by("title", "pk"))
    regions = regions_of(pages) if pages else {}
    districts = _districts(regions.values()) if regions else {}
    areas = {page.pk: parse(page.area, directory()).area for page in pages}
    facets = _facets(pages)
    return tuple(
        Variant(
            pk=page.pk,
            title=page.title,
            url=page.get_url() or "",
            general=str(page.varies.translation_key),
            language=locales()[page.locale_id].language_code,
            region_id=regions[page.pk].pk,
            region_name=regions[page.pk].name,
            area=areas[page.pk],
            is_for_region=_covers(areas[page.pk], districts.get(regions[page.pk].pk, ())),
            deadline_kind=page.deadline_kind,
            rounds=tuple(page.all_rounds),
            delisted_at=page.delisted_at,
            facets=facets[page.pk],
        )
        for page in pages
        if page.pk in regions
    )


def _facets(pages: Collection[Page]) -> dict[int, dict[str, frozenset[str]]]:
    """The facets of pages that are found, by primary key."""
    found: dict[int, dict[str, frozenset[str]]] = {page.pk: {} for page in pages}
    rows = EntryFacet.objects.filter(entry__in=list(found))
    for pk, name, key in rows.values_list("entry_id", "name", "value"):
        found[pk][name] = found[pk].get(name, frozenset()) | {key}
    return found


def _districts(regions: Iterable[Region]) -> dict[int, list[Spot]]:
    """The districts that regions serve, by the primary key of the region."""
    found: dict[int, list[Spot]] = defaultdict(list)
    served = RegionKreis.objects.filter(region__in=set(regions))
    for region_id, code in served.values_list("region_id", "kreis_id"):
        found[region_id].append(Spot.of(code))
    return found


def _covers(area: Area, spots: Collection[Spot]) -> bool:
    """Whether an area is all of each of these places, of which there is one."""
    known = directory()
    return bool(spots) and all(area.coverage(spot, known) == Coverage.WHOLE for spot in spots)


def variants_of(general: str, language: str) -> list[Variant]:
    """The open variants of a national programme.

    Args:
        general: its translation key.
        language: language code of its page.
    """
    now = timezone.now()
    return [
        variant
        for variant in public_variants()
        if variant.general == general and variant.language == language and variant.is_open(now)
    ]


def replaced_at(
    spots: Collection[Spot], language: str, selected: Selected = NOTHING_SELECTED
) -> dict[str, tuple[str, ...]]:
    """Facet keys of the national programmes that an open variant replaces in a whole place.

    Where a variant applies in a part of the place only, both are found; where filters leave the
    variant out, the national one is.

    Args:
        spots: the place, or all its parts.
        language: language code of the list.
        selected: filters of the list.
    """
    return _keys(
        variant
        for variant in public_variants()
        if variant.language == language
        and _covers(variant.area, spots)
        and variant.passes(selected)
    )


def replaced_near(place: Place, language: str) -> dict[str, tuple[str, ...]]:
    """The same for a place that a search is about."""
    spots = [Spot.of(place.kreis, code) for code in place.codes]
    return replaced_at(spots or [Spot.of(place.kreis)], language)


def replaced_in(
    region_id: int,
    language: str,
    spot: Spot | None = None,
    selected: Selected = NOTHING_SELECTED,
) -> dict[str, tuple[str, ...]]:
    """The same for the list of a house, which has the variants of its region only.

    Args:
        region_id: of the house.
        language: language code of the list.
        spot: the place that somebody asks about; all of the region without one.
        selected: filters of the list.
    """
    return _keys(
        variant
        for variant in public_variants()
        if variant.language == language
        and variant.region_id == region_id
        and (_covers(variant.area, [spot]) if spot else variant.is_for_region)
        and variant.passes(selected)
    )


def _keys(variants: Iterable[Variant]) -> dict[str, tuple[str, ...]]:
    now = timezone.now()
    keys = {variant.general for variant in variants if variant.is_open(now)}
    return {PROGRAMME_FACET: tuple(sorted(keys))} if keys else {}
