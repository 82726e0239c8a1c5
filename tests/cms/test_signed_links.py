"""Links that open a record without an account."""

import pytest

from cms.signed_links import SignedLink
from demo.builders import build_invitation
from regions.models import Invitation

pytestmark = pytest.mark.django_db

LINK = SignedLink(Invitation.objects.all(), "invitation", salt="tests.one")
OTHER = SignedLink(Invitation.objects.all(), "invitation", salt="tests.other")


@pytest.fixture
def record(region, lead):
    return build_invitation(region, lead)


def test_link_opens_its_record(record):
    assert LINK.find(record.uuid, LINK.signature(record)) == record
    assert LINK.signature(record) in LINK.url(record)


def test_link_of_another_kind_opens_nothing(record):
    assert LINK.find(record.uuid, OTHER.signature(record)) is None


def test_link_that_was_replaced_opens_nothing(record):
    before = LINK.signature(record)
    record.generation += 1
    record.save()
    assert LINK.find(record.uuid, before) is None
