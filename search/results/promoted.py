"""Results that editors promote: pages shown before all others for some searches, marked as such."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils import timezone

from cms.delivery.content_version import cached
from search.analysis import query_tokens
from search.models import Entry, PromotedResult
from search.query import Query
from search.results.run import hits_of
from search.results.types import PromotedHit, Results

#: So many are shown with one search.
MOST = 3

#: The forms of all words of a search.
Key = frozenset[str]


@dataclass(frozen=True)
class _Promotion:
    """What is kept of a record."""

    page_id: int
    reason: str
    first_day: datetime.date
    last_day: datetime.date


def with_promoted(results: Results, query: Query, request: HttpRequest | None) -> Results:
    """``results`` with the pages that editors show first for the words of ``query``.

    They stand before the first page of the search over everything, and are then no hits there.
    They come from the database, so every engine has them.
    """
    promoted = _promoted(query, request) if _has_place_for_them(query) else []
    ids = {one.hit.page.pk for one in promoted}
    hits = [hit for hit in results.hits if hit.page.pk not in ids]
    return replace(results, promoted=promoted, hits=hits) if promoted else results


def _has_place_for_them(query: Query) -> bool:
    """Whether words alone are asked for, of everything."""
    preset, parsed = query.preset, query.parsed
    is_narrow = preset.types or preset.fixed or query.filters or query.radius
    is_plain = bool(parsed.words) and not (parsed.excluded or parsed.phrases)
    return is_plain and not is_narrow and query.page == 1


def _promoted(query: Query, request: HttpRequest | None) -> list[PromotedHit]:
    key = frozenset(token.form for token in query.tokens)
    now, today = timezone.now(), timezone.localdate()
    found = {
        one.page_id: one.reason
        for one in _promotions(query.language).get(key, ())
        if one.first_day <= today <= one.last_day
    }
    if not found:
        return []
    entries = Entry.objects.filter(pk__in=found, locale=query.language, removed=False)
    public = set(entries.exclude(expires_at__lte=now).values_list("pk", flat=True))
    hits = hits_of([pk for pk in found if pk in public][:MOST], query.language, request)
    return [PromotedHit(hit, found[pk]) for pk, hit in hits.items()]


def _promotions(language: str) -> Mapping[Key, Sequence[_Promotion]]:
    """All records by the words of their searches; read once per content version."""
    return cached(("search.promotions", language), lambda: _read(language))


def _read(language: str) -> Mapping[Key, Sequence[_Promotion]]:
    found: dict[Key, list[_Promotion]] = defaultdict(list)
    for record in PromotedResult.objects.filter(page__locale__language_code=language):
        promotion = _Promotion(
            record.page_id,
            record.reason,
            record.first_day or datetime.date.min,
            record.last_day or datetime.date.max,
        )
        for text in record.searches:
            found[frozenset(token.form for token in query_tokens(text, language))].append(promotion)
    return dict(found)
