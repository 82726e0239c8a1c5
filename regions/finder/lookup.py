"""Who helps me here? From the places that somebody may mean to the house that serves them.

Where no house serves the place, the national contact answers, never a blank. F2: a human contact.
F14: a common contact point. F33: a neutral one for networks.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.contact import Contact
from regions.finder.geocoding import ResolvedPlace, postal_code, resolve, resolve_slip
from regions.finder.houses import House, Houses, NearHouse
from search.plain_text import one_line

LONGEST = 80
_MOST_CHOICES = 24


@dataclass(frozen=True)
class PlaceChoice:
    """One of several districts to choose from, with the house that serves it."""

    place: ResolvedPlace
    house: House | None


@dataclass(frozen=True)
class FinderResult:
    """What the finder says.

    Exactly one holds: an ``error``, ``choices`` to pick from, or a ``place``.

    Args:
        typed: what was typed.
        contact: who helps; the national desk unless a house serves the place.
        error: what went wrong, for people.
        choices: districts to choose from.
        is_cut: whether there are more than can be offered.
        place: the one that was meant.
        house: the house that serves it.
        others: other places the same words may mean; beside an error, those of similar names.
        nearest: where no house serves the place, the nearest one of another region.
    """

    typed: str
    contact: Contact
    error: str = ""
    choices: tuple[PlaceChoice, ...] = ()
    is_cut: bool = False
    place: ResolvedPlace | None = None
    house: House | None = None
    others: tuple[PlaceChoice, ...] = ()
    nearest: NearHouse | None = None


def find(houses: Houses, typed: str, kreis: str = "") -> FinderResult:
    """Answer the question who helps in a place.

    Args:
        houses: the houses to choose from.
        typed: postal code or name of a place.
        kreis: official key of the district that was chosen where there were several.
    """
    typed = one_line(typed, LONGEST)
    exact, others = resolve(typed)
    others = others if exact else resolve_slip(typed)
    if kreis and (chosen := [place for place in (*exact, *others) if place.kreis.code == kreis]):
        exact, others = chosen[:1], []
    if not exact:
        contact = houses.national_contact
        error = _what_is_wrong(typed)
        return FinderResult(typed, contact, error=error, others=_choices(houses, others))
    exact_choices, other_choices = _choices(houses, exact), _choices(houses, others)
    if len(exact) > 1:
        is_cut = len(exact) > _MOST_CHOICES
        return FinderResult(typed, houses.national_contact, choices=exact_choices, is_cut=is_cut)
    house = exact_choices[0].house
    contact = house.contact if house else houses.national_contact
    nearest = None if house else houses.nearest_to(exact[0])
    return FinderResult(
        typed, contact, place=exact[0], house=house, others=other_choices, nearest=nearest
    )


def _choices(houses: Houses, places: list[ResolvedPlace]) -> tuple[PlaceChoice, ...]:
    return tuple(PlaceChoice(place, houses.serving(place)) for place in places[:_MOST_CHOICES])


def _what_is_wrong(typed: str) -> str:
    if not typed:
        return _("Please enter a postal code or the name of a place.")
    if postal_code(typed):
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
