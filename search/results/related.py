"""Related pages: those that share most topics, form and region, else words of the title.

One query with soft preferences and, where that finds too little, one for the words, which also
brings what the other world calls the same. Periodic work asks both beforehand
(:mod:`search.results.related_job`); a page it has not come to yet asks them when it is read.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.delivery.content_version import cached
from search import registry
from search.analysis import query_tokens
from search.engines.base import Preference
from search.facets import load_tables
from search.models import Entry, EntryFacet, RelatedPages
from search.presets import Preset
from search.query import MAX_TEXT, Query
from search.registry import REGION_FACET
from search.results.run import ranked

#: So many are shown, of a type no more than this where others fit, too.
MOST, MOST_OF_A_TYPE = 4, 2
#: So many are looked for: some are over by now, or shown by the page anyway.
CANDIDATES = 12
#: As long as there are fewer with the same topics, those with words of the title are asked for.
_ENOUGH = 8
#: Of the words of a title, by their rarity, what a page without a common topic must have.
_LEAST_SHARE = 0.4


@dataclass(frozen=True)
class RelatedPage:
    """A page that has to do with another."""

    page_id: int
    title: SafeString
    type_label: str
    region_name: str
    expires_at: datetime.datetime | None
    url_path: str
    url: str = ""


def related_pages(
    page: Page, language: str, request: HttpRequest | None, without: Collection[int] = ()
) -> list[RelatedPage]:
    """What else may interest a reader of ``page``; nothing where nothing fits.

    Args:
        page: that is read.
        language: code of the language it is read in.
        request: the current request.
        without: ids of pages that it shows anyway.
    """
    # The day: others take the place of what is over since.
    key = ("search.related", page.pk, page.title, language, timezone.localdate())
    candidates = cached(key, lambda: _candidates(page, language))
    now = timezone.now()
    present = [
        candidate
        for candidate in candidates
        if candidate.page_id not in without
        and (candidate.expires_at is None or candidate.expires_at > now)
    ]
    # Only what is shown gets an address, and one page stands in for all: its path is what counts.
    target = Page()
    shown = []
    for candidate in _mixed(present)[:MOST]:
        target.url_path = candidate.url_path
        if url := target.get_url(request):
            shown.append(replace(candidate, url=url))
    return shown


def related_ids(page_id: int, title: str, language: str) -> list[int]:
    """Ids of what has to do with an entry, the best first, as the engine finds them now.

    Args:
        page_id: of the entry.
        title: of its page.
        language: code of its language.
    """
    ids = dict.fromkeys(_with_the_same_topics(page_id, language))
    if len(ids) < _ENOUGH:
        ids |= dict.fromkeys(_with_words_of_the_title(title, language))
    return [pk for pk in ids if pk != page_id][:CANDIDATES]


def _mixed(pages: Iterable[RelatedPage]) -> list[RelatedPage]:
    """``pages`` in their order, but the third of a type after all others."""
    seen: Counter[str] = Counter()
    first: list[RelatedPage] = []
    later: list[RelatedPage] = []
    for page in pages:
        seen[page.type_label] += 1
        (first if seen[page.type_label] <= MOST_OF_A_TYPE else later).append(page)
    return first + later


def _candidates(page: Page, language: str) -> tuple[RelatedPage, ...]:
    # A page that only repeats another has no entry of its own.
    source = page.alias_of_id or page.pk
    stored = RelatedPages.objects.filter(
        pk=source, entry__locale=language, entry_version=F("entry__version")
    )
    ids = next(iter(stored.values_list("page_ids", flat=True)), None)
    if ids is None:
        ids = related_ids(source, page.title, language)
    return tuple(_public([pk for pk in ids if pk != page.pk], language)) if ids else ()


def _public(ids: Sequence[int], language: str) -> Iterable[RelatedPage]:
    """Those that are public, in their order."""
    entries = Entry.objects.filter(pk__in=ids, page__live=True)
    columns = ("page_id", "title", "type_key", "region_id", "expires_at", "page__url_path")
    rows = {row[0]: row for row in entries.values_list(*columns)}
    regions = load_tables([registry.facets()[REGION_FACET]], language)[REGION_FACET]
    for row in filter(None, map(rows.get, ids)):
        pk, title, type_key, region_id, expires_at, url_path = row
        if document := registry.document_by_key(type_key):
            region = (regions.label(str(region_id)) if region_id else "") or ""
            yield RelatedPage(pk, escape(title), str(document.label), region, expires_at, url_path)


def _with_the_same_topics(page_id: int, language: str) -> list[int]:
    """Ids of entries with a facet value of this one that alone makes them related."""
    known = registry.facets()
    rows = EntryFacet.objects.filter(entry_id=page_id).order_by("name", "value")
    shared = [
        Preference(name, (value,), known[name].relatedness)
        for name, value in rows.values_list("name", "value")
        if name in known and known[name].relatedness
    ]
    enough = {number for number, wish in enumerate(shared) if wish.weight >= 1}
    if not enough:
        return []
    preset = Preset(_types(), preferences=tuple(shared), page_size=CANDIDATES + 1)
    answer = ranked(Query(preset, language))
    return [pk for pk in answer.page_ids if not enough.isdisjoint(answer.met[pk])]


def _with_words_of_the_title(title: str, language: str) -> list[int]:
    """Ids of entries with most of the words, or what they mean."""
    # Without its signs: a quotation in a title is no phrase to be found.
    words = " ".join(token.surface for token in query_tokens(title, language))[:MAX_TEXT]
    if not words:
        return []
    preset = Preset(_types(), page_size=CANDIDATES + 1, least_share=_LEAST_SHARE)
    return ranked(Query(preset, language, text=words)).page_ids


def _types() -> tuple[str, ...]:
    """All types but houses: the one that helps stands on every page anyway."""
    houses = registry.house_types()
    return tuple(key for key in registry.models_by_type() if key not in houses)
