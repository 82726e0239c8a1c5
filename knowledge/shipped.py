"""The knowledge pages every installation begins with: drafts that the national desk reads first.

They stand in ``content/guide.toml``: the facts of the guide in words of our own.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cms.models import Term, User
from knowledge.models import KnowledgeIndexPage, KnowledgePage

CONTENT = Path(__file__).resolve().parent / "content" / "guide.toml"
FIELDS = ("slug", "title", "summary", "source_chapter", "illustration")
_SIBLING = re.compile(r'href="/wissen/([\w-]+)/"')

Record = dict[str, Any]


def records() -> list[Record]:
    """What the file says of each page, in the order in which they are read."""
    with CONTENT.open("rb") as file:
        pages: list[Record] = tomllib.load(file)["pages"]
    return pages


def create_missing(index: KnowledgeIndexPage, user: User | None = None) -> list[KnowledgePage]:
    """Add the pages that a list lacks, as drafts; a page whose address exists stays as it is.

    Args:
        index: the list they stand in.
        user: whose drafts they are; nobody's if a command makes them.

    Returns:
        What was added, in the order of the file.
    """
    existing = dict(index.get_children().values_list("slug", "pk"))
    missing = [record for record in records() if record["slug"] not in existing]
    pages = [_empty_page(index, record, user) for record in missing]
    # With all of them there, links from one to another lead to pages, not to addresses.
    known = existing | {page.slug: page.pk for page in pages}
    for page, record in zip(pages, missing, strict=True):
        page.body = [block_of(block, known) for block in record["blocks"]]
        page.topics = Term.objects.filter(vocabulary="topic", key__in=record["topics"])
        page.save()
        page.save_revision(user=user, changed=True)
    return pages


def _empty_page(index: KnowledgeIndexPage, record: Record, user: User | None) -> KnowledgePage:
    fields = {name: record[name] for name in FIELDS if name in record}
    page = KnowledgePage(live=False, owner=user, locale=index.locale, **fields)
    index.add_child(instance=page)
    return page


def block_of(record: Record, known: Mapping[str, int] = MappingProxyType({})) -> tuple[str, Any]:
    """Type and value of one block.

    Args:
        record: what the file says of it.
        known: ids of pages by their slugs; addresses of these become links to them.

    Raises:
        ValueError: if the record does not hold exactly one block of a known kind.
    """
    (kind, value), *more = record.items()
    if more:
        raise ValueError(f"one block each: {sorted(record)}")
    if kind == "text":
        return "paragraph", _link_siblings(value, known)
    if kind == "heading":
        return "heading", {"text": value, "level": "2"}
    if kind == "callout":
        return kind, value | {"text": _link_siblings(value["text"], known)}
    if kind in ("steps", "table", "comparison"):
        return kind, value
    raise ValueError(f"unknown kind of block: {kind}")


def _link_siblings(html: str, known: Mapping[str, int]) -> str:
    def link(found: re.Match[str]) -> str:
        key = known.get(found[1])
        return f'linktype="page" id="{key}"' if key else found[0]

    return _SIBLING.sub(link, html)
