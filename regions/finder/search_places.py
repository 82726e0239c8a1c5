"""What the search knows of places: registered with :mod:`search.places` when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from wagtail.models import Page

from cms.delivery.content_version import cached
from cms.models import SiteSettings
from cms.models.official_keys import district_name
from regions.access import region_of
from regions.finder.gazetteer import Spot, gazetteer
from regions.finder.houses import House
from regions.finder.mentions import find_mention, is_clear, prefers
from regions.finder.selected_region import known_houses
from regions.models import Region, RegionKreis
from search.engines.nearness import kilometres_between
from search.places import Mention, NearHouse, Place, PlaceHelp, register_places

_MOST = 8
_MOST_HOUSES = 3
#: Kilometres to the houses that are named beside the nearest: nobody goes farther for advice.
_FARTHEST = 100


class KnownPlaces:
    """The places of :func:`regions.finder.gazetteer.gazetteer`, with the houses that serve them."""

    def named(self, value: str) -> Mention | None:
        """The places that a postal code or a name means, where nothing else can be meant."""
        return self.mentioned(f"in {value}", "de")

    def mentioned(self, text: str, language: str) -> Mention | None:
        """The place that a text names among other words."""
        served = _served()
        found = find_mention(text, language, served)
        if found is None:
            return None
        is_sure = found.is_sure and is_clear(found.spots, served)
        known = _places(found.spots, found.code)
        return Mention(found.start, found.end, known, is_sure, found.typed)

    def beginning(self, text: str, limit: int) -> list[Place]:
        """Places whose name or postal code begins so, those with a house and larger ones first."""
        served = _served()
        spots = prefers(gazetteer().beginning(text), served)
        return [_place(spot, served) for spot in spots[:limit]]

    def of_page(self, page: Page) -> tuple[float, float] | None:
        """The coordinates of the page's region."""
        region = region_of(page)
        return (region.lat, region.lon) if region else None

    def help_for(self, place: Place, request: HttpRequest | None, language: str) -> PlaceHelp:
        """The house that serves it; else the national desk and the nearest houses."""
        houses = list(known_houses(request, language).values())
        own = next((house for house in houses if str(house.region.pk) == place.region), None)
        if own:
            return PlaceHelp(own.contact, _near(own, place))
        near = sorted((_near(house, place) for house in houses), key=lambda h: h.kilometres)
        contact = SiteSettings.load(request_or_site=request).contact
        close = [house for house in near[:_MOST_HOUSES] if house.kilometres <= _FARTHEST]
        return PlaceHelp(contact, nearest=close or near[:1])


def _near(house: House, place: Place) -> NearHouse:
    kilometres = kilometres_between(place.lat, place.lon, house.region.lat, house.region.lon)
    return NearHouse(house.title, house.url, round(kilometres), house.contact)


def _served() -> dict[str, str]:
    """Key of the active region by the official key of a district that it serves."""
    return cached("regions.served", _read_served)


def _read_served() -> dict[str, str]:
    rows = RegionKreis.objects.filter(active=True).values_list("kreis_id", "region_id")
    return {kreis: str(region) for kreis, region in rows}


def _regions_of(land: str) -> tuple[str, ...]:
    return cached("regions.by_land", _read_lands).get(land, ())


def _read_lands() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pk, land in Region.objects.active().values_list("pk", "land"):
        found[land] = (*found.get(land, ()), str(pk))
    return found


def _places(spots: Iterable[Spot], code: str) -> tuple[Place, ...]:
    served = _served()
    found = prefers(list(spots), served)[:_MOST]
    is_only = len(found) == 1
    return tuple(_place(spot, served, code, code if is_only else "") for spot in found)


def _place(spot: Spot, served: dict[str, str], code: str = "", value: str = "") -> Place:
    """A place as the search knows it.

    Args:
        spot: the place.
        served: districts with the key of their region.
        code: its postal code, if one was typed.
        value: what names it in addresses, if that is known.
    """
    is_only = not spot.codes or len(gazetteer().named(spot.name)) == 1
    coded = f"{code or min(spot.codes, default='')} {spot.name}".strip()
    return Place(
        name=coded if code else spot.name,
        value=value or (spot.name if is_only and not code else coded),
        district=district_name(spot.kreis, spot.kreis_name),
        land=spot.land,
        lat=spot.lat,
        lon=spot.lon,
        region=served.get(spot.kreis, ""),
        land_regions=_regions_of(spot.land),
        kreis=spot.kreis,
        codes=(code,) if code else tuple(sorted(spot.codes)),
    )


def register() -> None:
    """Have the search recognise places; called once when the app is ready."""
    register_places(KnownPlaces())
