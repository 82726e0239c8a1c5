"""What stands beside a knowledge page or a study: the chosen region, and related pages.

F15: specialist information that fits the cooperations of a region.
"""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.models import Term
from regions.finder.selected_region import chosen_house
from regions.teasers import Place, latest_teasers
from search.engines.base import Preference
from search.presets import Preset
from search.query import Query
from search.results.run import hits
from search.results.types import Hit

#: Type keys of the pages of this room, which are related to one another.
KNOWLEDGE_TYPES = ("wissen", "studie")
#: So many related pages are shown.
MOST_RELATED = 3


def knowledge_context(
    request: HttpRequest, page: Page, topics: Iterable[Term]
) -> dict[str, object]:
    """What the templates of this room show beside the text.

    Args:
        request: the current request; in its address stands the chosen house.
        page: what is read; it is not related to itself.
        topics: those of the page: pages about them come first.
    """
    terms = list(topics)
    keys = tuple(term.key for term in terms)
    house = chosen_house(request)
    region = house.region if house else None
    return {
        "topics": terms,
        "related": related_pages(request, page, keys),
        "region": region,
        "in_region": (
            latest_teasers(request, (Place.KNOWLEDGE,), house.title, region_id=house.region.pk)[
                Place.KNOWLEDGE
            ]
            if house
            else []
        ),
    }


def related_pages(request: HttpRequest, page: Page, topics: tuple[str, ...]) -> list[Hit]:
    """Other pages of this room, those about the same topics first."""
    preset = Preset(
        types=KNOWLEDGE_TYPES,
        preferences=(Preference("thema", topics),) if topics else (),
        # One more: the page itself may be among them.
        page_size=MOST_RELATED + 1,
    )
    found = hits(Query(preset, get_language() or "de"), request)
    return [hit for hit in found if hit.page.pk != page.pk][:MOST_RELATED]
