"""Places that a search is about; a room above knows them and registers how they are found.

The search knows a place by its coordinates, its federal state and the region that serves it.
"""

from dataclasses import dataclass, field
from typing import Protocol

from django.http import HttpRequest
from wagtail.models import Page

from cms.contact import Contact

#: Radii in kilometres that visitors can choose.
RADII = (10, 25, 50, 100)
#: Parameters of lists: the place, and how far around it.
PLACE_PARAMETER, RADIUS_PARAMETER = "ort", "umkreis"


@dataclass(frozen=True)
class Place:
    """A place in one district.

    Args:
        name: as shown: „48431 Rheine“.
        value: as it stands in addresses; names this place and no other.
        district: its district (Kreis), as people say it.
        land: its federal state.
        lat: latitude in degrees.
        lon: longitude in degrees.
        region: key of the region that serves its district; empty where none does.
        land_regions: keys of all regions of its federal state.
        kreis: official key of its district.
        codes: its postal codes, or the one that was typed; none of a district.
    """

    name: str
    value: str
    district: str
    land: str
    lat: float
    lon: float
    region: str = ""
    land_regions: tuple[str, ...] = ()
    kreis: str = ""
    codes: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        """Where it lies: „Kreis Steinfurt, Nordrhein-Westfalen“, but only once „Berlin“."""
        return ", ".join(dict.fromkeys((self.district, self.land)))

    @property
    def is_district(self) -> bool:
        """Whether it is a whole district, or a city that is one."""
        return not self.codes or self.name == self.district


@dataclass(frozen=True)
class Mention:
    """A place among the words of a text.

    Args:
        start: where its name begins in the text.
        end: where it ends (exclusive).
        places: that may be meant, the likeliest first.
        is_sure: whether the words mean a place and no ordinary word („in Essen“, „Görlitz“); of
            several places of that name, that the first is meant.
        typed: what was typed, where that is not how the place is written.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    is_sure: bool = True
    typed: str = ""


@dataclass(frozen=True)
class NearHouse:
    """A house with its distance in kilometres from a place, and whom to call there."""

    title: str
    url: str
    kilometres: int
    contact: Contact


@dataclass(frozen=True)
class PlaceHelp:
    """Who helps in a place.

    Args:
        contact: the house that serves it, else the national desk.
        house: the house that serves it.
        nearest: where none does, the nearest ones, nearest first.
    """

    contact: Contact
    house: NearHouse | None = None
    nearest: list[NearHouse] = field(default_factory=list)


class Places(Protocol):
    """What a room above knows of places."""

    def named(self, value: str) -> Mention | None:
        """The places that a postal code or a name means, where nothing else can be meant."""
        ...

    def mentioned(self, text: str, language: str) -> Mention | None:
        """The place that a text names among other words."""
        ...

    def beginning(self, text: str, limit: int) -> list[Place]:
        """Places whose name or postal code begins so, those with a house and larger ones first."""
        ...

    def of_page(self, page: Page) -> tuple[float, float] | None:
        """Latitude and longitude of a page that has none of its own."""
        ...

    def help_for(self, place: Place, request: HttpRequest | None, language: str) -> PlaceHelp:
        """Whom somebody there can turn to."""
        ...


_places: Places | None = None


def register_places(found: Places) -> None:
    """Have searches recognise the places that ``found`` knows."""
    global _places
    _places = found


def places() -> Places | None:
    """What knows places, if any room does."""
    return _places
