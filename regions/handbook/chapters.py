"""The pages of the handbook, and which of them is whose."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cms.models import User
from regions.access import is_administrator, is_national_editor, leads_a_house

FOLDER = Path(settings.BASE_DIR) / "docs" / "rollen"
_NO_WORD = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Chapter:
    """One page.

    Args:
        slug: the name of its file and its address.
        label: the role, for the list of chapters.
    """

    slug: str
    label: StrOrPromise

    @property
    def url(self) -> str:
        """Its address in the admin."""
        return reverse("handbook", args=[self.slug])


EDITOR = Chapter("redaktion", _("Editors of a house"))
LEAD = Chapter("leitung", _("Leads of a house"))
DESK = Chapter("bundesredaktion", _("National desk"))
ADMINISTRATION = Chapter("administration", _("Administration"))
CHAPTERS = {chapter.slug: chapter for chapter in (EDITOR, LEAD, DESK, ADMINISTRATION)}


def chapter_for(user: User) -> Chapter:
    """The page of the role that ``user`` has; of several the one that answers for most."""
    if is_administrator(user):
        return ADMINISTRATION
    if is_national_editor(user):
        return DESK
    return LEAD if leads_a_house(user) else EDITOR


@cache
def render(slug: str) -> SafeString:
    """A chapter as HTML, its headings one level down. Read once per process: files do not change.

    Links between chapters lead to the admin's addresses; the ways to other documents, which are
    for people who run the site, are left out.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((FOLDER / f"{slug}.md").read_text(encoding="utf-8"))
    for number, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + 1}"
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[number + 1].content))
        for child in token.children or ():
            _lead_on(child)
    html = str(markdown.renderer.render(tokens, markdown.options, {}))
    return mark_safe(html)  # noqa: S308 - our own files, and HTML in them is escaped


def anchor(heading: str) -> str:
    """The name of a heading in links, as GitHub makes it."""
    return _NO_WORD.sub("", heading.lower()).replace(" ", "-")


def _lead_on(token: Token) -> None:
    target = str(token.attrGet("href") or "") if token.type == "link_open" else ""
    name, _hash, part = target.partition("#")
    chapter = CHAPTERS.get(name.removesuffix(".md")) if name.endswith(".md") else None
    if chapter:
        token.attrSet("href", f"{chapter.url}#{part}" if part else chapter.url)
    elif name.endswith(".md"):
        del token.attrs["href"]
