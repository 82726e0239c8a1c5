"""From the words of a search to the house of a place."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.http import urlencode

from regions.finder.house_list import PLACE
from regions.finder.mentions import place_in
from regions.finder.selected_region import keeping

register = template.Library()


@dataclass(frozen=True)
class WayToHouse:
    """A place, and where its house is named; both empty where there is none."""

    place: str = ""
    url: str = ""


@register.simple_tag(takes_context=True)
def finder_address(context: Context, text: str) -> WayToHouse:
    """Where the finder answers for the place that ``text`` names.

    Args:
        context: of the template.
        text: what a visitor looks for.
    """
    houses = (context.get("more_urls") or {}).get("haus", "").partition("?")[0]
    place = place_in(text) if text and houses else ""
    if not place:
        return WayToHouse()
    url = keeping(context.get("request"), f"{houses}?{urlencode({PLACE: place})}")
    return WayToHouse(place, f"{url}#antwort")
