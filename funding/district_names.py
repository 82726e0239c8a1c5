"""Which state or district a name means: „Land Bremen“, „Stadt Bremen“, „Landkreis Oldenburg“.

A city and the district around it often share a name, some states share that of a city. What kind
somebody writes decides; where that leaves several, or another kind only, they are asked.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from cms.models.official_keys import is_city
from cms.text import fold
from funding.areas import STATES, Directory, Unit, district, state

_STATE, _OWN_CITY, _CITY, _AROUND = "state", "own city", "city", "around"
_KINDS = {
    "land": _STATE,
    "freistaat": _STATE,
    "freie und hansestadt": _STATE,
    "freie hansestadt": _STATE,
    "kreisfreie stadt": _OWN_CITY,
    "stadtkreis": _OWN_CITY,
    "stadt": _CITY,
    "bundesstadt": _CITY,
    "documenta-stadt": _CITY,
    "hansestadt": _CITY,
    "landeshauptstadt": _CITY,
    "universitaetsstadt": _CITY,
    "wissenschaftsstadt": _CITY,
    "kreis": _AROUND,
    "landkreis": _AROUND,
    "region": _AROUND,
}
_WORDS = "|".join(sorted(_KINDS, key=len, reverse=True))
_BEFORE = re.compile(rf"(?P<kind>{_WORDS})\s+(?P<name>.+)")
_AFTER = re.compile(rf"(?P<name>.+?)(?:,\s*|\s*\((?=.*\)$))(?P<kind>{_WORDS})\)?")
_CITY_STATES = {"02000": "02", "11000": "11"}
_RURAL = re.compile(r"^(?:im )?laendlich")
_MOST_CHOICES = 6


def is_kind(text: str) -> bool:
    """Whether a word only says what a name is: „Essen, Stadt“ are not two places."""
    return fold(text) in _KINDS


def read_name(name: str, directory: Directory) -> tuple[set[Unit], str]:
    """The unit that a name means, or what is wrong with it."""
    kind, bare = _kind_and_name(name)
    if kind in ("", _STATE):
        for code, label in STATES.items():
            if bare in (fold(label), code):
                return {state(code)}, ""
    found, others = _candidates(kind, bare, directory)
    if len(found) == 1:
        (code,) = found
        return {state(_CITY_STATES[code]) if code in _CITY_STATES else district(code)}, ""
    if not found and kind in (_CITY, _OWN_CITY):
        if len(others) == 1:
            return set(), _no_district(name, others[0], directory)
        found = others
    if found:
        choices = "; ".join(f"AGS {code} ({_told(code, directory)})" for code in sorted(found))
        return set(), _(
            "“%(name)s” can be several districts. Please write one of them: %(list)s."
        ) % {"name": name, "list": choices}
    return set(), _unknown(name, bare, directory)


def _candidates(kind: str, bare: str, directory: Directory) -> tuple[list[str], list[str]]:
    """The districts that are meant, and those of the same name that are of another kind."""
    names = {code: _kind_and_name(label)[1] for code, label in directory.districts.items()}
    named = [code for code, name in names.items() if name == bare]
    # „Oldenburg (Oldenburg)“, „Offenbach am Main“
    longer = [code for code, name in names.items() if name.startswith(f"{bare} ") and is_city(code)]
    cities = [code for code in named if is_city(code)]
    found = {
        "": [*named, *longer] if named or len(longer) > 1 else [],
        _STATE: [],
        _OWN_CITY: cities or longer,
        _CITY: cities,
        _AROUND: [code for code in named if code not in cities],
    }[kind]
    return found, [*named, *longer]


def _no_district(name: str, code: str, directory: Directory) -> str:
    return _(
        "“%(name)s” is no district of its own. If you mean %(district)s, write “AGS %(code)s”; for "
        "the town alone, its postal codes."
    ) % {"name": name, "district": _told(code, directory), "code": code}


def _told(code: str, directory: Directory) -> str:
    """The name of a district, with its kind where it says none: „Stadt Hof“, „Kreis Kassel“."""
    label = directory.districts[code]
    if _kind_and_name(label)[0] or "kreis" in fold(label):
        return label
    return f"{'Stadt' if is_city(code) else 'Kreis'} {label}"


def _unknown(name: str, bare: str, directory: Directory) -> str:
    names = [*STATES.values(), *directory.named_sets, *directory.districts.values()]
    if _RURAL.match(fold(name)):
        return _("“%(name)s” is no place: tick “only in rural areas”, and write here where.") % {
            "name": name
        }
    similar = [
        label for label in names if len(bare) > 3 and bare[:4] == _kind_and_name(label)[1][:4]
    ]
    if similar:
        return _("We do not know “%(name)s”. Do you mean: %(list)s?") % {
            "name": name,
            "list": ", ".join(similar[:_MOST_CHOICES]),
        }
    return _(
        "We do not know “%(name)s”. Write “Bund”, a federal state, a district or a postal code; "
        "for a municipality, its postal codes."
    ) % {"name": name}


@lru_cache(maxsize=1024)
def _kind_and_name(name: str) -> tuple[str, str]:
    """What a name says that it is, and the name without that: „Essen, Stadt“ is a city."""
    plain = fold(name).strip()
    if said := _BEFORE.fullmatch(plain) or _AFTER.fullmatch(plain):
        return _KINDS[said["kind"]], said["name"].strip()
    return "", plain
