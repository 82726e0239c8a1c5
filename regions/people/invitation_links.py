"""The signed link of an invitation."""

from cms.signed_links import SignedLink
from regions.models import Invitation

INVITATION_LINK = SignedLink(
    Invitation.objects.select_related("region"), "invitation", salt="regions.people.invitation"
)
