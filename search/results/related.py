"""Related pages: those that share most topics, form and region, else words of the title.

One query with soft preferences and, where that finds too little, one for the words, which also
brings what the other world calls the same. Both once per content version and day.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.delivery.content_version import cached
from search import registry
from search.analysis import query_tokens
from search.engines.base import Preference
from search.models import EntryFacet
from search.presets import Preset
from search.query import MAX_TEXT, Query
from search.results.run import hits_of, ranked

#: So many are shown, of a type no more than this where others fit, too.
MOST, MOST_OF_A_TYPE = 4, 2
#: So many are kept for what is over by now, and for each type its share; beside what a page shows
#: anyway, which fits best.
_CANDIDATES = 8
#: Of the words of a title, by their rarity, what a page without a common topic must have.
_LEAST_SHARE = 0.4


@dataclass(frozen=True)
class RelatedPage:
    """A page that has to do with another."""

    page_id: int
    title: SafeString
    url: str
    type_label: str
    region_name: str
    expires_at: datetime.datetime | None


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
    shown = len(without)
    # The day: others take the place of what is over since.
    key = ("search.related", page.pk, page.title, language, shown, timezone.localdate())
    candidates = cached(key, lambda: _candidates(page, language, request, shown))
    now = timezone.now()
    present = [
        candidate
        for candidate in candidates
        if candidate.page_id not in without
        and (candidate.expires_at is None or candidate.expires_at > now)
    ]
    return _mixed(present)[:MOST]


def _mixed(pages: Iterable[RelatedPage]) -> list[RelatedPage]:
    """``pages`` in their order, but the third of a type after all others."""
    seen: Counter[str] = Counter()
    first: list[RelatedPage] = []
    later: list[RelatedPage] = []
    for page in pages:
        seen[page.type_label] += 1
        (first if seen[page.type_label] <= MOST_OF_A_TYPE else later).append(page)
    return first + later


def _candidates(
    page: Page, language: str, request: HttpRequest | None, shown: int
) -> tuple[RelatedPage, ...]:
    most = _CANDIDATES + shown
    ids = dict.fromkeys(_with_the_same_topics(page, language, most))
    if len(ids) < MOST + shown:
        ids |= dict.fromkeys(_with_words_of_the_title(page, language, most))
    same = (page.pk, page.alias_of_id)
    kept = [pk for pk in ids if pk not in same][:most]
    found = hits_of(kept, language, request) if kept else {}
    return tuple(
        RelatedPage(pk, hit.title, hit.url, hit.type_label, hit.region_name or "", hit.expires_at)
        for pk in kept
        if (hit := found.get(pk))
    )


def _with_the_same_topics(page: Page, language: str, most: int) -> list[int]:
    """Ids of pages with a facet value of ``page`` that alone makes them related."""
    known = registry.facets()
    # A page that only repeats another has no entry of its own.
    source = page.alias_of_id or page.pk
    rows = EntryFacet.objects.filter(entry_id=source).order_by("name", "value")
    shared = [
        Preference(name, (value,), known[name].relatedness)
        for name, value in rows.values_list("name", "value")
        if name in known and known[name].relatedness
    ]
    enough = {number for number, wish in enumerate(shared) if wish.weight >= 1}
    if not enough:
        return []
    preset = Preset(_types(), preferences=tuple(shared), page_size=most + 1)
    answer = ranked(Query(preset, language))
    return [pk for pk in answer.page_ids if not enough.isdisjoint(answer.met[pk])]


def _with_words_of_the_title(page: Page, language: str, most: int) -> list[int]:
    """Ids of pages with most of the words, or what they mean."""
    # Without its signs: a quotation in a title is no phrase to be found.
    words = " ".join(token.surface for token in query_tokens(page.title, language))[:MAX_TEXT]
    if not words:
        return []
    preset = Preset(_types(), page_size=most + 1, least_share=_LEAST_SHARE)
    return ranked(Query(preset, language, text=words)).page_ids


def _types() -> tuple[str, ...]:
    """All types but houses: the one that helps stands on every page anyway."""
    houses = registry.house_types()
    return tuple(key for key in registry.models_by_type() if key not in houses)
