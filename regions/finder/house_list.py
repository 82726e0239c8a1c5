"""The finder on the list of houses: the question, its answer and the map."""

from django.http import HttpRequest

from regions.finder.houses import Houses
from regions.finder.lookup import find
from regions.finder.map import marker, markers
from regions.models import HouseIndexPage
from search.places import PLACE_PARAMETER

#: Parameter of the address: the district that was chosen where there are several.
KREIS_PARAMETER = "kreis"


def house_list_context(request: HttpRequest, language: str) -> dict[str, object]:
    """What the list of houses shows above its list.

    Returns:
        ``houses`` as markers of the map, ``answer`` if something was asked, and ``place``,
        the place it is about, as a marker.
    """
    houses = Houses(request, language)
    answer = None
    if PLACE_PARAMETER in request.GET:
        answer = find(houses, request.GET[PLACE_PARAMETER], request.GET.get(KREIS_PARAMETER, ""))
    place = answer.place if answer else None
    return {
        "answer": answer,
        "houses": markers(houses.all),
        "place": marker(place.name, place.lat, place.lon) if place else None,
    }


def connect() -> None:
    """Have the list of houses show the finder; called once when the app is ready."""
    HouseIndexPage.finder_context = staticmethod(house_list_context)
