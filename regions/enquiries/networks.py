"""Networks that visitors propose: whether a house knows one already, and taking one over."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.editing.conflicts import locked
from cms.models import User
from regions.enquiries.actions import add_note
from regions.house_blocks import network_key
from regions.models import HousePage, NetworkProposal, Region
from regions.models.enquiry import Status


def known_as(region: Region, name: str) -> str:
    """What to tell somebody who proposes a network that the house knows; empty if it does not.

    Nobody learns from it what a house is still writing.

    Args:
        region: of the house.
        name: as it was typed; spelling does not matter.
    """
    key = network_key(name)
    pages = list(HousePage.objects.filter(region_record=region))
    if any(page.live and _lists(page, key) for page in pages):
        return _("This network is on the page of the house already.")
    proposals = NetworkProposal.objects.filter(enquiry__region=region, key=key)
    is_open = proposals.exclude(enquiry__status=Status.CLOSED).exists()
    # What only a draft says stays inside, unless a visitor has said it before.
    is_in_work = proposals.exists() and any(
        _lists(page.get_latest_revision_as_object(), key) for page in pages
    )
    if is_open or is_in_work:
        return _(
            "Somebody has proposed this network already. The house is looking at it; "
            "you need not do anything."
        )
    return ""


def _lists(page: HousePage, key: str) -> bool:
    """Whether a version of a house's page has the network."""
    return any(key == network_key(block.value["name"]) for block in page.networks)


def is_taken_over(proposal: NetworkProposal) -> bool:
    """Whether the latest version of the house's page has the network."""
    page = _page_of(proposal)
    return page is not None and _lists(page.get_latest_revision_as_object(), proposal.key)


@transaction.atomic
def take_over_network(proposal: NetworkProposal, user: User) -> None:
    """Add a proposed network to the draft of the house's page; the review publishes it.

    Args:
        proposal: within the user's reach.
        user: who takes it over, and is the author of the draft.

    Raises:
        ValidationError: the page must not be changed now, or has the network already.
    """
    draft = _draft_of(proposal, user)
    if _lists(draft, proposal.key):
        raise ValidationError(_("This network is in the list already."))
    draft.networks.append(("network", _as_block(draft, proposal)))
    # Somebody else may be in the middle of another part of the draft.
    draft.save_revision(user=user, log_action=True, clean=False)
    add_note(proposal.enquiry, user, _("Taken over into the networks of the house."))


def _page_of(proposal: NetworkProposal) -> HousePage | None:
    """The German page of the house, which editors write."""
    pages = HousePage.objects.filter(region_record=proposal.enquiry.region)
    return pages.filter(locale__language_code="de").first()


def _draft_of(proposal: NetworkProposal, user: User) -> HousePage:
    """The newest version of the house's page.

    Raises:
        ValidationError: there is none, or ``user`` must not change it now.
    """
    if (page := _page_of(proposal)) is not None:
        page = locked(page)
    if page is None or not page.permissions_for_user(user).can_edit():
        raise ValidationError(_("You may not edit the page of this house."))
    lock = page.get_lock()
    if lock and lock.for_user(user):
        raise ValidationError(
            _("The page of the house is locked, for example because it is in review.")
        )
    draft: HousePage = page.get_latest_revision_as_object()
    return draft


def _as_block(page: HousePage, proposal: NetworkProposal) -> object:
    enquiry = proposal.enquiry
    contact = (enquiry.name, enquiry.email) if proposal.shows_contact else ("", "")
    block = page.networks.stream_block.child_blocks["network"]
    return block.to_python(
        {
            "name": proposal.name,
            "purpose": enquiry.message,
            "meets": proposal.meets,
            "contact_name": contact[0],
            "contact_email": contact[1],
            "url": proposal.url,
        }
    )
