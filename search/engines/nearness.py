"""How near the rows of a snapshot are to a place: own region, its federal state, all of Germany.

Visitors of a place are helped by its own region, then by texts of its federal state and for all of
Germany, then by what is near. Where no region serves the place, houses come after texts: the house
of another region is not responsible.
"""

import numpy as np

from search.engines.base import Near
from search.engines.facet_arrays import Snapshot
from search.registry import REGION_FACET, TYPE_FACET

_EARTH_KILOMETRES = 6371.0
OWN, LAND, NATIONAL, ELSEWHERE, OTHER_HOUSE = 1.0, 0.5, 0.45, 0.4, 0.3
#: Added at most to what is in the federal state, for being near.
NEARER_IN_LAND = 0.05
#: At this distance, what is elsewhere counts e times less.
REACH_KILOMETRES = 75.0


def kilometres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points, in degrees (haversine)."""
    return float(_haversine(lat, lon, np.array([other_lat]), np.array([other_lon]))[0])


def distances(snapshot: Snapshot, lat: float, lon: float) -> np.ndarray:
    """Kilometres from a point to each row ; NaN where a row has no place."""
    return _haversine(lat, lon, snapshot.lats, snapshot.lons)


def _haversine(lat: float, lon: float, lats: np.ndarray, lons: np.ndarray) -> np.ndarray:
    half = np.sin(np.radians(lats - lat) / 2) ** 2
    half += (
        np.cos(np.radians(lat))
        * np.cos(np.radians(lats))
        * (np.sin(np.radians(lons - lon) / 2) ** 2)
    )
    return 2 * _EARTH_KILOMETRES * np.arcsin(np.sqrt(half))


class Nearness:
    """The rows of a snapshot as seen from a place.

    Args:
        snapshot: all entries.
        near: the place.
    """

    def __init__(self, snapshot: Snapshot, near: Near) -> None:
        regions = snapshot.column(REGION_FACET)
        self.kilometres = distances(snapshot, near.lat, near.lon)
        self.own = regions.mask((near.region,) if near.region else (), snapshot.size)
        is_regional = regions.mask(regions.keys, snapshot.size)
        in_land = regions.mask(near.land_regions, snapshot.size)
        is_house = snapshot.column(TYPE_FACET).mask(near.house_types, snapshot.size) & ~self.own
        far = np.exp(-np.nan_to_num(self.kilometres, nan=1e6) / REACH_KILOMETRES)
        strengths = np.where(is_regional, ELSEWHERE * far, NATIONAL)
        strengths = np.where(in_land, LAND + NEARER_IN_LAND * far, strengths)
        if not near.region:
            strengths = np.where(is_house, OTHER_HOUSE * far, strengths)
        self.strengths = np.where(self.own, OWN, strengths)
        #: What counts as being there: the own region; where there is none, texts of the state
        #: and of all of Germany.
        self.holds = self.own if near.region else ~is_house & (in_land | ~is_regional)

    def within(self, radius: int) -> np.ndarray:
        """Rows at most so many kilometres away, and all of the own region."""
        return self.own | (np.nan_to_num(self.kilometres, nan=np.inf) <= radius)
