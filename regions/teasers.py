"""Sections of teasers on home page, houses and beside knowledge; each room registers its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.http import HttpRequest
from django.utils.functional import Promise

from search.engines.base import Preference
from search.presets import Preset
from search.registry import REGION_FACET, TOPIC_FACET, document_by_key
from search.results.feeds import FeedLink, subscription
from search.results.run import latest_lists
from search.results.types import Hit

#: So many pages are shown in a section.
LIMIT = 3


class Place(Enum):
    """Where a section of teasers can stand."""

    HOME_ABOVE_TEXT = auto()
    HOME_BELOW_TEXT = auto()
    HOUSE = auto()
    KNOWLEDGE = auto()


@dataclass(frozen=True)
class Teasers:
    """The latest pages of one type, in one place.

    Args:
        place: where they stand.
        type_key: of their search document.
        heading: of the section, translated lazily.
        more_label: of the link to all of them.
        order: sections of a place stand in this order.
        by_date: whether each is a line after its date, instead of a picture with text.
        prefers_topics: whether pages on the topics that a region works on come first.
    """

    place: Place
    type_key: str
    heading: str | Promise
    more_label: str | Promise
    order: int = 100
    by_date: bool = False
    prefers_topics: bool = False


@dataclass(frozen=True)
class TeaserSection:
    """Teasers as ``components/teasers.html`` shows them.

    Args:
        id: the type key; unique on a page.
        more_url: the list they stand in; empty where it is the nationwide one.
        feed: what is new in that list; none where it has no address.
    """

    id: str
    heading: str | Promise
    hits: list[Hit]
    more_label: str | Promise
    more_url: str
    by_date: bool
    feed: FeedLink | None = None


_teasers: list[Teasers] = []


def register_teasers(*teasers: Teasers) -> None:
    """Have home page or houses show the latest pages of a type; called when a room is ready."""
    _teasers.extend(entry for entry in teasers if entry not in _teasers)


def latest_teasers(
    request: HttpRequest,
    places: Collection[Place],
    publisher: str,
    *,
    region_id: int | None = None,
    lists: Mapping[str, str] | None = None,
    first_region_id: int | None = None,
    topics: tuple[str, ...] = (),
) -> dict[Place, list[TeaserSection]]:
    """What stands in some places of one page; sections without a page are left out.

    As many database queries as for a single section.

    Args:
        request: the current request.
        places: all that the page has.
        publisher: whose they are, in the names of the feeds.
        region_id: whose pages; those of all regions without it.
        lists: addresses of the nationwide lists by what they list.
        first_region_id: whose pages come first: the region a visitor has chosen.
        topics: keys of the topics that the region works on (F35: a region supports what is useful).
    """
    fixed = {REGION_FACET: [str(region_id)]} if region_id else {}
    wishes = (Preference(REGION_FACET, (str(first_region_id),)),) if first_region_id else ()
    chosen = sorted((t for t in _teasers if t.place in places), key=lambda t: t.order)
    topic_wishes = (Preference(TOPIC_FACET, topics),) if topics else ()
    presets = {
        teasers.type_key: Preset(
            types=(teasers.type_key,),
            fixed=fixed,
            preferences=(*wishes, *topic_wishes) if teasers.prefers_topics else wishes,
            page_size=LIMIT,
        )
        for teasers in chosen
    }
    found = latest_lists(request, presets)
    sections: dict[Place, list[TeaserSection]] = {place: [] for place in places}
    for teasers in chosen:
        if hits := found[teasers.type_key]:
            more_url = _list_of(hits[0]) if region_id else ""
            address = more_url or (lists or {}).get(teasers.type_key, "")
            section = TeaserSection(
                id=teasers.type_key,
                heading=teasers.heading,
                hits=hits,
                more_label=teasers.more_label,
                more_url=more_url,
                by_date=teasers.by_date,
                feed=_feed(teasers.type_key, address, publisher) if address else None,
            )
            sections[teasers.place].append(section)
    return sections


def _feed(type_key: str, address: str, publisher: str) -> FeedLink:
    document = document_by_key(type_key)
    return subscription(address, f"{document.label_plural if document else ''} – {publisher}")


def _list_of(hit: Hit) -> str:
    """The list a page of a house stands in: details live under it, so this needs no query."""
    return hit.url.rstrip("/").rpartition("/")[0] + "/"
