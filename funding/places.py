"""Which districts and postal codes there are, and which of them somebody means."""

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.apps import apps
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.delivery.content_version import cached
from cms.models.official_keys import district_name, is_city
from cms.postcode_import import PLACES_FILE
from funding.area_text import parse
from funding.areas import STATES, Directory, Spot, current_code
from regions.finder.geocoding import ResolvedPlace, resolve, resolve_slip
from search.places import PLACE_PARAMETER, places
from search.plain_text import one_line

#: Parameter of addresses: official key of a state or district.
KEY_PARAMETER = "ags"
_LONGEST, _LONGEST_TEXT = 80, 200


def directory() -> Directory:
    """The districts, and the named sets that the desk keeps."""
    return cached("funding.places.directory", _with_named_sets)


def _with_named_sets() -> Directory:
    """The same object as long as the sets are the same: it knows by heart what it was asked."""
    records = apps.get_model("funding", "NamedArea").objects.values_list("name", "area")
    return _with_texts(tuple(records))


@lru_cache(maxsize=2)
def _with_texts(texts: tuple[tuple[str, str], ...]) -> Directory:
    known = german_districts()
    sets = {name: parse(text, known).area.included for name, text in texts}
    return replace(known, named_sets=sets)


@cache
def german_districts() -> Directory:
    """The districts, read once per process from the file that the database is loaded from."""
    districts: dict[str, str] = {}
    postcodes: dict[str, set[str]] = defaultdict(set)
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = current_code(row["kreis_code"])
            # What a city is called in full tells it from the district around it.
            name = row["kreis"] if is_city(code) else district_name(code, row["kreis"])
            districts.setdefault(code, name)
            postcodes[row["plz"]].add(code)
    frozen = {plz: frozenset(codes) for plz, codes in postcodes.items()}
    return Directory(dict(sorted(districts.items())), frozen)


@dataclass(frozen=True)
class Where:
    """The place that somebody names in an address.

    Args:
        typed: postal code or name, as typed.
        key: official key of a state or district, as given.
        spot: the place that is meant for sure.
        name: what it is called.
        choices: places in several districts to choose from; beside an error, of similar names.
        error: why no place was found, for people.
        region_id: the region whose house serves the place, as far as that is known.
    """

    typed: str = ""
    key: str = ""
    spot: Spot | None = None
    name: str = ""
    choices: tuple[ResolvedPlace, ...] = ()
    error: str = ""
    region_id: int | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in the address of a list about this place."""
        if self.spot is None:
            return {}
        named = {PLACE_PARAMETER: self.typed, KEY_PARAMETER: self.key}
        return {name: value for name, value in named.items() if value}


def place_in(text: str) -> str:
    """The place that a sentence names for sure, as it is typed for one; else nothing.

    Args:
        text: what somebody looks for: „Wir sind ein Sportverein in Zittau …“.
    """
    known = places()
    mention = (
        known.mentioned(text[:_LONGEST_TEXT], get_language() or "de") if known and text else None
    )
    return mention.places[0].value if mention and mention.is_sure and mention.places else ""


def read_where(typed: str, key: str = "") -> Where:
    """The place that an address names.

    Args:
        typed: postal code or name of a place; asks the database.
        key: official key of a state or district; of several districts that ``typed`` can mean, it
            chooses one, and what is called as typed is meant by it. Unknown ones are ignored.
    """
    typed = one_line(typed, _LONGEST)
    key = current_code(key) if key in STATES or current_code(key) in directory().districts else ""
    if key and typed in ("", _by_key(key).name):
        return _by_key(key)
    if not typed:
        return Where()
    found, others = resolve(typed)
    slips = [] if found else resolve_slip(typed)
    chosen = [place for place in (*found, *others, *slips) if current_code(place.kreis.code) == key]
    found = chosen[:1] or found
    if not found:
        error = _("We do not know this place. Please enter its postal code.")
        return Where(typed, choices=tuple(slips), error=error)
    if len(found) > 1:
        return Where(typed, choices=tuple(found))
    (place,) = found
    spot = Spot.of(place.kreis.code, place.plz)
    return Where(typed, key if chosen else "", spot, place.name, region_id=place.region_id)


def _by_key(key: str) -> Where:
    if key in STATES:
        return Where(key=key, spot=Spot(key), name=STATES[key])
    return Where(key=key, spot=Spot.of(key), name=directory().districts[key])
