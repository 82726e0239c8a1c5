"""Who helps me here? From a postal code or the name of a place to a house.

Where no house serves the place, the national contact answers, never a blank. F2: a human contact.
F14: a common contact point. F33: a neutral one for networks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.contact import Contact
from cms.delivery.content_version import cached
from cms.languages import said
from cms.models import Kreis, Place, SiteSettings
from regions.finder.map import Marker, marker, markers

if TYPE_CHECKING:
    from regions.models import HousePage, Region

#: Parameters of the address: what was typed, and the district chosen where there are several.
PLACE, KREIS = "ort", "kreis"

_LONGEST = 80
_MOST_CHOICES = 24
_FIRST_WORD = 4
_PLZ = re.compile(r"(?<!\d)\d{5}(?!\d)")
_PREFIXES = re.compile(r"^(?:(?:land)?kreis|kreisfreie stadt|stadt|gemeinde)\s+", re.IGNORECASE)
# Written without a German keyboard, these stand for one letter.
_SPELLINGS = {"ae": "[äÄ]", "oe": "[öÖ]", "ue": "[üÜ]", "ss": "ß"}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class House:
    """A house as map and finder show it.

    Args:
        region: the region it stands for.
        title: title of its page.
        url: address of its page.
        contact: whom to call there; the national desk if the house names nobody.
        url_path: that of its page, above those of its lists.
        language: of its pages, where it is not the reader's.
    """

    region: "Region"
    title: str
    url: str
    contact: Contact
    url_path: str = ""
    language: str = ""


@dataclass(frozen=True)
class Spot:
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
    def name(self) -> str:
        """What to call it: „01067 Dresden“; the postal code alone if villages share it."""
        shortest = min(self.names, key=len)
        of_one_town = all(name.startswith(shortest) for name in self.names)
        return f"{self.plz} {shortest}".strip() if of_one_town else self.plz or shortest

    @property
    def kreis_name(self) -> str:
        """The district as people say it: the data have "Essen, Stadt", "Kreisfreie Stadt …"."""
        name = self.kreis.name.removeprefix("Kreisfreie Stadt ")
        if name != self.kreis.name:
            return _("city of %(name)s") % {"name": name}
        if name.endswith(", Stadt"):
            return _("city of %(name)s") % {"name": name.removesuffix(", Stadt")}
        return name


@dataclass(frozen=True)
class Choice:
    """One of several districts to choose from, with the house that serves it."""

    spot: Spot
    house: House | None


@dataclass(frozen=True)
class Answer:
    """What the finder says.

    Exactly one holds: an ``error``, ``choices`` to pick from, or a ``spot``.

    Args:
        typed: what was typed.
        contact: who helps; the national desk unless a house serves the place.
        error: what went wrong, for people.
        choices: districts to choose from.
        is_cut: whether there are more than can be offered.
        spot: the place that was meant.
        house: the house that serves it.
        others: other places the same words may mean.
    """

    typed: str
    contact: Contact
    error: str = ""
    choices: tuple[Choice, ...] = ()
    is_cut: bool = False
    spot: Spot | None = None
    house: House | None = None
    others: tuple[Choice, ...] = ()


class Houses:
    """The published houses of active regions, read once.

    Args:
        request: the current request.
        language: language of the pages; a house that lacks it is shown in German.
    """

    def __init__(self, request: HttpRequest | None, language: str) -> None:
        self.request = request
        self.language = language

    @cached_property
    def all(self) -> list[House]:
        """The houses of all active regions, in the order of their names."""
        return [self._house(page) for page in self._pages()]

    @cached_property
    def national_contact(self) -> Contact:
        """The contact of the national desk, for places without a house."""
        return SiteSettings.load(request_or_site=self.request).contact

    def serving(self, spot: "Spot") -> House | None:
        """The house that serves a place, if it has one."""
        return next((house for house in self.all if house.region.pk == spot.region_id), None)

    def _pages(self) -> list["HousePage"]:
        from regions.models import HousePage

        languages = {self.language, "de"}
        pages = (
            HousePage.objects.live()
            .filter(region_record__archived_on=None, locale__language_code__in=languages)
            .select_related("region_record", "locale")
        )
        # German first, so that a translation takes its place.
        in_order = sorted(pages, key=lambda page: page.locale.language_code == self.language)
        chosen = {page.region_record_id: page for page in in_order}
        return sorted(chosen.values(), key=lambda page: page.region_record.name)

    def _house(self, page: "HousePage") -> House:
        url = page.get_url(self.request) or ""
        own = page.as_contact(page.title, url) if page.contact_email else None
        contact = own or self.national_contact
        title, language = said(page.title, page.written_in)
        return House(page.region_record, title, url, contact, page.url_path, language)


def houses_on_map(request: HttpRequest | None, language: str) -> list[Marker]:
    """All houses as markers; remembered until one of them or its region changes."""
    return cached(("regions.finder.map", language), lambda: markers(Houses(request, language).all))


def house_list_context(request: HttpRequest, language: str) -> dict[str, Any]:
    """What the list of houses shows above its list.

    Returns:
        ``houses`` as markers of the map, ``answer`` if something was asked, and ``spot``,
        the place it is about, as a marker.
    """
    houses = Houses(request, language)
    answer = None
    if PLACE in request.GET:
        answer = find(houses, request.GET[PLACE], request.GET.get(KREIS, ""))
    spot = answer.spot if answer else None
    return {
        "answer": answer,
        "houses": markers(houses.all),
        "spot": marker(spot.name, spot.lat, spot.lon) if spot else None,
    }


def postal_code(text: str) -> str:
    """The postal code that stands in ``text``, or an empty string."""
    found = _PLZ.search(text)
    return found.group() if found else ""


def find(houses: Houses, typed: str, kreis: str = "") -> Answer:
    """Answer the question who helps in a place.

    Args:
        houses: the houses to choose from.
        typed: postal code or name of a place.
        kreis: official key of the district that was chosen where there were several.
    """
    typed = " ".join(typed.replace("\0", "").split())[:_LONGEST].strip()
    exact, others = _spots(typed)
    if kreis and (chosen := [spot for spot in (*exact, *others) if spot.kreis.code == kreis]):
        exact, others = chosen[:1], []
    if not exact:
        contact = houses.national_contact
        return Answer(typed, contact, error=_what_is_wrong(typed))
    exact_choices, other_choices = (
        tuple(Choice(spot, houses.serving(spot)) for spot in spots[:_MOST_CHOICES])
        for spots in (exact, others)
    )
    if len(exact) > 1:
        is_cut = len(exact) > _MOST_CHOICES
        return Answer(typed, houses.national_contact, choices=exact_choices, is_cut=is_cut)
    house = exact_choices[0].house
    contact = house.contact if house else houses.national_contact
    return Answer(typed, contact, spot=exact[0], house=house, others=other_choices)


def _what_is_wrong(typed: str) -> str:
    if not typed:
        return _("Please enter a postal code or the name of a place.")
    if _PLZ.search(typed):
        return _(
            "We do not know this postal code. It may belong to a P.O. box or to a large "
            "company: please enter the name of the place."
        )
    if re.fullmatch(r"[\d\s]+", typed):
        return _("A postal code has five digits, for example 48431 or 01067.")
    return _(
        "We do not know a place of this name. Please check how it is spelt, or enter its "
        "postal code."
    )


def _spots(typed: str) -> tuple[list[Spot], list[Spot]]:
    """The places meant for sure, one for each district, and others that may be meant."""
    if plz := _PLZ.search(typed):
        return _by_kreis(_places(plz=plz.group())), []
    if len(fold(typed)) < 2 or not re.search(r"[^\W\d_]", typed):
        return [], []
    found = list(_places_named(typed))
    exact = [place for place in found if fold(place.name) == fold(typed)]
    if exact:
        sure = _by_kreis(exact)
        codes = {spot.kreis.code for spot in sure}
        return sure, _by_kreis(place for place in found if place.kreis_id not in codes)
    return _by_kreis(found) or _kreise(typed) or _by_first_word(typed), []


def _places(**conditions: str) -> QuerySet[Place]:
    """Places with their district, and with the region that serves it as ``region_id``."""
    now = Q(kreis__region_kreise__active=True)
    serving = FilteredRelation("kreis__region_kreise", condition=now)
    found = Place.objects.filter(**conditions).select_related("kreis")
    return found.annotate(serving=serving, region_id=F("serving__region_id"))


def _places_named(name: str) -> QuerySet[Place]:
    """Places of this name, or whose name begins with it: „Frankfurt“ am Main, (Oder)."""
    return _places(name__regex=rf"^{pattern(name)}($|[ ,(/-])")


def _kreise(name: str) -> list[Spot]:
    """Districts of this name: „Landkreis Görlitz“, „Kreis Steinfurt“, „Vogtlandkreis“."""
    bare = _PREFIXES.sub("", name)
    serving = FilteredRelation("region_kreise", condition=Q(region_kreise__active=True))
    found = Kreis.objects.filter(name__regex=rf"^([^ ]* )?{pattern(bare)}($|,)")
    return [
        Spot((kreis.name,), "", kreis, kreis.region_id, kreis.lat, kreis.lon)
        for kreis in found.annotate(serving=serving, region_id=F("serving__region_id"))
    ]


def _by_first_word(name: str) -> list[Spot]:
    """„Frankfurt a. M.“: what begins with the same word."""
    first = re.split(r"[^\w]", name)[0]
    if len(first) < _FIRST_WORD or first == name:
        return []
    return _by_kreis(_places_named(first))


def _by_kreis(places: Iterable[Place]) -> list[Spot]:
    """One spot for each district, in the order of districts."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.kreis_id, []).append(place)
    spots = [_spot(group) for group in groups.values()]
    return sorted(spots, key=lambda spot: (spot.kreis.land, spot.kreis.name))


def _spot(places: list[Place]) -> Spot:
    codes = {place.plz for place in places}
    return Spot(
        names=tuple(dict.fromkeys(place.name for place in places)),
        plz=codes.pop() if len(codes) == 1 else "",
        kreis=places[0].kreis,
        region_id=places[0].region_id,
        lat=sum(place.lat for place in places) / len(places),
        lon=sum(place.lon for place in places) / len(places),
    )


def fold(name: str) -> str:
    """A name as it is compared: case, umlauts, hyphens and "Sankt" make no difference."""
    folded = re.sub(r"[\s-]+", " ", name.lower().translate(_UMLAUTS)).strip()
    return re.sub(r"(?<!\w)st\.? ?(?=\w)", "sankt ", folded) if folded[:2] == "st" else folded


def pattern(name: str) -> str:
    """A regular expression for all spellings of a name, for SQLite and PostgreSQL alike.

    Neither database ignores the case of umlauts in every configuration, so both cases are
    spelt out.
    """
    parts = re.split(r"(sankt |ae|oe|ue|ss| )", fold(name))
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
