"""The map of Germany: where a place lies on the drawing.

The land itself is drawn by ``scripts/map_of_germany.py`` with the same projection. A drawing
needs no tile server, so that no browser asks a third party.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from django.http import HttpRequest

from cms.delivery.content_version import cached
from regions.finder.gazetteer import KREIS_KIND
from regions.finder.houses import House, Houses

#: Size of the drawing in its own units; the template and the script use the same.
WIDTH, HEIGHT = 100.0, 134.0

_WEST, _NORTH = 5.6, 55.25
_UNITS_PER_DEGREE = 16.4
# Degrees of longitude are shorter than those of latitude: true in the middle of Germany.
_SHORTER = cos(radians(51.16))
# Names stand on the side of the marker where there is more room.
_LABEL_GAP = 5.4


def project(lat: float, lon: float) -> tuple[float, float]:
    """Where a point of the earth lies on the drawing.

    Args:
        lat: latitude in degrees.
        lon: longitude in degrees.

    Returns:
        Units from the left and from the top.
    """
    x = (lon - _WEST) * _SHORTER * _UNITS_PER_DEGREE
    return x, (_NORTH - lat) * _UNITS_PER_DEGREE


@dataclass(frozen=True)
class Marker:
    """A point on the map, its numbers written as SVG wants them in every language.

    Args:
        name: of the house's region, or of the place.
        label: what stands beside the point: without the kind of Kreis, for which there is no room.
        x: units from the left.
        y: units from the top.
        url: where it leads, if anywhere.
        anchor: value of ``text-anchor``.
        label_x: where the name begins or ends.
    """

    name: str
    label: str
    x: str
    y: str
    url: str
    anchor: str
    label_x: str


def marker(name: str, lat: float, lon: float, url: str = "") -> Marker:
    """A point with its name on the roomier side."""
    x, y = project(lat, lon)
    to_the_right = x < WIDTH / 2
    label_x = x + _LABEL_GAP if to_the_right else x - _LABEL_GAP
    return Marker(
        name=name,
        label=KREIS_KIND.sub("", name),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        url=url,
        anchor="start" if to_the_right else "end",
        label_x=f"{label_x:.1f}",
    )


def markers(houses: Iterable[House]) -> list[Marker]:
    """The houses on the map, by the coordinates of their regions."""
    regions = ((house.region, house.url) for house in houses)
    return [marker(region.name, region.lat, region.lon, url) for region, url in regions]


def houses_on_map(request: HttpRequest | None, language: str) -> list[Marker]:
    """All houses as markers; remembered until one of them or its region changes."""
    return cached(("regions.finder.map", language), lambda: markers(Houses(request, language).all))
