"""Reads the content files and turns their simple HTML into StreamField values."""

import datetime
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.models import Page

Record = dict[str, Any]
"""What a content file says of one thing."""
Blocks = list[tuple[str, Any]]
"""Type and value of each block of a StreamField."""

CONTENT_DIR = Path(__file__).resolve().parent / "content"
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@cache
def load(name: str) -> Record:
    """The content of one file.

    Args:
        name: path below ``content``, without ``.toml``.
    """
    with (CONTENT_DIR / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def houses() -> list[Record]:
    """The content of the demonstration houses, one file each, described in ``houses/README.md``."""
    return [load(f"houses/{path.stem}") for path in sorted((CONTENT_DIR / "houses").glob("*.toml"))]


def blocks(html: str) -> Blocks:
    """Paragraph and heading blocks from HTML; every ``<h2>`` becomes a heading block."""
    parts = _HEADING.split(html or "")
    found: Blocks = []
    for number, part in enumerate(parts):
        text = part.strip()
        if number % 2:
            found.append(("heading", {"text": text, "level": "2"}))
        elif text:
            found.append(("paragraph", text))
    return found


def steps_block(steps: list[dict[str, str]]) -> Blocks:
    """One block of numbered steps."""
    return [("steps", {"steps": steps})] if steps else []


def worlds_blocks(record: Record) -> Blocks:
    """The comparisons of a record, one block each, and its glossary."""
    found: Blocks = [("comparison", comparison) for comparison in record.get("comparison", [])]
    if record.get("glossary"):
        found.append(("glossary", {"entries": record["glossary"]}))
    return found


def stream(block_type: str, records: list[Record]) -> Blocks:
    """Records as blocks of one type."""
    return [(block_type, record) for record in records]


def fields_block(record: Record | None, page: Page) -> Blocks:
    """The fields of action of a record, all leading to ``page``."""
    if not record:
        return []
    fields = [{**field, "page": page} for field in record["fields"]]
    return [("fields", {**pick(record, "title", "text"), "fields": fields})]


def page_body(record: Record) -> Blocks:
    """The body of a record: ``body``, ``steps``, both worlds, ``body_end``, call-out."""
    found = blocks(record.get("body", "")) + steps_block(record.get("steps", []))
    found += worlds_blocks(record)
    found += stream("copy_text", record.get("copy_texts", []))
    found += blocks(record.get("body_end", ""))
    if record.get("callout_title"):
        value = {"title": record["callout_title"], "text": record["callout_text"]}
        found.append(("callout", value))
    return found


def freshness(record: Record) -> Record:
    """The dates of the last and next check: days of the calendar, or relative to today."""
    today = timezone.localdate()
    dates = pick(record, "checked_on", "check_again_on")
    if "checked_days_ago" in record:
        dates["checked_on"] = today - datetime.timedelta(days=record["checked_days_ago"])
    if "check_again_in_days" in record:
        dates["check_again_on"] = today + datetime.timedelta(days=record["check_again_in_days"])
    return dates


def pick(record: Record, *names: str) -> Record:
    """The named keys of a record, as far as it has them."""
    return {name: record[name] for name in names if name in record}
