"""Scheduled publishing and expiry: one page never holds up the others."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models import OutgoingMail
from demo.builders import build_news, build_news_index
from demo.review import approve, publish, submit
from workflows.scheduled_publishing import publish_due

PAST = timezone.now() - datetime.timedelta(minutes=5)


@pytest.fixture
def scheduled(news, editor, lead):
    """An approved page whose time has come."""
    news.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    news.save_revision(user=editor)
    submit(news, editor)
    approve(news, lead)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = PAST.isoformat()
    Revision.objects.filter(pk=revision.pk).update(
        content=revision.content, approved_go_live_at=PAST
    )
    OutgoingMail.objects.all().delete()
    return news


def test_what_was_approved_goes_public_in_its_time(scheduled):
    publish_due()
    assert Page.objects.get(pk=scheduled.pk).live


def test_an_approval_by_somebody_who_lost_the_role_no_longer_holds(scheduled, lead):
    lead.groups.clear()
    publish_due()
    assert not Page.objects.get(pk=scheduled.pk).live


def test_the_author_hears_of_the_refusal(scheduled, editor, lead):
    lead.groups.clear()
    publish_due()
    assert OutgoingMail.objects.get().recipient == editor.email


def test_expired_pages_are_taken_down(news, editor, lead):
    page = publish(news, editor)
    Page.objects.filter(pk=page.pk).update(expire_at=PAST)
    publish_due()
    assert Page.objects.get(pk=page.pk).expired


def test_one_page_that_fails_does_not_stop_the_others(scheduled, house, editor, lead, monkeypatch):
    other = publish(build_news(build_news_index(house), editor, title="Anderes"), editor)
    Page.objects.filter(pk=other.pk).update(expire_at=PAST)

    def fail(self, *args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(type(other), "unpublish", fail)
    publish_due()
    assert Page.objects.get(pk=scheduled.pk).live
