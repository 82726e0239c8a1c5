"""Scheduled publishing and expiry, through the publish gate."""

import datetime
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from cms.jobs.registry import register as register_work
from regions.access import leads_of, region_of
from workflows import emails
from workflows.gate import PublishRefused
from workflows.models.tasks import desk

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
        taken_down += _take_down(page)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        if _publish(revision):
            published += 1
        else:
            refused += 1
    return _("%(published)d published, %(taken_down)d taken down, %(refused)d refused") % {
        "published": published,
        "taken_down": taken_down,
        "refused": refused,
    }


def _take_down(page: Page) -> bool:
    try:
        with transaction.atomic():
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except Exception:
        logger.exception("Taking down page %s failed", page.pk)
        return False
    return True


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except PublishRefused as error:
        logger.warning("Scheduled publication refused: revision %s", revision.pk)
        with transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            _tell_of_refusal(revision, error)
        return False
    except Exception:
        logger.exception("Scheduled publication of revision %s failed", revision.pk)
        return False
    return True


def _tell_of_refusal(revision: Revision, error: PublishRefused) -> None:
    """Tell the author and the house: what was approved has not gone public after all."""
    page = error.page
    people = {revision.user} if revision.user and revision.user.is_active else set()
    region = region_of(page)
    people |= set(leads_of(region)) if region else set()
    emails.send(
        people or desk(),
        _("Not published as planned: %(title)s") % {"title": page.title},
        _(
            "“%(title)s” was to be published now, but its approval no longer holds: the "
            "person who approved it may not decide about it any more. Please submit it "
            "for review again."
        )
        % {"title": page.title},
    )


def register() -> None:
    """Register scheduled publishing as periodic work."""
    every = datetime.timedelta(seconds=30)
    register_work("scheduled publishing", every, publish_due, gettext_lazy("Scheduled publishing"))
