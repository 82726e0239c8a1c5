"""Publishing in an emergency: an administrator, a reason, a record, a mail."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.editing.conflicts import locked
from cms.models import User
from regions.access import national_editors
from workflows import emails
from workflows.models import EmergencyPublication


@transaction.atomic
def publish_in_emergency(page: Page, user: User, reason: str) -> EmergencyPublication:
    """Publish the latest revision of ``page`` without a second pair of eyes.

    Args:
        page: the specific page.
        user: a national administrator.
        reason: at least 15 characters, kept in the log.

    Returns:
        The record, which the publish gate accepts for this one text.

    Raises:
        django.core.exceptions.ValidationError: if required parts are missing.
    """
    latest = locked(page).get_latest_revision_as_object()
    latest.go_live_at = None  # an emergency does not wait
    revision = latest.save_revision(user=user)
    record = EmergencyPublication.objects.create(revision=revision, user=user, reason=reason)
    log(
        instance=page,
        action="workflows.emergency",
        user=user,
        revision=revision,
        data={"reason": reason},
    )
    revision.publish(user=user, skip_permission_checks=True)
    emails.send(
        national_editors(),
        _("Published in an emergency: %(title)s") % {"title": page.title},
        _(
            "%(name)s published “%(title)s” without a review.\n\nReason: %(reason)s\n\n"
            "Please look at the page: %(url)s"
        )
        % {
            "name": user.get_full_name(),
            "title": page.title,
            "reason": reason,
            "url": page.full_url or "",
        },
        exclude=user,
        may_wait=False,
    )
    return record
