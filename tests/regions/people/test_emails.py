"""Mails about people of a house can be written when whoever caused them is gone."""

import pytest

from cms.models import OutgoingMail
from demo.builders import build_invitation
from demo.people import build_administrator
from regions.models import Invitation
from regions.people import emails

pytestmark = pytest.mark.django_db


@pytest.fixture
def orphan(region, lead) -> Invitation:
    """An invitation whose inviter's account has been deleted."""
    invitation = build_invitation(region, lead)
    lead.delete()
    return Invitation.objects.get(pk=invitation.pk)


def test_an_invitation_names_the_house_when_the_inviter_is_gone(orphan):
    emails.invite(orphan)
    mail = OutgoingMail.objects.get()
    assert f"{orphan.region.name} lädt Sie" in mail.body
    assert not mail.reply_to


def test_administrators_hear_of_the_house_when_the_inviter_is_gone(orphan):
    build_administrator("verwaltung@example.org")
    emails.tell_of_existing_account(orphan)
    mail = OutgoingMail.objects.get(recipient="verwaltung@example.org")
    assert mail.body.count(orphan.region.name) >= 2
    assert "None" not in mail.body
