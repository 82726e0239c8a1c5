"""From the words of a search to the house of a place."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.http import urlencode

from regions.finder.selected_region import keeping
from search.places import PLACE_PARAMETER
from search.results.place import PlaceNote

register = template.Library()


@dataclass(frozen=True)
class WayToHouse:
    """A place, and where its house is named; both empty where there is none."""

    place: str = ""
    url: str = ""


@register.simple_tag(takes_context=True)
def finder_address(context: Context, note: PlaceNote | None) -> WayToHouse:
    """Where the finder answers for the place that a search is about.

    Args:
        context: of the template.
        note: what the results say of the place.
    """
    houses = (context.get("more_urls") or {}).get("haus", "").partition("?")[0]
    place = note.place if note else None
    if not place or not houses:
        return WayToHouse()
    url = keeping(context.get("request"), f"{houses}?{urlencode({PLACE_PARAMETER: place.value})}")
    return WayToHouse(place.name, f"{url}#antwort")
