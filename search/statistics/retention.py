"""What is shown of the counts, and when they are deleted: rare words may name somebody."""

import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from search.models import SearchCount

#: From so often on so many days on, a search is nobody's own.
LEAST_ASKED, LEAST_DAYS = 5, 3
RARE_DAYS = 30
FREQUENT_DAYS = 400


def frequent_searches() -> QuerySet[Any, Any]:
    """Searches that may be shown, with how often they were asked and found nothing.

    ``asked``, ``empty`` and ``days`` are sums over all days, ``found`` is the most they found.
    """
    return (
        SearchCount.objects.values("kind", "locale", "text")
        .annotate(
            times=Sum("asked"),
            empty=Sum("without_result"),
            days=Count("day"),
            found=Max("results"),
            last=Max("day"),
        )
        .filter(times__gte=LEAST_ASKED, days__gte=LEAST_DAYS)
    )


def delete_old(today: datetime.date | None = None) -> str:
    """Delete rare searches after 30 days, all after 400.

    Returns:
        How many rows were deleted, in words.
    """
    today = today or timezone.localdate()
    counts = SearchCount.objects.all()
    same = {name: OuterRef(name) for name in ("kind", "locale", "text")}
    frequent = frequent_searches().filter(**same).values("text")
    rare = counts.filter(day__lt=today - datetime.timedelta(days=RARE_DAYS))
    deleted = rare.exclude(Exists(frequent)).delete()[0]
    deleted += counts.filter(day__lt=today - datetime.timedelta(days=FREQUENT_DAYS)).delete()[0]
    return _("%(count)d deleted") % {"count": deleted}
