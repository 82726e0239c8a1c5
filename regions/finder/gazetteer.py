"""The places of Germany in memory, by name and postal code: for every search, without a query.

Read once per process from the file that the finder's tables are loaded from
(:mod:`cms.postcode_import`); 16,000 rows.
"""

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice

from cms.models.official_keys import is_city
from cms.postcode_import import PLACES_FILE
from cms.text import fold
from search.results.spell_correction import edit_distance

_JOINTS = re.compile(r"[\s\-]+")
#: „Halle (Saale)“, „Frankfurt am Main“, „Kempten im Allgäu“: the name without what tells it apart.
_ADDITION = re.compile(r"\s*(?:[(,/].*| (?:am|an der|an|im|in|bei|ob der|vor der|auf) .*)$")
_LONG_PART = 5
#: So many names are looked at for the beginning of one.
_MOST_NAMES = 300
#: Shorter names are a letter away from too many.
_SHORTEST_SLIP = 5
#: What kind of Kreis it is, before its name.
KREIS_KIND = re.compile(r"^(?:Landkreis|Kreisfreie Stadt|Kreis|Region|Städteregion)\s+")


@dataclass
class Spot:
    """A place in one district; a district itself where ``codes`` is empty.

    Args:
        name: as written.
        kreis: official key of the district.
        kreis_name: its name.
        land: its federal state.
        lat: latitude in degrees.
        lon: longitude in degrees.
        codes: its postal codes; more of them, the larger it is.
    """

    name: str
    kreis: str
    kreis_name: str
    land: str
    lat: float
    lon: float
    codes: set[str] = field(default_factory=set)


class Gazetteer:
    """All places by comparable name and by postal code.

    Args:
        rows: of the file.
    """

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        spots: dict[tuple[str, str], Spot] = {}
        points: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.by_code: dict[str, list[Spot]] = defaultdict(list)
        for row in rows:
            key = row["place"], row["kreis_code"]
            point = float(row["lat"]), float(row["lon"])
            spot = spots.get(key)
            if spot is None:
                spot = spots[key] = Spot(*key, row["kreis"], row["land"], *point)
            spot.codes.add(row["plz"])
            points[row["kreis_code"]].append(point)
            self.by_code[row["plz"]].append(spot)
        self.by_name: dict[str, list[Spot]] = defaultdict(list)
        for spot in spots.values():
            names = {comparable(spot.name), comparable(_ADDITION.sub("", spot.name))}
            for name in names:
                self.by_name[name].append(spot)
        for spot in {spot.kreis: spot for spot in spots.values()}.values():
            self._add_kreis(spot, points[spot.kreis])

    def _add_kreis(self, member: Spot, points: list[tuple[float, float]]) -> None:
        lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
        name = member.kreis_name
        kreis = Spot(name, member.kreis, name, member.land, lat, lon)
        bare = KREIS_KIND.sub("", _ADDITION.sub("", name))
        names = [name, bare]
        if not is_city(member.kreis):
            names += [f"Landkreis {bare}", f"Kreis {bare}"]
        if "Kreis" not in (parts := bare.split("-")):
            # Rügen, in Vorpommern-Rügen.
            names += [part for part in parts if len(part) >= _LONG_PART]
        for known in dict.fromkeys(map(comparable, names)):
            found = self.by_name[known]
            if all(spot.kreis != kreis.kreis for spot in found):
                found.append(kreis)

    def named(self, name: str) -> list[Spot]:
        """Places and districts of this name, the largest first, one for each district."""
        found = sorted(self.by_name.get(comparable(name), ()), key=lambda spot: -len(spot.codes))
        return list({spot.kreis: spot for spot in reversed(found)}.values())[::-1]

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted({*self.by_name, *self.by_code})

    def beginning(self, text: str) -> list[Spot]:
        """Places whose name or postal code begins like this, one for each name and district."""
        begun = comparable(text)
        low = bisect_left(self._sorted_names, begun)
        found: dict[tuple[str, str], Spot] = {}
        for name in islice(self._sorted_names, low, low + _MOST_NAMES):
            if not name.startswith(begun):
                break
            for spot in self.by_name.get(name) or self.coded(name):
                found[spot.name, spot.kreis] = spot
        return list(found.values())

    def almost(self, name: str) -> list[Spot]:
        """Places whose name is one letter away from this one, the largest first."""
        typed = comparable(name)
        if len(typed) < _SHORTEST_SLIP:
            return []
        names = (
            known
            for known in self.by_name
            if known[0] == typed[0]
            and abs(len(known) - len(typed)) <= 1
            and edit_distance(typed, known, 1) == 1
        )
        found = [spot for known in names for spot in self.by_name[known] if spot.codes]
        return sorted(found, key=lambda spot: -len(spot.codes))

    def coded(self, code: str) -> list[Spot]:
        """Places of a postal code, one for each district: the shortest name."""
        found = sorted(self.by_code.get(code, ()), key=lambda spot: -len(spot.name))
        return list({spot.kreis: spot for spot in found}.values())


def comparable(name: str) -> str:
    """A name as it is compared: case, umlauts, hyphens and „Sankt“ make no difference."""
    folded = _JOINTS.sub(" ", fold(name)).strip()
    return re.sub(r"^st\.? ?(?=\w)", "sankt ", folded) if folded[:2] == "st" else folded


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """All places; half a second of processor time at the first call in a process."""
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return Gazetteer(csv.DictReader(file))
