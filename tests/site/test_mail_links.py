"""Programs open the links of a mail before its reader does: to open one changes nothing."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.mfa_reset import reset
from cms.models import OutgoingMail, SiteSettings, User
from demo.builders import build_invitation
from demo.review import approve, submit
from regions.enquiries.actions import receive
from regions.enquiries.recipients import house_desk
from regions.models import Enquiry
from regions.people import emails as people_emails
from tests.signing_in import set_up_factor

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://\S+")
#: Who looks at what, and how often; Wagtail's editor notes who is there, and, switched off, that
#: somebody may want to hear of comments.
PASSING = (
    "django_session",
    "cms_sharedvalue",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
)
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


@pytest.fixture
def mails(client, region, house, news, editor, lead, sign_in) -> Iterator[list[OutgoingMail]]:
    """One of every kind that holds a link."""
    cache.clear()
    SiteSettings.load()  # made when it is first asked for
    people_emails.invite(build_invitation(region, lead))
    client.post(reverse("account_reset_password"), {"email": editor.email})
    set_up_factor(editor)
    reset(editor, lead)
    enquiry = Enquiry(name="M", side="zo", email="m@example.org", message="Text", language="de")
    receive(enquiry, house_desk(region))
    submit(news, editor)
    approve(news, lead)
    found = [mail for mail in OutgoingMail.objects.all() if LINK.search(mail.body)]
    yield found
    cache.clear()


def written(client: Client, link: str) -> set[str]:
    """Tables that a browser changes which opens ``link`` and follows where it leads."""
    parts = urlsplit(link)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"{parts.path}?{parts.query}", follow=True)
    assert answer.status_code == 200
    tables = (WRITES.match(query["sql"]) for query in queries)
    return {table[1] for table in tables if table} - set(PASSING)


def test_opening_a_link_of_a_mail_changes_nothing(mails, sign_in):
    assert len({mail.subject for mail in mails}) >= 4
    for mail in mails:
        reader = User.objects.filter(email=mail.recipient).first()
        for link in LINK.findall(mail.body):
            assert written(Client(), link) == set(), mail.subject
            if reader:
                assert written(sign_in(reader), link) == set(), mail.subject
