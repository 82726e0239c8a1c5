"""Mails about enquiries.

What somebody wrote stays in the enquiry: mails only point to it. The confirmation
repeats nothing that was typed, so that nobody can have us send his text to others.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cms.jobs.mail_queue import queue_mail
from regions.enquiries.recipients import Desk, desk_in_charge
from regions.models import Enquiry


def tell_desk(enquiry: Enquiry, desk: Desk) -> None:
    """Tell those who answer that something has come, in German."""
    with translation.override("de"):
        # The visitor may have met it under its English name.
        house = desk_in_charge(desk.region).contact.organisation
        subject = _("New enquiry for %(house)s") % {"house": house}
        about = ""
        if enquiry.subject_title:
            about = _("It is about: %(title)s") % {"title": enquiry.subject_title} + "\n\n"
        body = about + _(
            "An enquiry is waiting for an answer. Please sign in to read it:\n%(url)s"
        ) % {"url": f"{settings.WAGTAILADMIN_BASE_URL}{enquiry.admin_url}"}
        for recipient in desk.recipients:
            queue_mail(recipient, subject, body)


def confirm(enquiry: Enquiry, desk: Desk) -> None:
    """Tell the sender that the enquiry has arrived, and who will answer."""
    with translation.override(enquiry.language):
        queue_mail(
            enquiry.email,
            _("Your enquiry has arrived: %(house)s") % {"house": desk.contact.organisation},
            _(
                "Good day,\n\nyour enquiry has arrived at: %(house)s.\n"
                "We will get in touch with you.\n\n"
                "Your contact:\n%(contact)s\n\n"
                "We delete your enquiry 12 months after it has been settled.\n"
                "If you did not write to us, you need not do anything."
            )
            % {"house": desk.contact.organisation, "contact": lines_of(desk)},
        )


def send_answer(enquiry: Enquiry, text: str) -> None:
    """Send what a house answers; the sender replies to the house's contact."""
    with translation.override(enquiry.language):
        desk = desk_in_charge(enquiry.region, enquiry.language)
        queue_mail(
            enquiry.email,
            _("Answer to your enquiry: %(house)s") % {"house": desk.contact.organisation},
            text
            + "\n\n"
            + _("Please do not reply to this address, but to your contact:\n%(contact)s")
            % {"contact": lines_of(desk)},
            reply_to=desk.contact.email,
            headers={},  # a person has written it
        )


def tell_handover(enquiry: Enquiry) -> None:
    """Tell the sender who answers from now on, and the new house that something has come."""
    with translation.override(enquiry.language):
        desk = desk_in_charge(enquiry.region, enquiry.language)
        queue_mail(
            enquiry.email,
            _("Your enquiry is now with: %(house)s") % {"house": desk.contact.organisation},
            _(
                "Good day,\n\n"
                "as agreed with you we have handed your enquiry over to: %(house)s.\n\n"
                "Your contact there:\n%(contact)s"
            )
            % {"house": desk.contact.organisation, "contact": lines_of(desk)},
        )
    tell_desk(enquiry, desk)


def lines_of(desk: Desk) -> str:
    """The contact of a desk, one thing a line."""
    contact = desk.contact
    return "\n".join(line for line in (contact.name, contact.email, contact.phone) if line)
