"""From what somebody typed, a postal code or a name, to places in the directory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from cms.models import Kreis, Place
from cms.models.official_keys import district_name, is_city
from cms.text import UMLAUTS, compose, transliterate
from regions.finder.gazetteer import gazetteer

_FIRST_WORD = 4
_PLZ = re.compile(r"(?<!\d)\d{5}(?!\d)")
# What people say before a name; places whose name begins so („Stadt Wehlen“) are looked for first.
_KIND = re.compile(
    r"(?:(?P<kreis>(?:land)?kreis|district of)"
    r"|(?P<city>kreisfreie stadt|stadtkreis|(?:freie (?:und )?)?hansestadt|(?:große )?kreisstadt"
    r"|landeshauptstadt|bundesstadt|lutherstadt|universit(?:ä|ae)tsstadt|wissenschaftsstadt|stadt"
    r"|(?:city|town) of)"
    r"|(?:einheits|orts|samt|verbands|markt)?gemeinde|markt|flecken|dorf|ort|ortsteil"
    r"|municipality of)\s+(?P<name>.*\w.*)",
    re.IGNORECASE,
)
#: Places offered where a name is misspelt.
_MOST_SLIPS = 4
# Written without a German keyboard, these stand for one letter.
_SPELLINGS = {"ss": "ß"} | {pair: f"[{low}{low.upper()}]" for low, pair in UMLAUTS.items()}


@dataclass(frozen=True)
class ResolvedPlace:
    """A place in one district; several places of a postal code count as one.

    Args:
        names: names of the places.
        plz: the postal code, if it is a single one.
        kreis: the district.
        region_id: the active region that serves the district, if there is one.
        lat: latitude.
        lon: longitude.
    """

    names: tuple[str, ...]
    plz: str
    kreis: Kreis
    region_id: int | None
    lat: float
    lon: float

    @property
    def code(self) -> str:
        """The official key of the district."""
        return self.kreis.code

    @property
    def name(self) -> str:
        """What to call it: „01067 Dresden“; the postal code alone if villages share it."""
        shortest = min(self.names, key=len)
        of_one_town = all(name.startswith(shortest) for name in self.names)
        return f"{self.plz} {shortest}".strip() if of_one_town else self.plz or shortest

    @property
    def kreis_name(self) -> str:
        """The district as people say it: „Stadt Kassel“, „Landkreis Kassel“."""
        name = district_name(self.code, self.kreis.name)
        return _("city of %(name)s") % {"name": name} if is_city(self.code) else name


def postal_code(text: str) -> str:
    """The postal code that stands in ``text``, or an empty string."""
    found = _PLZ.search(text)
    return found.group() if found else ""


def resolve(typed: str) -> tuple[list[ResolvedPlace], list[ResolvedPlace]]:
    """The places meant for sure, one for each district, and others that may be meant.

    Args:
        typed: postal code or name of a place, in one line.
    """
    if plz := _PLZ.search(typed):
        return _by_kreis(_places(plz=plz.group())), []
    if len(comparable(typed)) < 2 or not re.search(r"[^\W\d_]", typed):
        return [], []
    sure, others = _named(typed)
    if sure:
        return sure, others
    kind = _KIND.fullmatch(typed)
    kreise = _kreise(typed, kind)
    if kind is None:
        return kreise or _by_first_word(typed), []
    # „Stadt Oldenburg“ is not in the Landkreis of this name, „Stadt Zittau“ no Kreis at all.
    of_kind = [place for place in kreise if kind["kreis"] or (kind["city"] and is_city(place.code))]
    if of_kind:
        return of_kind, []
    sure, others = _named(kind["name"])
    return sure or kreise or _by_first_word(kind["name"]), others


def resolve_slip(typed: str) -> list[ResolvedPlace]:
    """The few places that a name nobody knows may be meant for, those with a house first.

    Args:
        typed: a name that :func:`resolve` knows nothing of.
    """
    names = list(dict.fromkeys(spot.name for spot in gazetteer().almost(typed)))
    found = _by_kreis(_places(name__in=names)) if names else []
    # The larger a place, the earlier its name; of one district the largest names it.
    rank = {name: number for number, name in enumerate(names)}
    found.sort(key=lambda place: (place.region_id is None, min(rank[name] for name in place.names)))
    return found[:_MOST_SLIPS]


def _named(name: str) -> tuple[list[ResolvedPlace], list[ResolvedPlace]]:
    """The places of this name and those that are called so among others, as :func:`resolve`."""
    found = list(_places_named(name))
    exact = [place for place in found if comparable(place.name) == comparable(name)]
    sure = _by_kreis(exact or found)
    codes = {place.code for place in sure}
    return sure, _by_kreis(place for place in found if place.kreis_id not in codes)


def _places(**conditions: str | list[str]) -> QuerySet[Place]:
    """Places with their district, and with the region that serves it as ``region_id``."""
    now = Q(kreis__region_kreise__active=True)
    serving = FilteredRelation("kreis__region_kreise", condition=now)
    found = Place.objects.filter(**conditions).select_related("kreis")
    return found.annotate(serving=serving, region_id=F("serving__region_id"))


def _places_named(name: str) -> QuerySet[Place]:
    """Places of this name, or whose name begins with it: „Frankfurt“ am Main, (Oder)."""
    return _places(name__regex=rf"^{pattern(name)}($|[ ,(/-])")


def _kreise(name: str, kind: re.Match[str] | None) -> list[ResolvedPlace]:
    """Districts of this name: „Landkreis Görlitz“, „Vogtlandkreis“, „Kreisfreie Stadt Essen“."""
    bare = kind["name"] if kind else name
    serving = FilteredRelation("region_kreise", condition=Q(region_kreise__active=True))
    found = Kreis.objects.filter(name__regex=rf"^(Kreisfreie Stadt |[^ ]* )?{pattern(bare)}($|,)")
    known = list(found.annotate(serving=serving, region_id=F("serving__region_id")))
    exact = [kreis for kreis in known if comparable(kreis.name) == comparable(name)]
    # Of a city and the district around it, that of the kind that was typed.
    is_rural = bool(kind and kind["kreis"])
    of_kind = [kreis for kreis in known if is_city(kreis.code) != is_rural]
    return [
        ResolvedPlace((kreis.name,), "", kreis, kreis.region_id, kreis.lat, kreis.lon)
        for kreis in exact or of_kind or known
    ]


def _by_first_word(name: str) -> list[ResolvedPlace]:
    """„Frankfurt a. M.“: what begins with the same word."""
    first = re.split(r"[^\w]", name)[0]
    if len(first) < _FIRST_WORD or first == name:
        return []
    return _by_kreis(_places_named(first))


def _by_kreis(places: Iterable[Place]) -> list[ResolvedPlace]:
    """One place for each district, in the order of districts."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.kreis_id, []).append(place)
    found = [_resolved(group) for group in groups.values()]
    return sorted(found, key=lambda place: (place.kreis.land, place.kreis.name))


