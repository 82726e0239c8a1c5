"""Publishing in an emergency: administrators only, with a reason, on record."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.models import OutgoingMail
from workflows.gate import PublishRefused
from workflows.models import EmergencyPublication

REASON = "Die Telefonnummer der Krisenhilfe ist falsch."


def post(client, page, reason: str = REASON):
    return client.post(reverse("emergency_publication", args=[page.pk]), {"reason": reason})


def test_an_administrator_publishes_with_a_reason(news, administrator, sign_in):
    post(sign_in(administrator), news)
    assert Page.objects.get(pk=news.pk).live
    assert EmergencyPublication.objects.get().reason == REASON


def test_the_history_shows_who_and_why(news, administrator, sign_in):
    post(sign_in(administrator), news)
    entry = PageLogEntry.objects.get(action="workflows.emergency")
    assert (entry.user, entry.data["reason"]) == (administrator, REASON)


def test_the_desk_is_told(news, administrator, national_editor, sign_in):
    post(sign_in(administrator), news)
    assert REASON in OutgoingMail.objects.get(recipient=national_editor.email).body


def test_without_a_reason_nothing_happens(news, administrator, sign_in):
    response = post(sign_in(administrator), news, "eilig")
    assert response.status_code == 200
    assert not Page.objects.get(pk=news.pk).live


@pytest.mark.parametrize("who", ["editor", "lead", "national_editor"])
def test_nobody_else_may(request, who, news, sign_in):
    post(sign_in(request.getfixturevalue(who)), news)
    assert not Page.objects.get(pk=news.pk).live


def test_the_release_holds_for_one_text_only(news, administrator, editor, sign_in):
    post(sign_in(administrator), news)
    page = Page.objects.get(pk=news.pk).specific
    page.title = "Danach geändert"
    revision = page.save_revision(user=editor)
    with pytest.raises(PublishRefused):
        revision.publish(skip_permission_checks=True)


def test_the_form_explains_itself(news, administrator, sign_in):
    response = sign_in(administrator).get(reverse("emergency_publication", args=[news.pk]))
    assert news.title in response.content.decode()


def test_an_incomplete_page_names_what_is_missing(news, administrator, sign_in):
    news.summary = ""
    news.save_revision(user=administrator, clean=False)
    response = post(sign_in(administrator), news)
    assert "Zusammenfassung" in response.content.decode()
    assert not Page.objects.get(pk=news.pk).live


def test_an_emergency_does_not_wait_for_a_date(news, administrator, sign_in):
    news.go_live_at = timezone.now() + datetime.timedelta(days=3)
    news.save_revision(user=administrator)
    post(sign_in(administrator), news)
    assert Page.objects.get(pk=news.pk).live
