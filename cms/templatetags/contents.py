"""A list of contents above a long text, made of its headings; no editor keeps one."""

import re
from dataclasses import dataclass
from html import unescape

from django import template
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from cms.text import slugify

register = template.Library()

#: From so many sections and characters of HTML on, a text has a list of contents.
LEAST_SECTIONS, LEAST_LENGTH = 3, 4000
_HEADING = re.compile(r"<h2(?P<attributes>(?:\s[^>]*)?)>(?P<text>.*?)</h2>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class Section:
    """A section of a text.

    Args:
        anchor: the ``id`` of its heading.
        text: of its heading, as safe HTML without elements.
    """

    anchor: str
    text: SafeString


def with_anchors(html: str) -> tuple[str, list[Section]]:
    """Give every section of a text an address inside the page.

    Args:
        html: safe HTML; headings of sections are ``h2``, whatever block they are from.

    Returns:
        The HTML whose headings have an ``id``, and its sections in their order.
    """
    taken = set(_ID.findall(html))
    sections: list[Section] = []

    def anchored(found: re.Match[str]) -> str:
        text, known = strip_tags(found["text"]).strip(), _ID.search(found["attributes"])
        anchor = known[1] if known else _free(f"abschnitt-{slugify(unescape(text))}", taken)
        sections.append(Section(anchor, mark_safe(text)))  # noqa: S308 - escaped where it is from
        if known:
            return found[0]
        return f'<h2 id="{anchor}" tabindex="-1"{found["attributes"]}>{found["text"]}</h2>'

    return _HEADING.sub(anchored, html), sections


def _free(anchor: str, taken: set[str]) -> str:
    """``anchor``, with a number where it is taken; taken from now on."""
    number, free = 1, anchor
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    taken.add(free)
    return free


class ListingContentsNode(Node):
    """A text with the list of its sections before it, if there are many."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The list, and the text whose headings it leads to."""
        html, sections = with_anchors(self.nodelist.render(context))
        contents = ""
        if len(sections) >= LEAST_SECTIONS and len(html) >= LEAST_LENGTH:
            contents = render_to_string("components/contents.html", {"items": sections})
        return mark_safe(contents + html)  # noqa: S308 - it was safe, only ids were put in


@register.tag
def listing_contents(parser: Parser, token: Token) -> ListingContentsNode:
    """List the sections of the enclosed text above it, if it is long."""
    nodelist = parser.parse(("endlisting_contents",))
    parser.delete_first_token()
    return ListingContentsNode(nodelist)
