"""The finder on the list of houses: the question, its answer and the map."""

import re

from django.http import HttpRequest

from regions.finder.houses import Houses
from regions.finder.lookup import LONGEST, find
from regions.finder.map import marker, markers
from regions.models import HouseIndexPage
from search.places import PLACE_PARAMETER
from search.plain_text import one_line

#: Parameter of the address: the district that was chosen where there are several.
KREIS_PARAMETER = "kreis"


def house_list_context(request: HttpRequest, language: str) -> dict[str, object]:
    """What the list of houses shows above its list.

    Returns:
        ``houses`` as markers of the map, ``answer`` if something was asked, and ``place``,
        the place it is about, as a marker. ``untranslated`` are the houses that the list lacks:
        those without a page in the language.
    """
    houses = Houses(request, language)
    answer = None
    if PLACE_PARAMETER in request.GET:
        answer = find(houses, request.GET[PLACE_PARAMETER], request.GET.get(KREIS_PARAMETER, ""))
    place = answer.place if answer else None
    return {
        "answer": answer,
        "houses": markers(houses.all),
        "untranslated": [house for house in houses.all if house.language],
        "place": marker(place.name, place.lat, place.lon) if place else None,
    }


def finder_parameters(request: HttpRequest) -> dict[str, str]:
    """What was asked, as the parameters of an address: the place, and the district if chosen."""
    typed = one_line(request.GET.get(PLACE_PARAMETER, ""), LONGEST)
    kreis = request.GET.get(KREIS_PARAMETER, "")
    if not typed:
        return {}
    chosen = {KREIS_PARAMETER: kreis} if re.fullmatch(r"\d{5}", kreis, re.ASCII) else {}
    return {PLACE_PARAMETER: typed, **chosen}


def connect() -> None:
    """Have the list of houses show the finder; called once when the app is ready."""
    HouseIndexPage.finder_parameters = staticmethod(finder_parameters)
    HouseIndexPage.finder_context = staticmethod(house_list_context)
