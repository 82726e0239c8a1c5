"""Entries without pages for engines, and public pages for everything else."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Revision

from cms.models import BasePage, User
from demo.people import build_national_editor
from search.analysis import ANALYSIS_VERSION, index_string, query_tokens
from search.engines import get_engine
from search.engines.base import EngineAnswer, EngineQuery, Term, Word
from search.engines.fulltext import get_fulltext
from search.models import Entry, EntryFacet, IndexClock
from search.presets import Preset
from search.query import Query
from search.results.run import run
from search.results.types import Results
from search.sync import fulltext_row

TODAY = datetime.date(2026, 11, 22)
#: Noon of that day.
NOW = datetime.datetime(2026, 11, 22, 11, tzinfo=datetime.UTC)


def make_entry(
    page_id: int,
    title: str = "Titel",
    summary: str = "",
    text: str = "",
    *,
    locale: str = "de",
    type_key: str = "aktuelles",
    facets: Mapping[str, Iterable[str]] | None = None,
    **fields: Any,
) -> Entry:
    """An entry with its facets and its full text, as sync writes them."""
    IndexClock.advance()
    entry = Entry.objects.create(
        page_id=page_id,
        title=title,
        summary=summary,
        text=text,
        title_tokens=index_string(title, locale),
        summary_tokens=index_string(summary, locale),
        text_tokens=index_string(text, locale),
        locale=locale,
        type_key=type_key,
        analysis_version=ANALYSIS_VERSION,
        version=IndexClock.version().counter,
        **fields,
    )
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, name=name, value=value)
        for name, values in (facets or {}).items()
        for value in values
    )
    get_fulltext().write([fulltext_row(entry)])
    return entry


def ask_engine(text: str | None = None, **changes: Any) -> EngineAnswer:
    """Ask the engine in use, as a query with ``text`` would."""
    return get_engine().search(engine_query(text, **changes))


def engine_query(text: str | None = None, **changes: Any) -> EngineQuery:
    """What a query with ``text`` asks of the engine."""
    locale = changes.get("locale", "de")
    defaults: dict[str, Any] = {
        "locale": locale,
        "types": (),
        "words": None if text is None else words_of(text, locale),
        "fixed": {},
        "selected": {},
        "facets": (),
        "sort": "datum" if text is None else "relevanz",
        "page": 1,
        "page_size": 50,
        "now": NOW,
        "index_version": IndexClock.version(),
    }
    return EngineQuery(**{**defaults, **changes})


def words_of(text: str, locale: str = "de") -> tuple[Word, ...]:
    """The words of ``text`` as typed."""
    return tuple(Word((Term(t.form, t.parts),)) for t in query_tokens(text, locale))


def found(text: str, **changes: Any) -> list[int]:
    """Ids of the pages found for ``text``, best first."""
    return ask_engine(text, **changes).page_ids


def query(address: str = "", preset: Preset | None = None, language: str = "de") -> Query:
    """The query of ``/liste/?address``."""
    preset = preset or Preset(facets=("typ", "region", "thema"))
    return Query.from_params(QueryDict(address), preset, language, "/liste/")


def results(address: str = "", preset: Preset | None = None, language: str = "de") -> Results:
    """The results of ``/liste/?address``."""
    return run(query(address, preset, language))


def author() -> User:
    """Somebody who writes national pages."""
    return build_national_editor("schreibt@example.org")


def let_through(page: BasePage, revision: Revision, user: User | None) -> None:
    """A publish gate that is open."""
    vars(revision)["let_through"] = True


def published(page: Any) -> Any:
    """``page``, public; returns it read anew.

    Past the review: how a page was approved says nothing to the search, and to go through it took
    half the time of these tests.
    """
    with override_settings(PUBLISH_GATE=f"{__name__}.let_through"):
        page.get_latest_revision().publish()
    return type(page).objects.get(pk=page.pk)


def tomorrow() -> datetime.date:
    """The day after today."""
    return timezone.localdate() + datetime.timedelta(days=1)


def yesterday() -> datetime.date:
    """The day before today."""
    return timezone.localdate() - datetime.timedelta(days=1)
