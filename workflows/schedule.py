"""Scheduled publishing and expiry, through the publish gate."""

import datetime
import logging

from django.utils import timezone
from wagtail.models import Page, Revision

from cms.periodic import register as register_work
from workflows.gate import PublishRefused

logger = logging.getLogger(__name__)


def publish_due() -> str:
    """Publish approved revisions whose time has come and take down what has expired.

    Unlike Wagtail's command of the same name, one page that is refused or
    fails does not keep the others from going public.

    Returns:
        How many pages were published, taken down and refused.
    """
    now = timezone.now()
    taken_down = published = refused = 0
    for page in Page.objects.filter(live=True, expire_at__lt=now).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        taken_down += 1
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        if _publish(revision):
            published += 1
        else:
            refused += 1
    return f"{published} published, {taken_down} taken down, {refused} refused"


def _publish(revision: Revision) -> bool:
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except PublishRefused as error:
        logger.warning("Scheduled publication refused: %s", error)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False
    except Exception:
        logger.exception("Scheduled publication of revision %s failed", revision.pk)
        return False
    return True


def register() -> None:
    """Register scheduled publishing as periodic work."""
    register_work("scheduled publishing", datetime.timedelta(seconds=30), publish_due)
