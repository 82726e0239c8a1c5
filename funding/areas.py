"""Where a programme applies: an area is data of the entry, never derived from the funder's seat.

An area is what it includes less what it excludes: the whole country, federal states, districts by
their official keys (AGS), postal codes. Two questions are asked of it, and tests hold that they
agree: :meth:`Area.coverage` of a place, and :meth:`Area.keys`, by which the search finds it. No
database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

STATES: dict[str, str] = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}
"""The federal states by the first two digits of official keys."""

MERGED: dict[str, str] = {
    # Niedersachsen, 1 November 2016
    "03152": "03159",
    "03156": "03159",
    # Städteregion Aachen, 21 October 2009
    "05313": "05334",
    "05354": "05334",
    # Mecklenburg-Vorpommern, 4 September 2011; Demmin was divided and has no successor.
    "13001": "13075",
    "13002": "13071",
    "13005": "13073",
    "13006": "13074",
    "13051": "13072",
    "13053": "13072",
    "13054": "13076",
    "13055": "13071",
    "13056": "13071",
    "13057": "13073",
    "13058": "13074",
    "13059": "13075",
    "13060": "13076",
    "13061": "13073",
    "13062": "13075",
    # Eisenach, 1 July 2021
    "16056": "16063",
}
"""Former districts and the district that each became part of, by official key."""


def current_code(code: str) -> str:
    """The official key of the district that ``code`` is part of today."""
    return MERGED.get(code, code)


class Level(Enum):
    """What a unit of an area is."""

    NATION = auto()
    STATE = auto()
    DISTRICT = auto()
    POSTCODE = auto()


@dataclass(frozen=True)
class Unit:
    """A part of the country.

    Args:
        level: what it is.
        code: two digits of a state, official key of a district, or postal code.
    """

    level: Level
    code: str = ""


NATION = Unit(Level.NATION)


def state(code: str) -> Unit:
    """A federal state, by the two digits of its key."""
    return Unit(Level.STATE, code)


NAMED_SETS: dict[str, frozenset[Unit]] = {
    name: frozenset(state(code) for code in codes.split())
    for name, codes in {
        "ostdeutsche Länder": "11 12 13 14 15 16",
        "ostdeutsche Flächenländer": "12 13 14 15 16",
        "norddeutsche Länder": "01 02 03 04 13",
        "Stadtstaaten": "02 04 11",
    }.items()
}
"""Names under which programmes state several federal states; the first of those that are kept as
records (:class:`funding.models.NamedArea`)."""


def district(code: str) -> Unit:
    """A district of today, also by the key of one that became part of it."""
    return Unit(Level.DISTRICT, current_code(code))


def postcode(code: str) -> Unit:
    """Everything with this postal code, in whatever district."""
    return Unit(Level.POSTCODE, code)


@dataclass(frozen=True)
class Spot:
    """Where somebody is: a state, a district of it, or a postal code in one district.

    Args:
        state: two digits.
        district: official key, if known.
        postcode: if known; then the district is known too, since a code can lie in several.
    """

    state: str
    district: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, district: str, postcode: str = "") -> "Spot":
        """A district, or a postal code in it."""
        code = current_code(district)
        return cls(code[:2], code, postcode)

    @property
    def keys(self) -> list[str]:
        """What entries are looked up by: any of these means that they apply here, or in part."""
        found = [NATION_KEY, self.state]
        if not self.district:
            return [*found, f"{_PART}{self.state}"]
        found.append(self.district)
        if not self.postcode:
            return [*found, f"{_PART}{self.district}"]
        return [*found, f"{_CODE}{self.postcode}", f"{self.district}/{self.postcode}"]

    @property
    def local_keys(self) -> list[str]:
        """Keys of entries that are about this place rather than the whole state or country."""
        larger = {NATION_KEY, self.state} if self.district else {NATION_KEY}
        return [key for key in self.keys if key not in larger]


@dataclass(frozen=True)
class Directory:
    """Which districts and postal codes there are.

    Args:
        districts: names by official key.
        postcodes: official keys of the districts that each postal code lies in.
        named_sets: what belongs to names that stand for several units.
    """

    districts: Mapping[str, str]
    postcodes: Mapping[str, frozenset[str]]
    named_sets: Mapping[str, frozenset[Unit]] = field(default_factory=lambda: NAMED_SETS)

    @cached_property
    def districts_of_state(self) -> dict[str, frozenset[str]]:
        """Official keys of the districts by the code of their state."""
        found: dict[str, set[str]] = {}
        for code in self.districts:
            found.setdefault(code[:2], set()).add(code)
        return {code: frozenset(members) for code, members in found.items()}

    @cached_property
    def postcodes_of_district(self) -> dict[str, frozenset[str]]:
        """Postal codes by the official key of the districts they lie in."""
        found: dict[str, set[str]] = {}
        for plz, members in self.postcodes.items():
            for code in members:
                found.setdefault(code, set()).add(plz)
        return {code: frozenset(members) for code, members in found.items()}


class Coverage(Enum):
    """How much of a place an area covers."""

    WHOLE = auto()
    PART = auto()
    NONE = auto()


# What the keys of an entry look like: "bund", "09", "09162", "plz80331", "09162/80331"; "~09" says
# that the entry applies in a part of Bavaria.
#: Entries that hold in all of Germany.
NATION_KEY = "bund"
_CODE = "plz"
_PART = "~"


@dataclass(frozen=True)
class Area:
    """Where a programme applies.

    Args:
        included: where it does.
        excluded: what is taken out of that.
    """

    included: frozenset[Unit] = field(default_factory=frozenset)
    excluded: frozenset[Unit] = field(default_factory=frozenset)

    def coverage(self, spot: Spot, directory: Directory) -> Coverage:
        """How much of ``spot`` the area covers."""
        if any(_contains(unit, spot) for unit in self.excluded):
            return Coverage.NONE
        if any(_contains(unit, spot) for unit in self.included):
            touched = any(_meets(unit, spot, directory) for unit in self.excluded)
            return Coverage.PART if touched else Coverage.WHOLE
        return Coverage.PART if self.keys(directory).intersection(spot.keys) else Coverage.NONE

    def lost_units(self) -> list[Unit]:
        """Included units that an exception takes away as a whole."""
        return [
            unit
            for unit in self.included
            if any(_contains_unit(out, unit) for out in self.excluded)
        ]

    def useless_exceptions(self, directory: Directory) -> list[Unit]:
        """Exceptions that lie outside of what is included: a slip, or a wrong key."""
        return [
            out
            for out in self.excluded
            if not any(_unit_meets(unit, out, directory) for unit in self.included)
        ]

    def keys(self, directory: Directory) -> set[str]:
        """What the search index holds of the area; see :attr:`Spot.keys`."""
        found: set[str] = set()
        for unit in self.included:
            for key in self._keys_of(unit, directory):
                found.add(key)
                found.update(_parents(key, directory))
        return found

    def _keys_of(self, unit: Unit, directory: Directory) -> Iterable[str]:
        """Keys of a unit, divided as far as the exceptions inside it ask for."""
        if any(_contains_unit(out, unit) for out in self.excluded):
            return
        inside = [out for out in self.excluded if _unit_meets(unit, out, directory)]
        if not inside:
            yield _key(unit)
            return
        for part in _parts(unit, directory):
            if isinstance(part, Unit):
                yield from Area(frozenset(), frozenset(inside))._keys_of(part, directory)
                continue
            district_code, plz = part
            if not any(_contains(out, Spot.of(district_code, plz)) for out in inside):
                yield f"{district_code}/{plz}"


def _key(unit: Unit) -> str:
    if unit.level == Level.NATION:
        return NATION_KEY
    return f"{_CODE}{unit.code}" if unit.level == Level.POSTCODE else unit.code


def _parents(key: str, directory: Directory) -> set[str]:
    """Keys that say in which larger units a key is a part."""
    if key == NATION_KEY or (len(key) == 2 and key.isdecimal()):
        return set()
    if key.startswith(_CODE):
        districts = directory.postcodes.get(key.removeprefix(_CODE), frozenset())
        return {f"{_PART}{code}" for member in districts for code in (member, member[:2])}
    if "/" in key:
        return {f"{_PART}{key[:5]}", f"{_PART}{key[:2]}"}
    return {f"{_PART}{key[:2]}"}


def _contains(unit: Unit, spot: Spot) -> bool:
    """Whether all of ``spot`` lies in ``unit``."""
    return unit.level == Level.NATION or unit.code in {
        Level.STATE: {spot.state},
        Level.DISTRICT: {spot.district} - {""},
        Level.POSTCODE: {spot.postcode} - {""},
    }.get(unit.level, set())


def _meets(unit: Unit, spot: Spot, directory: Directory) -> bool:
    """Whether ``unit`` and ``spot`` have something in common."""
    if spot.postcode:
        return _contains(unit, spot)
    return _unit_meets(
        unit, district(spot.district) if spot.district else state(spot.state), directory
    )


def _contains_unit(outer: Unit, inner: Unit) -> bool:
    """Whether ``inner`` lies in ``outer``, by their codes alone."""
    if outer.level == Level.NATION or outer == inner:
        return True
    return (
        outer.level == Level.STATE
        and inner.level == Level.DISTRICT
        and inner.code[:2] == outer.code
    )


def _unit_meets(one: Unit, other: Unit, directory: Directory) -> bool:
    """Whether two units have something in common."""
    if Level.NATION in (one.level, other.level):
        return True
    if one.level == other.level == Level.POSTCODE:
        return one == other
    if one.level == Level.POSTCODE:
        one, other = other, one
    if other.level == Level.POSTCODE:
        districts = directory.postcodes.get(other.code, frozenset())
        return any(code.startswith(one.code) for code in districts)
    return one.code.startswith(other.code) or other.code.startswith(one.code)


def _parts(unit: Unit, directory: Directory) -> Iterable[Unit | tuple[str, str]]:
    """The next smaller units; of a district and of a postal code pairs of both."""
    if unit.level == Level.NATION:
        yield from (state(code) for code in STATES)
    elif unit.level == Level.STATE:
        yield from (district(code) for code in directory.districts_of_state.get(unit.code, ()))
    elif unit.level == Level.DISTRICT:
        codes = directory.postcodes_of_district.get(unit.code, frozenset())
        yield from ((unit.code, plz) for plz in sorted(codes))
    else:
        districts = directory.postcodes.get(unit.code, frozenset())
        yield from ((code, unit.code) for code in sorted(districts))
