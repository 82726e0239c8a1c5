"""The houses in the API: who helps where."""

from collections import defaultdict

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from regions.finder.houses import House, Houses
from regions.models import HousePage, RegionKreis
from search.api.records import licence_of_texts, source
from search.api.responses import Problem
from search.api.schemas import Licence, Licensed, Position

router = Router(tags=["Häuser"])


class District(Schema):
    """A district that a house serves."""

    ags: str = Field(description="Official key (Amtlicher Gemeindeschlüssel).")
    name: str


class PostalAddress(Schema):
    """Where a house is."""

    strasse: str
    plz: str
    ort: str


class HouseRecord(Licensed):
    """A house of cooperation.

    Names and e-mail addresses of people stand on its page and are not given to programs.
    """

    schluessel: str = Field(description="The value of the filter region; does not change.")
    name: str
    region: str
    land: str
    kreise: list[District]
    adresse: str = Field(description="Address of its page.")
    anschrift: PostalAddress | None
    oeffnungszeiten: str
    traeger: list[str]
    telefon: str
    anfrage: str = Field(description="Where to write to the house.")
    position: Position


class HouseList(Schema):
    """The houses that are open, by name."""

    gesamt: int
    haeuser: list[HouseRecord]


@router.get(
    "/haeuser/",
    response={200: HouseList, 429: Problem},
    operation_id="listHouses",
    summary="All houses of cooperation",
)
def list_houses(request: HttpRequest) -> HouseList:
    """The published houses of active regions, by name."""
    found = _records(request, Houses(request, "de").all)
    return HouseList(gesamt=len(found), haeuser=found)


@router.get(
    "/haeuser/{slug:key}/",
    response={200: HouseRecord, 404: Problem, 429: Problem},
    operation_id="getHouse",
    summary="One house of cooperation",
)
def get_house(request: HttpRequest, key: str) -> HouseRecord:
    """A published house.

    Raises:
        Http404: there is none with this key.
    """
    houses = [house for house in Houses(request, "de").all if house.region.slug == key]
    if not houses:
        raise Http404
    return _records(request, houses)[0]


def _records(request: HttpRequest, houses: list[House]) -> list[HouseRecord]:
    """Records of ``houses``: one query for their districts, one for the licence."""
    districts: dict[int, list[District]] = defaultdict(list)
    rows = RegionKreis.objects.filter(active=True, region__in=[h.region for h in houses])
    for row in rows.select_related("kreis").order_by("kreis__name"):
        districts[row.region_id].append(District(ags=row.kreis.code, name=row.kreis.name))
    licence = licence_of_texts(request)
    return [_record(request, house, districts[house.region.pk], licence) for house in houses]


def _record(
    request: HttpRequest, house: House, districts: list[District], licence: Licence | None
) -> HouseRecord:
    region, page = house.region, house.page
    address = request.build_absolute_uri(house.url)
    enquiry = reverse("house_enquiry", args=(region.slug,))
    return HouseRecord(
        schluessel=region.slug,
        name=house.title,
        region=region.name,
        land=region.land,
        kreise=districts,
        adresse=address,
        anschrift=_postal_address(page),
        oeffnungszeiten=page.opening_hours,
        traeger=page.carrier_names,
        telefon=house.contact.phone,
        anfrage=request.build_absolute_uri(enquiry),
        position=Position(breite=region.lat, laenge=region.lon),
        lizenz=licence,
        quelle=source(address, region.name),
    )


def _postal_address(page: HousePage) -> PostalAddress | None:
    if not page.address_place:
        return None
    return PostalAddress(strasse=page.address_street, plz=page.address_plz, ort=page.address_place)
