"""What stands beside a knowledge page or a study: its topics, and the chosen region.

F15: specialist information that fits the cooperations of a region.
"""

from collections.abc import Iterable

from django.http import HttpRequest

from cms.models import Term
from regions.finder.selected_region import chosen_house
from regions.models.region import publisher_of
from regions.teasers import Place, latest_teasers


def knowledge_context(request: HttpRequest, topics: Iterable[Term]) -> dict[str, object]:
    """What the templates of this room show beside the text.

    Args:
        request: the current request; in its address stands the chosen house.
        topics: those of the page.
    """
    house = chosen_house(request)
    region = house.region if house else None
    return {
        "topics": list(topics),
        "region": region,
        "in_region": (
            latest_teasers(
                request, (Place.KNOWLEDGE,), publisher_of(house.region), region_id=house.region.pk
            )[Place.KNOWLEDGE]
            if house
            else []
        ),
    }
