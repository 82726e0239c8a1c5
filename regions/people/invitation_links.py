"""The link of an invitation: made of the record and the site's secret, stored nowhere."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from regions.models import Invitation

SALT = "regions.people.invitation"


def signature(invitation: Invitation) -> str:
    """The HMAC over the invitation as it was last sent."""
    value = f"{invitation.uuid}:{invitation.generation}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def link_to(invitation: Invitation) -> str:
    """The whole address, for the mail; in German."""
    with translation.override("de"):
        path = reverse("invitation", args=[invitation.uuid, signature(invitation)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def invitation_from(key: uuid.UUID, given: str, *, lock: bool = False) -> Invitation | None:
    """The invitation a link leads to; ``None`` if it is not ours or was replaced since.

    Args:
        key: the invitation's ``uuid``.
        given: the signature in the link.
        lock: whether to hold the row until the transaction ends.
    """
    invitations = Invitation.objects.select_related("region")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(uuid=key).first()
    if invitation and constant_time_compare(signature(invitation), given):
        return invitation
    return None
