"""Every list also as a feed and as data: presets of the one query, newest first.

``?format=rss`` (RSS 2.0), ``?format=json`` (JSON Feed 1.1) and ``?format=csv`` take the
same filters as the list (docs/reference/addresses.md). Another value of ``format`` is ignored,
as any value is that no list knows.
"""

import datetime
import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.spreadsheets import csv_lines
from search.plain_text import without_controls
from search.presets import Preset
from search.query import Query
from search.results.run import run
from search.results.types import Hit, Results

PARAMETER = "format"
#: Columns of the table: a contract, so the same in every language.
COLUMNS = ("id", "typ", "titel", "zusammenfassung", "region", "datum", "adresse")

_MARKED = re.compile(r"</?mark>")
# Neither is a character of XML 1.0, and the generator lets both through.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True)
class Item:
    """A hit as it is written: plain text, absolute address."""

    id: str
    type_label: str
    title: str
    summary: str
    region: str
    date: datetime.date | None
    url: str

    @property
    def published(self) -> datetime.datetime | None:
        """The first moment of its day."""
        if self.date is None:
            return None
        midnight = datetime.datetime.combine(self.date, datetime.time.min)
        return timezone.make_aware(midnight)


@dataclass(frozen=True)
class Feed:
    """What the formats are written from."""

    title: str
    description: str
    url: str
    feed_url: str
    language: str
    items: list[Item]


def _rss(feed: Feed) -> str:
    rss = Rss201rev2Feed(
        title=feed.title,
        link=feed.url,
        description=feed.description or feed.title,
        language=feed.language,
        feed_url=feed.feed_url,
    )
    for item in feed.items:
        rss.add_item(
            title=item.title,
            link=item.url,
            description=item.summary,
            pubdate=item.published,
            unique_id=item.id,
            unique_id_is_permalink=False,
            categories=[part for part in (item.type_label, item.region) if part],
        )
    return rss.writeString("utf-8")


def _json(feed: Feed) -> str:
    items = []
    for item in feed.items:
        entry = {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_text": item.summary,
            "tags": [part for part in (item.type_label, item.region) if part],
        }
        if item.published:
            entry["date_published"] = item.published.isoformat()
        items.append(entry)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.feed_url,
        "description": feed.description,
        "language": feed.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False)


def _csv(feed: Feed) -> str:
    rows = (
        (
            item.id,
            item.type_label,
            item.title,
            item.summary,
            item.region,
            item.date.isoformat() if item.date else "",
            item.url,
        )
        for item in feed.items
    )
    return "".join(csv_lines([COLUMNS, *rows]))


@dataclass(frozen=True)
class Format:
    """One way to write a list.

    Args:
        label: what those call it who know it.
        content_type: without the set of characters.
        write: makes the text.
        size: so many entries at most.
        title: what it is good for, as a link.
        about: the same for somebody who has never heard of it; ``%(number)d`` is the size.
    """

    label: str
    content_type: str
    write: Callable[[Feed], str]
    size: int
    title: Promise
    about: Promise


FORMATS = {
    "rss": Format(
        "RSS",
        "application/rss+xml",
        _rss,
        size=20,
        title=_("Subscribe to what is new (RSS)"),
        about=_(
            "A news reader, a free program, shows you what is new here: you do not sign in and"
            " give no e-mail address. Copy the address of this link into the program."
        ),
    ),
    "csv": Format(
        "CSV",
        "text/csv",
        _csv,
        size=50,
        title=_("Download as a table (CSV)"),
        about=_("The newest %(number)d entries, to be opened in Excel or LibreOffice."),
    ),
    "json": Format(
        "JSON",
        "application/feed+json",
        _json,
        size=50,
        title=_("For a website of your own (JSON)"),
        about=_("The newest %(number)d entries, for people who program."),
    ),
}


@dataclass(frozen=True)
class FeedLink:
    """The address of a list in one format, with the list's filters."""

    label: str
    content_type: str
    url: str
    title: Promise
    about: str


def feed_links(query: Query) -> list[FeedLink]:
    """How ``query`` is announced to people, feed readers and programs."""
    return [
        FeedLink(
            form.label,
            form.content_type,
            _feed_url(query, name),
            form.title,
            str(form.about) % {"number": form.size},
        )
        for name, form in FORMATS.items()
    ]


def feed_response(
    request: HttpRequest,
    preset: Preset,
    *,
    language: str,
    base_url: str,
    title: str,
    description: str = "",
) -> HttpResponse | None:
    """The list in the format the address asks for; ``None`` when it asks for none.

    Args:
        request: its parameters are those of the list.
        preset: the list.
        language: language code of the entries and labels.
        base_url: address of the list.
        title: what the list is called.
        description: what it lists, in a sentence.
    """
    name = request.GET.get(PARAMETER, "")
    form = FORMATS.get(name)
    if form is None:
        return None
    preset = replace(preset, facets=(), page_size=form.size)
    query = Query.from_params(request.GET, preset, language, base_url)
    query = replace(query, sort="datum", page=1)
    results = run(query, request)
    feed = Feed(
        title=_clean(": ".join(filter(None, (title, _filters(results))))),
        description=_clean(description),
        url=request.build_absolute_uri(replace(query, sort="", carried={}).url()),
        feed_url=request.build_absolute_uri(_feed_url(query, name)),
        language=language,
        items=[_item(hit, request) for hit in results.hits],
    )
    response = HttpResponse(form.write(feed), content_type=f"{form.content_type}; charset=utf-8")
    # What search engines should show is the list itself.
    response["X-Robots-Tag"] = "noindex"
    if name == "csv":
        response["Content-Disposition"] = f'attachment; filename="{_file_name(base_url)}.csv"'
    return response


def _feed_url(query: Query, name: str) -> str:
    url = replace(query, sort="", page=1, carried={}).url()
    separator = "&" if "?" in url.rstrip("?") else "?"
    return f"{url.rstrip('?')}{separator}{PARAMETER}={name}"


def _filters(results: Results) -> str:
    """What the list is narrowed down to, in words."""
    text = f"„{results.text}“" if results.text else ""
    return ", ".join(filter(None, (text, *(str(chip.label) for chip in results.chips))))


def _item(hit: Hit, request: HttpRequest) -> Item:
    # RFC 4151: stays the same when the page moves, so that readers see nothing twice.
    tag = f"tag:{request.get_host().partition(':')[0]},2026:{hit.type_key}-{hit.page.pk}"
    return Item(
        id=tag,
        type_label=_clean(hit.type_label),
        title=_plain(hit.title),
        summary=_plain(hit.summary),
        region=_clean(hit.region_name or ""),
        date=hit.date,
        url=request.build_absolute_uri(hit.url),
    )


def _plain(marked: str) -> str:
    """The text of a highlighted one: escaped, with nothing but marks in it."""
    return _clean(html.unescape(_MARKED.sub("", marked)))


def _clean(text: str) -> str:
    return _NO_CHARACTERS.sub("", without_controls(text)).strip()


def _file_name(base_url: str) -> str:
    parts = [part for part in base_url.split("/") if part]
    return "-".join(parts) or "liste"
