"""Addresses of this site that somebody wrote by hand become links to pages.

A link to a page follows it when it moves, leads to the reader's language and says who links where.
What no page answers (the search, forms), and what leads to a place inside a page, stays an address.
"""

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

#: The editor keeps of pasted links only web and mail addresses; ``static/js/admin-paste.js`` writes
#: telephone numbers and places inside a page as the latter.
_DISGUISED = re.compile(r'(<a\s[^>]*?href=")mailto:(tel:|#)')
#: A link to an address, as rich text is stored.
_LINK = re.compile(r'<a\s+(?:[^>]*?\s)?href="([^"]*)"[^>]*>')
_Container = blocks.StreamValue | ListValue | blocks.StructValue


def page_at(url: str) -> Page | None:
    """The page of an address of this site.

    Args:
        url: a path, or with one of the names of this site; in any language.

    Returns:
        Nothing for other sites, for what is no page, and for a place inside a page.
    """
    parts = urlsplit(html.unescape(url.strip()))
    if parts.query or parts.fragment or not parts.path.startswith("/"):
        return None
    if parts.netloc and parts.netloc.lower() not in own_hosts():
        return None
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    components = [part for part in unquote(parts.path).lower().split("/") if part]
    root = site.root_page
    languages = dict(settings.LANGUAGES)
    if components and components[0] in languages and components[0] != settings.LANGUAGE_CODE:
        root = root.get_translations().filter(locale__language_code=components.pop(0)).first()
    if root is None:
        return None
    path = "".join(f"{component}/" for component in components)
    # Of a draft not even the existence is told by turning an address into its link.
    return Page.objects.live().filter(url_path=f"{root.url_path}{path}").first()


def own_hosts() -> set[str]:
    """The names of this site, with and without their ports, in lower case."""
    own = {urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc.lower()}
    for site in Site.objects.all():
        own |= {site.hostname.lower(), f"{site.hostname}:{site.port}".lower()}
    return own


def link_pages_in_text(source: str) -> str:
    """Rich text with links to pages in the place of addresses of this site."""

    def link(found: re.Match[str]) -> str:
        page = page_at(found[1])
        return f'<a linktype="page" id="{page.pk}">' if page else found[0]

    return _LINK.sub(link, _DISGUISED.sub(r"\1\2", source)) if 'href="' in source else source


def link_pages(item: Model) -> list[str]:
    """Put links to pages in the place of addresses, in all texts and blocks of ``item``.

    Args:
        item: a page, as it is in hand; it is not saved.

    Returns:
        The names of the fields that changed.
    """
    changed = []
    for field in item._meta.concrete_fields:
        value = getattr(item, field.attname)
        if isinstance(field, RichTextField) and value:
            linked: object = link_pages_in_text(value)
            if linked != value:
                setattr(item, field.attname, linked)
                changed.append(field.name)
        elif isinstance(field, StreamField) and value and _link_children(value):
            changed.append(field.name)
    return changed


def _link_children(value: _Container) -> bool:
    """Go through a stream, list or structure; whether anything changed."""
    changed = False
    for key, block, child in _children(value):
        if isinstance(block, blocks.RichTextBlock) and isinstance(child, RichText):
            linked = link_pages_in_text(child.source)
            if linked != child.source:
                _put(value, key, RichText(linked))
                changed = True
        elif isinstance(child, blocks.StreamValue | ListValue | blocks.StructValue):
            changed = _link_children(child) or changed
    if isinstance(value, blocks.StructValue) and {"page", "url"} <= value.keys():
        target = page_at(value["url"] or "") if not value["page"] else None
        if target:
            value["page"], value["url"] = target, ""
            changed = True
    return changed


def _children(value: _Container) -> Iterable[tuple[int | str, blocks.Block, object]]:
    if isinstance(value, blocks.StreamValue):
        # By index: values of a stream are read lazily.
        return [(number, child.block, child.value) for number, child in enumerate(value)]
    if isinstance(value, ListValue):
        return [(n, value.list_block.child_block, child) for n, child in enumerate(value)]
    return [(name, value.block.child_blocks[name], child) for name, child in value.items()]


def _put(value: _Container, key: int | str, new: RichText) -> None:
    if isinstance(value, blocks.StreamValue):
        value[key].value = new
    else:
        value[key] = new
