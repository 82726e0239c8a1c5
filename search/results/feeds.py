"""Every list also as a feed and as data: presets of the one query, newest first.

``?format=rss``, ``json`` and ``csv`` take the list's filters (docs/reference/addresses.md).
"""

import html
import json
import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import IO

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed, SyndicationFeed
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from cms.spreadsheets import csv_lines
from search.plain_text import without_controls
from search.presets import Preset
from search.query import Query, not_understood
from search.results.run import run
from search.results.titles import narrowed_title
from search.results.types import Hit

PARAMETER = "format"
#: Columns of the table and what fills them: a contract, so the same in every language.
COLUMNS = {
    "id": "unique_id",
    "typ": "type_label",
    "titel": "title",
    "zusammenfassung": "description",
    "region": "region",
    "datum": "date",
    "adresse": "link",
}


class Format(SyndicationFeed):
    """What a format says of itself beside what Django's generators do."""

    content_type: str
    size: int  #: entries at most
    #: What it is good for; the same for newcomers, with ``%(number)d`` for the size.
    offer: StrOrPromise
    about: StrOrPromise


class RssFeed(Rss201rev2Feed, Format):
    """RSS 2.0, for news readers."""

    size = 20
    offer = _("Subscribe to what is new (RSS)")
    about = _(
        "A news reader, a free program, shows you what is new here: you do not sign in and"
        " give no e-mail address. Copy the address of this link into the program."
    )


class CsvTable(Format):
    """A table for spreadsheets, one row for each entry."""

    content_type = "text/csv; charset=utf-8"
    size = 50
    offer = _("Download as a table (CSV)")
    about = _("The newest %(number)d entries, to be opened in Excel or LibreOffice.")

    def write(self, outfile: IO[str], encoding: str) -> None:
        """Write :data:`COLUMNS` and the rows."""
        rows = [[str(item[key] or "") for key in COLUMNS.values()] for item in self.items]
        outfile.writelines(csv_lines([[*COLUMNS], *rows]))


class JsonFeed(Format):
    """JSON Feed 1.1 (https://jsonfeed.org/version/1.1), for programs."""

    content_type = "application/feed+json; charset=utf-8"
    size = 50
    offer = _("For a website of your own (JSON)")
    about = _("The newest %(number)d entries, for people who program.")

    def write(self, outfile: IO[str], encoding: str) -> None:
        """Write the document; the standard has no empty dates."""
        items = [
            {
                "id": item["unique_id"],
                "url": item["link"],
                "title": item["title"],
                "content_text": item["description"],
                "tags": item["categories"],
            }
            | ({"date_published": item["pubdate"].isoformat()} if item["pubdate"] else {})
            for item in self.items
        ]
        document = {key: self.feed[key] for key in ("title", "feed_url", "description", "language")}
        document["version"] = "https://jsonfeed.org/version/1.1"
        document |= {"home_page_url": self.feed["link"], "items": items}
        json.dump(document, outfile, ensure_ascii=False)


FORMATS: dict[str, type[Format]] = {"rss": RssFeed, "csv": CsvTable, "json": JsonFeed}


@dataclass(frozen=True)
class FeedLink:
    """The address of a list in one format, with the list's filters.

    ``title`` is the offer in a list of formats, ``name`` what the feed itself is called.
    """

    label: str
    content_type: str
    url: str
    title: str
    about: str
    name: str = ""


def feed_links(query: Query, name: str = "") -> list[FeedLink]:
    """How ``query`` is announced to people, feed readers and programs.

    Args:
        query: of the list.
        name: what the list is called, with its house and its filters.
    """
    return [_link(format_name, feed_url(query, format_name), name) for format_name in FORMATS]


def subscription(address: str, name: str) -> FeedLink:
    """What is new in a list, for pages that show only its latest.

    Args:
        address: of the list, without parameters.
        name: what the list is called, with its house.
    """
    return _link("rss", f"{address}?{PARAMETER}=rss", name)


def _link(format_name: str, url: str, name: str) -> FeedLink:
    kind = FORMATS[format_name]
    return FeedLink(
        label=format_name.upper(),
        content_type=kind.content_type.partition(";")[0],
        url=url,
        title=str(kind.offer),
        about=str(kind.about) % {"number": kind.size},
        name=name,
    )


def feed_response(
    request: HttpRequest,
    preset: Preset,
    *,
    language: str,
    base_url: str,
    title: str,
    publisher: str,
    description: str = "",
) -> HttpResponse | None:
    """The list in the format the address asks for; ``None`` when it asks for none.

    Args:
        request: its parameters are those of the list.
        preset: the list.
        language: language code of the entries and labels.
        base_url: address of the list.
        title: what the list is called.
        publisher: whose it is: a house, or the whole site.
        description: what it lists, in a sentence.

    Raises:
        Http404: there is no such format, or a filter or a place has no such value.
    """
    name = request.GET.get(PARAMETER, "")
    if not name:
        return None
    if (kind := FORMATS.get(name)) is None:
        raise Http404
    preset = replace(preset, facets=(), page_size=kind.size)
    query = Query.from_params(request.GET, preset, language, base_url)
    query = replace(query, sort="datum", page=1)
    results = run(query, request)
    # A filter that was renamed, a place or a radius that is none must not become everything.
    if not results.exists or not_understood(request.GET, query):
        raise Http404
    title = without_controls(f"{narrowed_title(title, results)} – {publisher}")
    feed = kind(
        title=title,
        link=request.build_absolute_uri(replace(query, sort="", carried={}).url()),
        description=without_controls(description) or title,
        language=language,
        feed_url=request.build_absolute_uri(feed_url(query, name)),
    )
    for hit in results.hits:
        _add_item(feed, hit, request)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    # What search engines should show is the list itself.
    response["X-Robots-Tag"] = "noindex"
    if name == "csv":
        file_name = "-".join(filter(None, base_url.split("/"))) or "liste"
        response["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return response


def feed_url(query: Query, name: str) -> str:
    """The address of a list in one format, with its filters and without a page number."""
    url = replace(query, sort="", page=1, carried={}).url().rstrip("?")
    return f"{url}{'&' if '?' in url else '?'}{PARAMETER}={name}"


def _add_item(feed: Format, hit: Hit, request: HttpRequest) -> None:
    """Add ``hit`` in plain text, with an absolute address and the first moment of its day."""
    feed.add_item(
        title=_plain(hit.title),
        link=request.build_absolute_uri(hit.url),
        description=_plain(hit.summary),
        pubdate=make_aware(datetime.combine(hit.date, time.min)) if hit.date else None,
        # RFC 4151: stays the same when the page moves, so that readers see nothing twice.
        unique_id=f"tag:{request.get_host().partition(':')[0]},2026:{hit.type_key}-{hit.page.pk}",
        unique_id_is_permalink=False,
        categories=[part for part in (hit.type_label, hit.region_name) if part],
        type_label=hit.type_label,
        region=hit.region_name,
        date=hit.date,
    )


def _plain(marked: str) -> str:
    """The text of a highlighted one: escaped, with nothing but marks in it."""
    return without_controls(html.unescape(re.sub(r"</?mark>", "", marked))).strip()
