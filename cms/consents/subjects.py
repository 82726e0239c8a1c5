"""Whom a page names, quotes or shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wagtail.fields import StreamField

from cms.blocks.images import FigureBlock
from cms.blocks.rich_text import QuoteBlock
from cms.models import BasePage

#: The key of the people in the pictures, whose names the page does not say.
PICTURES = ""


@dataclass(frozen=True)
class Subject:
    """Somebody who has to agree.

    Args:
        name: as the page says it; empty for the people in its pictures.
        uses: what of them stands there, by the fields of :data:`cms.models.consent.USES`.
    """

    name: str
    uses: frozenset[str]


def key_of(name: str) -> str:
    """The same for a name however it is spaced and capitalised."""
    return " ".join(name.split()).casefold()


def subjects_of(page: BasePage, people: Iterable[str]) -> dict[str, Subject]:
    """Whom ``page`` names, quotes or shows, by the key of the name, in the page's order.

    Args:
        page: a page or version of one.
        people: who stands in fields of the type's own, see :meth:`BasePage.people_named`.
    """
    found: dict[str, Subject] = {}
    named = [(name, "for_name") for name in people]
    portrayed = [(name, "for_picture") for name in page.people_portrayed() if key_of(name)]
    for name, use in [*named, *portrayed, *_in_blocks(page)]:
        key = key_of(name)
        if not key and use != "for_picture":
            continue
        known = found.get(key)
        uses = (known.uses if known else frozenset()) | {use}
        found[key] = Subject(known.name if known else " ".join(name.split()), uses)
    return found


def _in_blocks(page: BasePage) -> Iterator[tuple[str, str]]:
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        for child in getattr(page, field.name) or ():
            if isinstance(child.block, FigureBlock) and child.value.get("image"):
                yield PICTURES, "for_picture"
            elif isinstance(child.block, QuoteBlock) and child.value.get("who"):
                yield child.value["who"], "for_name"
                yield child.value["who"], "for_quote"
