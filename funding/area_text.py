"""An area as an editor writes it, one line for each part: „Bayern ohne Landkreis München“.

Read in every spelling that can only mean one thing, stored in one. A bare number of five digits is
a postal code; official keys of districts are marked („AGS 05566“), since some numbers are both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.text import fold
from funding.areas import (
    NATION,
    STATES,
    Area,
    Directory,
    Level,
    Unit,
    district,
    postcode,
)
from funding.district_names import is_kind, read_name

_WITHOUT = re.compile(r"(?:^|\s)(?:ohne|außer|ausser|ausgenommen)\s+", re.IGNORECASE)
# Not inside of „Freie und Hansestadt Hamburg“.
_BETWEEN = re.compile(r"\s*;\s*|(?<!\bfreie)\s+und\s+|\s+sowie\s+", re.IGNORECASE)
_LISTED = re.compile(r"[,/]")
_KEY = re.compile(r"(?:AGS|Kreis|Schlüssel)\s*:?\s*(\d{5})\b|\(AGS\s*(\d{5})\)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?:PLZ\s*)?(\d{5})(?:\s+\D.*)?", re.IGNORECASE)
_NATION_NAMES = frozenset(
    {"bund", "bundesweit", "deutschland", "deutschlandweit", "ganz deutschland"}
)


@dataclass(frozen=True)
class ParsedArea:
    """What was read.

    Args:
        area: what could be understood.
        problems: sentences about what could not, for whoever wrote it.
    """

    area: Area
    problems: tuple[str, ...] = ()


def parse(text: str, directory: Directory) -> ParsedArea:
    """Read what an editor wrote; every problem is named, not only the first."""
    included: set[Unit] = set()
    excluded: set[Unit] = set()
    problems: list[str] = []
    for line in text.splitlines():
        before, *after = _WITHOUT.split(line.strip())
        for part, units in ((before, included), (" und ".join(after), excluded)):
            for name in filter(None, _BETWEEN.split(part.strip(" ,;"))):
                found, said = _read_names(name.strip(" ,"), directory)
                units.update(found)
                problems.extend(said)
    # Of a named set, a state can be taken out: the others are left.
    dropped = excluded & included & _of_named_sets(text, directory)
    area = Area(frozenset(included - dropped), frozenset(excluded - dropped))
    return ParsedArea(area, tuple(problems) or tuple(_contradictions(area, directory)))


def _read_names(name: str, directory: Directory) -> tuple[set[Unit], list[str]]:
    """One name, or several with commas between them: some districts have a comma in their own."""
    parts = [part for part in map(str.strip, _LISTED.split(name)) if part]
    found, problem = _read(name, directory)
    # Of several keys in one name only the first would be read.
    is_one = not problem and len(_KEY.findall(name)) < 2
    if is_one or len(parts) < 2 or is_kind(parts[-1]):
        return found, [problem] if problem else []
    read = [_read(part, directory) for part in parts]
    return {unit for units, _said in read for unit in units}, [
        said for _units, said in read if said
    ]


def _read(name: str, directory: Directory) -> tuple[set[Unit], str]:
    """The units that one name means, or what is wrong with it."""
    plain = fold(name)
    if plain in _NATION_NAMES:
        return {NATION}, ""
    for label, units in directory.named_sets.items():
        if plain == fold(label):
            return set(units), ""
    if key := _KEY.search(name):
        unit = district(key[1] or key[2])
        if unit.code in directory.districts:
            return {unit}, ""
        return set(), _("There is no district with the official key %(key)s.") % {"key": unit.code}
    if number := _POSTCODE.fullmatch(name):
        if number[1] in directory.postcodes:
            return {postcode(number[1])}, ""
        return set(), _(
            "We do not know the postal code %(code)s. If you mean the official key of a district, "
            "write “AGS %(code)s”."
        ) % {"code": number[1]}
    return read_name(name, directory)


def _of_named_sets(text: str, directory: Directory) -> set[Unit]:
    """The units of all named sets that stand in a text."""
    plain = fold(text)
    sets = (units for label, units in directory.named_sets.items() if fold(label) in plain)
    return {unit for units in sets for unit in units}


def _contradictions(area: Area, directory: Directory) -> Iterable[str]:
    if not area.included and area.excluded:
        yield _("Say first where the programme applies, then where it does not.")
    elif lost := area.lost_units():
        yield _("The exception takes away all of “%(name)s”.") % {
            "name": ", ".join(sorted(name_of(unit, directory) for unit in lost))
        }
    elif area.included and not area.keys(directory):
        yield _("The exceptions take away everything: nothing is left.")
    elif useless := area.useless_exceptions(directory):
        yield _("“%(name)s” lies outside anyway: is the exception meant so?") % {
            "name": ", ".join(sorted(name_of(unit, directory) for unit in useless))
        }


def written(area: Area, directory: Directory) -> str:
    """The one spelling that is stored; reading it gives the same area."""
    lines = [_spelt(unit, directory) for unit in _in_order(area.included)]
    return "\n".join([*lines, *(f"ohne {_spelt(u, directory)}" for u in _in_order(area.excluded))])


def _spelt(unit: Unit, directory: Directory) -> str:
    if unit.level == Level.DISTRICT:
        return f"{directory.districts.get(unit.code, '')} (AGS {unit.code})".strip()
    return name_of(unit, directory)


def name_of(unit: Unit, directory: Directory) -> str:
    """What people call a unit; names of places are German in every language."""
    if unit.level == Level.NATION:
        return "Bund"
    if unit.level == Level.STATE:
        return STATES.get(unit.code, unit.code)
    return directory.districts.get(unit.code, unit.code)


def described(area: Area, directory: Directory) -> str:
    """The area in a few words, for a fact and a reason: „Bayern ohne Landkreis München“."""
    names = [_shown(unit, directory) for unit in _in_order(area.included)]
    for label, units in directory.named_sets.items():
        if units == area.included:
            names = [label]
    without = [_shown(unit, directory) for unit in _in_order(area.excluded)]
    where = ", ".join(names)
    if not without:
        return where
    return _("%(where)s except %(without)s") % {"where": where, "without": ", ".join(without)}


def _shown(unit: Unit, directory: Directory) -> str:
    return _("all of Germany") if unit.level == Level.NATION else name_of(unit, directory)


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.level.value, unit.code))
