"""Periodic work that finds related pages beforehand: no visitor waits for the search engine.

What is new or has changed comes first, then what was found longest ago: other pages have come
since. A page that is no longer public is left out when it is read, not only a day later.
"""

import datetime
import time

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from search.models import Entry, RelatedPages
from search.results.related import related_ids

#: After so long, what is related to a page is looked for anew.
REFRESH_AFTER = datetime.timedelta(hours=20)
#: A run ends after so many seconds: other work waits for its end.
MOST_SECONDS = 20
_BATCH = 100


def find_related(seconds: float = MOST_SECONDS) -> str:
    """Find what is related to all pages that are due, until the time is over.

    Args:
        seconds: after which it ends.

    Returns:
        For how many pages.
    """
    end = time.monotonic() + seconds
    done = 0
    while rows := list(_due()[:_BATCH]):
        RelatedPages.objects.bulk_create(
            [
                RelatedPages(
                    entry_id=page_id,
                    page_ids=related_ids(page_id, title, locale),
                    entry_version=version,
                    found_at=timezone.now(),
                )
                for page_id, title, locale, version in rows
            ],
            update_conflicts=True,
            unique_fields=["entry"],
            update_fields=["page_ids", "entry_version", "found_at"],
        )
        done += len(rows)
        if time.monotonic() > end:
            break
    return _("related pages found for %(count)d pages") % {"count": done}


def _due() -> QuerySet[Entry, tuple[int, str, str, int]]:
    since = timezone.now() - REFRESH_AFTER
    is_due = Q(related=None) | Q(related__found_at__lt=since)
    is_due |= ~Q(related__entry_version=F("version"))
    oldest = F("related__found_at").asc(nulls_first=True)
    entries = Entry.objects.filter(is_due, removed=False).order_by(oldest, "page_id")
    return entries.values_list("page_id", "title", "locale", "version")
