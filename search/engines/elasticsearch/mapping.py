"""What stands in the index: the mapping, and the document of an entry.

Forms and parts of compounds are fields of their own, split at blanks and nothing else: analysed are
they before (:mod:`search.analysis`), so no node of a cluster needs German word lists. Texts are not
in the index: what is shown comes from the entries.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cms.text import sort_key
from search.dates import StoredPeriods
from search.engines.lexemes import MAX_TOKENS
from search.models import Entry
from search.registry import TYPE_FACET

Json = dict[str, Any]

#: Stored where an entry never expires, so that one range finds all that have not.
NEVER = "9999-12-31"
#: As many letters of a title as hits are sorted by; the database engine sorts by as many.
_TITLE_KEY = 40

#: The field with the keys of all facets, each after the name of its facet and the separator.
ALL_KEYS, KEY_SEPARATOR = "keys", "="

#: The field that entries are sorted by, newest first.
NEWEST = "newest"
_PAGE_ID_BITS = 40

_DAY: Json = {"type": "date", "format": "strict_date"}
_MOMENT: Json = {"type": "date", "format": "strict_date_optional_time"}
_TOKENS: Json = {"type": "text", "analyzer": "whitespace", "norms": False}

MAPPINGS: Json = {
    "dynamic": "strict",
    "dynamic_templates": [
        {
            "facets": {
                "path_match": "facets.*",
                "mapping": {"type": "keyword", "eager_global_ordinals": True},
            }
        }
    ],
    "properties": {
        "page_id": {"type": "integer"},
        "locale": {"type": "keyword"},
        # Forms of the title alone, then of all fields; with positions for phrases.
        "title": {**_TOKENS, "index_options": "docs"},
        "forms": {**_TOKENS, "index_options": "positions"},
        "parts": {**_TOKENS, "index_options": "docs"},
        "title_key": {"type": "keyword"},
        # Newest first, by one number: see :func:`newest_key`.
        NEWEST: {"type": "long"},
        "expires_at": _MOMENT,
        "place": {"type": "geo_point"},
        # Each period apart, because a range or an order asks for both of its days.
        "dates": {
            "type": "nested",
            "properties": {
                "name": {"type": "keyword"},
                "start": _DAY,
                "end": _DAY,
                "last": _DAY,
            },
        },
        "facets": {"type": "object", "dynamic": True},
        # The keys of all facets with their names, to count them at once.
        ALL_KEYS: {"type": "keyword", "index": False, "eager_global_ordinals": True},
    },
}

SETTINGS: Json = {
    "number_of_shards": 1,
    # One copy on another node, where there is one.
    "auto_expand_replicas": "0-1",
    # A deleted document refuses late writes of older versions for so long.
    "gc_deletes": "1h",
}


def fingerprint() -> str:
    """A digest of mapping and settings: an index with another one is replaced."""
    content = json.dumps([MAPPINGS, SETTINGS], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def facet_field(name: str) -> str:
    """The field with the keys of a facet."""
    return f"facets.{name}"


def document(entry: Entry, facets: Mapping[str, Iterable[str]]) -> Json:
    """The document of an entry.

    Args:
        entry: not a removed one.
        facets: its keys by facet.
    """
    keys_of = {TYPE_FACET: [entry.type_key], **{name: sorted(k) for name, k in facets.items()}}
    fields = [_split(t) for t in (entry.title_tokens, entry.summary_tokens, entry.text_tokens)]
    found: Json = {
        "page_id": entry.page_id,
        "locale": entry.locale,
        "title": " ".join(fields[0][0]),
        "forms": [" ".join(forms) for forms, _parts in fields],
        "parts": " ".join(dict.fromkeys(part for _forms, parts in fields for part in parts)),
        "title_key": sort_key(entry.title)[:_TITLE_KEY],
        NEWEST: newest_key(entry.date, entry.page_id),
        "expires_at": entry.expires_at.isoformat() if entry.expires_at else NEVER,
        "facets": keys_of,
        ALL_KEYS: [f"{name}{KEY_SEPARATOR}{k}" for name, keys in keys_of.items() for k in keys],
    }
    if entry.dates:
        found["dates"] = list(_periods(entry.dates))
    if entry.lat is not None and entry.lon is not None:
        found["place"] = {"lat": entry.lat, "lon": entry.lon}
    return found


def newest_key(day: date | None, page_id: int) -> int:
    """What is larger the newer an entry is, and of one day the larger the later its page was made.

    One number, so that the server need not compare all entries to find the newest.
    """
    return ((day.toordinal() if day else 0) << _PAGE_ID_BITS) + page_id


def read_newest_key(key: int) -> tuple[int, int]:
    """The day, counted from the first of year one or 0, and the page id."""
    return max(0, key >> _PAGE_ID_BITS), key & ((1 << _PAGE_ID_BITS) - 1)


def page_id_of(hit: Json) -> int | None:
    """The page that a document is of; none where somebody else has sent it."""
    name = str(hit["_id"])
    return int(name) if name.isdecimal() and name == str(int(name)) else None


def _periods(dates: StoredPeriods) -> Iterator[dict[str, str]]:
    for name, pairs in dates.items():
        for start, end in pairs:
            days = {"start": start, "end": end, "last": end or start}
            yield {"name": name, **{edge: day for edge, day in days.items() if day}}


def _split(tokens: str) -> tuple[list[str], list[str]]:
    """Forms and parts of a token string, in the order of the text."""
    forms: list[str] = []
    parts: list[str] = []
    for token in tokens.split(" ")[:MAX_TOKENS]:
        form, *rest = token.lower().split("|")
        if form:
            forms.append(form)
            parts.extend(part for part in rest if part)
    return forms, parts
