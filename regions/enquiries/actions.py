"""What is done with an enquiry. Every step is one transaction with its line in the history."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import User
from regions.enquiries import emails
from regions.enquiries.access import enquiries_for
from regions.enquiries.recipients import Desk
from regions.models import Enquiry, EnquiryEvent, Region
from regions.models.enquiry import OPEN, Status

Kind = EnquiryEvent.Kind


@transaction.atomic
def receive(enquiry: Enquiry, desk: Desk) -> None:
    """Keep a new enquiry; tell those who answer and the sender."""
    enquiry.region = desk.region
    enquiry.save()
    _log(enquiry, Kind.RECEIVED)
    emails.tell_desk(enquiry, desk)
    emails.confirm(enquiry, desk)


@transaction.atomic
def take_over(enquiry: Enquiry, user: User) -> None:
    """Make ``user`` the one who looks after the enquiry."""
    enquiry.owner = user
    if enquiry.status == Status.NEW:
        enquiry.status = Status.IN_PROGRESS
    enquiry.save()
    _log(enquiry, Kind.TAKEN, user)


@transaction.atomic
def pass_on(enquiry: Enquiry, successor: User | None, actor: User | None) -> None:
    """Give the enquiry of somebody who leaves to a colleague, or to nobody in particular."""
    enquiry.owner = successor
    enquiry.save()
    note = successor.get_full_name() if successor else ""
    _log(enquiry, Kind.PASSED_ON, actor, note=f"→ {note}" if note else "")


@transaction.atomic
def set_status(enquiry: Enquiry, user: User, status: str) -> None:
    """Change the status; closing starts the 12 months, taking up again stops them.

    What is open belongs to somebody who can work on it: who says that it is in progress looks
    after it, unless a colleague does.
    """
    if status == enquiry.status:
        return
    enquiry.status = status
    if status in OPEN and not _is_looked_after(enquiry):
        enquiry.owner = user if status == Status.IN_PROGRESS else None
    enquiry.closed_at = timezone.now() if status == Status.CLOSED else None
    enquiry.save()
    _log(enquiry, Kind.STATUS, user, status=status)


@transaction.atomic
def add_note(enquiry: Enquiry, user: User, note: str) -> None:
    """Keep a note for the own house."""
    _log(enquiry, Kind.NOTE, user, note=note)


@transaction.atomic
def answer(enquiry: Enquiry, user: User, text: str) -> None:
    """Answer the sender by mail; a closed enquiry stays closed."""
    if enquiry.owner_id is None:
        enquiry.owner = user
    if enquiry.status != Status.CLOSED:
        enquiry.status = Status.ANSWERED
    enquiry.save()
    _log(enquiry, Kind.ANSWER, user, status=enquiry.status, note=text)
    emails.send_answer(enquiry, text)


@transaction.atomic
def hand_over(enquiry: Enquiry, user: User, target: Region | None, agreement: str) -> None:
    """Give the enquiry to another house or the national desk (``None``).

    Only with the sender's agreement; ``agreement`` says how it was given and is
    read at both ends. Names and notes of the house before stay there.
    """
    source = enquiry.region
    _log(enquiry, Kind.HANDED_OVER, user, note=f"→ {_name_of(target)}. {agreement}")
    enquiry.region = target
    enquiry.owner = None
    enquiry.status = Status.NEW
    enquiry.closed_at = None
    enquiry.agreed_to_handover_at = timezone.now()
    enquiry.save()
    _log(enquiry, Kind.TAKEN_IN, note=f"← {_name_of(source)}. {agreement}")
    emails.tell_handover(enquiry)


def _is_looked_after(enquiry: Enquiry) -> bool:
    """Whether its owner can still work on it; a closed one keeps who did, also when they left."""
    owner = enquiry.owner
    return owner is not None and enquiries_for(owner).filter(pk=enquiry.pk).exists()


def _name_of(region: Region | None) -> str:
    return region.name if region else _("National desk")


def _log(
    enquiry: Enquiry, kind: str, user: User | None = None, *, status: str = "", note: str = ""
) -> None:
    enquiry.events.create(region=enquiry.region, kind=kind, user=user, status=status, note=note)
