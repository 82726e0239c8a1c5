"""Which pages are drafts in the eyes of people; Wagtail only knows what is not as it is public."""

from django.db.models import F, QuerySet
from wagtail.models import Page


def drafts(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of ``pages`` that somebody has begun or changed and not published.

    Not what is approved and goes public by itself, nor what has expired and was left as it was.
    Whether it has been submitted is for others to say.
    """
    changed = pages.filter(
        has_unpublished_changes=True, latest_revision__approved_go_live_at__isnull=True
    )
    return changed.exclude(expired=True, latest_revision_created_at__lte=F("last_published_at"))