def _resolved(places: list[Place]) -> ResolvedPlace:
    codes = {place.plz for place in places}
    return ResolvedPlace(
        names=tuple(dict.fromkeys(place.name for place in places)),
        plz=codes.pop() if len(codes) == 1 else "",
        kreis=places[0].kreis,
        region_id=vars(places[0])["region_id"],  # annotated
        lat=sum(place.lat for place in places) / len(places),
        lon=sum(place.lon for place in places) / len(places),
    )


def comparable(name: str) -> str:
    """A name as it is compared: case, umlauts, hyphens and "Sankt" make no difference.

    Other accents do, unlike in :func:`cms.text.fold`: :func:`pattern` looks for the very letters
    in the database.
    """
    folded = re.sub(r"[\s-]+", " ", transliterate(compose(name).lower())).strip()
    return re.sub(r"(?<!\w)st\.? ?(?=\w)", "sankt ", folded) if folded[:2] == "st" else folded


def pattern(name: str) -> str:
    """A regular expression for all spellings of a name, for SQLite and PostgreSQL alike.

    Neither database ignores the case of umlauts in every configuration, so both cases are
    spelt out.
    """
    parts = re.split(r"(sankt |ae|oe|ue|ss| )", comparable(name))
    return "".join(_spelt(part) for part in parts)


def _spelt(part: str) -> str:
    if part == " ":
        return "[ -]+"
    if part == "sankt ":
        return r"([sS]ankt|[sS]t\.?)[ -]*"
    letters = "".join(
        f"[{char}{char.upper()}]" if char.isalpha() and len(char.upper()) == 1 else re.escape(char)
        for char in part
    )
    return f"({letters}|{_SPELLINGS[part]})" if part in _SPELLINGS else letters
