"""The rule of review, row by row as docs/reference/review.md has it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from cms.models import Kreis, OutgoingMail, Place
from demo.builders import build_news, build_news_index, ensure_term, text_body
from demo.people import build_lead
from demo.review import approve, publish, request_changes, submit
from tests.edit_page import decision, untouched
from workflows.corrections import open_question
from workflows.models import HouseReviewTask
from workflows.reminders import remind
from workflows.slips import slip_between

TABLE = Path("docs/reference/review.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \|", TABLE, re.MULTILINE)


def test_every_row_has_a_test() -> None:
    tests = [name.removeprefix("test_row_") for name in globals() if name.startswith("test_row_")]
    assert tests == ROWS


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def saved_by(user: Any, page: Page, **typed: Any) -> Revision:
    """A draft as the editor saves it, with what ``user`` typed."""
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in typed.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def approve_in_editor(client: Any, page: Page, user: Any, **typed: str) -> None:
    """Open the edit page, touch nothing but ``typed``, choose to approve."""
    client.force_login(user)
    data = untouched(client.get(edit_url(page))) | decision("approve") | typed
    client.post(edit_url(page), data)


def said_to(client: Any, user: Any, page: Page) -> str:
    """What the bar above the form says."""
    client.force_login(user)
    html = BeautifulSoup(client.get(edit_url(page)).content, "html.parser")
    return " ".join(html.select_one(".review-bar").get_text(" ").split())


def mails_to(user: Any) -> str:
    mails = OutgoingMail.objects.filter(recipient=user.email)
    return "\n".join(f"{mail.subject}\n{mail.body}" for mail in mails)


def discard_mails() -> None:
    OutgoingMail.objects.all().delete()


def resubmit(page: Page, user: Any) -> None:
    fresh(page).current_workflow_state.resume(user)


def waits_in_house(page: Page) -> bool:
    return isinstance(fresh(page).current_workflow_task, HouseReviewTask)


@pytest.fixture
def submitted(news, editor):
    """A news item of the editor, submitted."""
    submit(news, editor)
    return news


#: With a slip, and with what must not be changed on the short way.
TEXT = (
    "<p>Vierzig Menschen aus Verienen und Betrieben kamen mit ihren Rädern zur Burg, 48 Helfer am "
    "Dienstag im Mai. Herr Kowalski war nicht dabei, Frau Fischer schon; bekannte Gesichter aus "
    'dem Hauptamt. <a href="https://example.org/eins">hier</a></p>'
)


@pytest.fixture
def slipped(house, editor, lead):
    """A news item of the editor with a slip in it, submitted."""
    page = build_news(build_news_index(house), editor, body=text_body(TEXT))
    submit(page, editor)
    return page


def correct(page: Page, user: Any, before: str, after: str) -> None:
    """``user`` corrects the text as the editor saves it."""
    assert before in TEXT
    saved_by(user, page, body=text_body(TEXT.replace(before, after)))


def is_author_asked(page: Page) -> bool:
    return open_question(fresh(page)) is not None


def is_author_asked_after_approval(page: Page, user: Any) -> bool:
    approve(page, user)
    return is_author_asked(page)


def is_slip(page: Page, user: Any, before: str, after: str) -> bool:
    """Whether the short way is open to this correction."""
    submitted = fresh(page).current_workflow_task_state.revision
    correct(page, user, before, after)
    return slip_between(submitted, fresh(page).get_latest_revision()) is not None


def agree(client: Any, page: Page, user: Any) -> None:
    client.force_login(user)
    client.post(open_question(fresh(page)).url)


@pytest.fixture
def second_lead(region):
    """A colleague of the lead."""
    return build_lead(region, "zweite@example.org", first_name="Bodo", last_name="Zweiter")


@pytest.fixture
def own_news(house, lead, national_editor):
    """A news item that a lead wrote and submitted."""
    page = build_news(build_news_index(house), lead)
    submit(page, lead)
    return page


@pytest.fixture
def sent_back(example, editor, lead, national_editor):
    """An example that the house approved and the desk sent back."""
    submit(example, editor)
    approve(example, lead)
    request_changes(example, "Bitte kürzer.", national_editor)
    return example


def test_row_opening(client, submitted, lead):
    approve_in_editor(client, submitted, lead)
    assert fresh(submitted).live


def test_row_comment(client, submitted, lead):
    approve_in_editor(
        client,
        submitted,
        lead,
        **{
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comments-0-id": "",
            "comments-0-text": "Schön geschrieben.",
            "comments-0-contentpath": "title",
            "comments-0-position": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
        },
    )
    assert fresh(submitted).live


def test_row_saved_unchanged(submitted, lead):
    saved_by(lead, submitted)
    assert approve(submitted, lead).live


def test_row_taken_back(submitted, lead):
    saved_by(lead, submitted, title="Verschrieben")
    saved_by(lead, submitted, title=submitted.title)
    assert approve(submitted, lead).live


def test_row_technical_difference(submitted, lead):
    html = '<p data-block-key="abcde">Vierzig Menschen aus Vereinen und Betrieben kamen.</p>'
    saved_by(lead, submitted, body=text_body(html))
    assert approve(submitted, lead).live


def test_row_author(own_news, lead):
    with pytest.raises(PermissionDenied):
        approve(own_news, lead)


def test_row_submitter(house, editor, lead):
    page = build_news(build_news_index(house), editor)
    saved_by(lead, page)
    submit(fresh(page), lead)
    with pytest.raises(PermissionDenied):
        approve(page, lead)


def test_row_contributor(news, editor, lead):
    saved_by(lead, news, title="Von der Leitung")
    saved_by(editor, news, summary="Von der Redaktion.")
    submit(fresh(news), editor)
    with pytest.raises(PermissionDenied):
        approve(news, lead)


def test_row_contributor_in_house(example, editor, lead, national_editor):
    saved_by(lead, example, title="Von der Leitung")
    saved_by(national_editor, example, title="Vom Bund")
    saved_by(editor, example, summary="Von der Redaktion.")
    submit(fresh(example), editor)
    assert not waits_in_house(approve(example, lead))
    with pytest.raises(PermissionDenied):
        approve(example, national_editor)


def test_row_published_since(news, editor, lead, national_editor):
    saved_by(lead, news, title="Von der Leitung")
    publish(fresh(news), lead)
    saved_by(editor, news, summary="Von der Redaktion.")
    submit(fresh(news), editor)
    assert approve(news, lead).summary == "Von der Redaktion."


def test_row_corrected_in_review(client, submitted, lead):
    approve_in_editor(client, submitted, lead, title="Ohne Tippfehler")
    actions = PageLogEntry.objects.filter(page=submitted.pk).order_by("pk")
    assert list(actions.values_list("action", flat=True))[-1] == "workflows.corrected"
    assert not fresh(submitted).live


def test_row_slip(slipped, editor, lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve(slipped, lead)
    assert "„Verienen“ → „Vereinen“" in mails_to(editor)
    entry = PageLogEntry.objects.get(page=slipped.pk, action="workflows.slip")
    assert entry.data["changes"] == [["Verienen", "Vereinen"]]
    assert not fresh(slipped).live


def test_row_slip_saved_before(client, slipped, lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve_in_editor(client, slipped, lead, **{"review-read": ""})
    assert is_author_asked(slipped)


def test_row_slip_agreed(client, slipped, editor, lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve(slipped, lead, comment="Sehr anschaulich.")
    agree(client, slipped, editor)
    assert fresh(slipped).live
    approved = PageLogEntry.objects.get(page=slipped.pk, action="wagtail.workflow.approve")
    assert (approved.user, approved.data["author"]) == (lead, editor.pk)
    assert "Sehr anschaulich." in mails_to(editor)


def test_row_slip_of_the_desk(client, example, editor, lead, national_editor):
    saved_by(editor, example, course=text_body(TEXT))
    submit(fresh(example), editor)
    approve(example, lead)
    corrected = text_body(TEXT.replace("Verienen", "Vereinen"))
    saved_by(national_editor, example, course=corrected)
    approve(example, national_editor)
    agree(client, example, editor)
    assert fresh(example).live


def test_row_slip_moot(client, slipped, editor, lead, second_lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve(slipped, lead)
    url = open_question(fresh(slipped)).url
    approve(slipped, second_lead)
    client.force_login(editor)
    response = client.post(url, follow=True)
    assert "nichts (mehr), womit Sie einverstanden" in response.content.decode()


def test_row_slip_role_lost(client, slipped, region, editor, lead, second_lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve(slipped, lead)
    lead.groups.clear()
    agree(client, slipped, editor)
    assert not fresh(slipped).live
    assert approve(slipped, second_lead).live


def test_row_slip_stranger(client, slipped, lead, second_lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve(slipped, lead)
    agree(client, slipped, second_lead)
    assert not fresh(slipped).live


def test_row_slip_too_long(slipped, lead):
    correct(slipped, lead, "kamen mit ihren Rädern", "erschienen samt aller Fahrräder")
    approve(slipped, lead)
    assert not is_author_asked(slipped)


def test_row_slip_number(slipped, lead):
    assert not is_slip(slipped, lead, "48 Helfer", "84 Helfer")
    assert not is_slip(slipped, lead, "Vierzig", "Vierzehn")


def test_row_slip_date(slipped, lead):
    assert not is_slip(slipped, lead, "Dienstag", "Donnerstag")
    assert not is_slip(slipped, lead, "Mai", "Juni")


def test_row_slip_name(slipped, lead):
    assert not is_slip(slipped, lead, "Kowalski", "Kowalsky")
    assert not is_slip(slipped, lead, "Frau Fischer", "Frau Tischler")


def test_row_slip_place(slipped, lead):
    kreis = Kreis.objects.create(code="99999", name="Kreis Probe", lat=52.2, lon=7.5)
    Place.objects.create(plz="48282", name="Berg", kreis=kreis, lat=52.2, lon=7.5)
    assert not is_slip(slipped, lead, "Burg", "Berg")


def test_row_slip_link(slipped, lead):
    assert not is_slip(slipped, lead, ">hier<", ">dort<")
    assert not is_slip(slipped, lead, "example.org/eins", "example.org/zwei")


def test_row_slip_negation(slipped, lead):
    assert not is_slip(slipped, lead, "war nicht dabei", "war dabei")
    assert not is_slip(slipped, lead, "bekannte", "unbekannte")


def test_row_slip_term(slipped, lead):
    ensure_term("topic", "ehrenamt", "Ehrenamt")
    assert not is_slip(slipped, lead, "Hauptamt", "Ehrenamt")


def test_row_slip_picture(slipped, lead):
    draft = fresh(slipped).get_latest_revision_as_object()
    draft.body = [*text_body(TEXT), ("heading", {"text": "Neu", "level": "2"})]
    draft.save_revision(user=lead)
    assert not is_author_asked_after_approval(slipped, lead)


def test_row_slip_title(slipped, lead):
    saved_by(lead, slipped, title="Kooperationsfrühstück in Emsdeten")
    assert not is_author_asked_after_approval(slipped, lead)


def test_row_another_lead(client, own_news, lead, second_lead):
    assert list(fresh(own_news).current_workflow_task.reviewers(own_news)) == [second_lead]
    assert "Freigeben kann ihn: Bodo Zweiter." in said_to(client, lead, own_news)


def test_row_no_other_lead(client, own_news, lead, national_editor):
    assert list(fresh(own_news).current_workflow_task.reviewers(own_news)) == [national_editor]
    assert "die Bundesredaktion entscheidet" in said_to(client, lead, own_news)


def test_row_nobody_left(client, own_news, lead, national_editor, administrator):
    saved_by(national_editor, own_news, summary="Vom Bund.")
    saved_by(administrator, own_news, title="Von der Administration")
    page = fresh(own_news)
    assert not page.current_workflow_task.reviewers(page).exists()
    assert "wenden Sie sich an die Administration" in said_to(client, lead, own_news)
    assert not approve(own_news, national_editor).live


def test_row_comment_of_approval(house, editor, lead, second_lead):
    page = build_news(build_news_index(house), editor)
    saved_by(second_lead, page)
    submit(fresh(page), second_lead)
    discard_mails()
    approve(page, lead, comment="Sehr anschaulich.")
    assert "Sehr anschaulich." in mails_to(editor)
    assert "Sehr anschaulich." in mails_to(second_lead)


def test_row_sent_back_by_desk(sent_back, lead):
    assert "Bitte kürzer." in mails_to(lead)


def test_row_resubmitted_changed(sent_back, editor, lead, national_editor):
    saved_by(editor, sent_back, title="Kürzer")
    resubmit(sent_back, editor)
    assert waits_in_house(sent_back)
    approve(sent_back, lead)
    assert approve(sent_back, national_editor).title == "Kürzer"


def test_row_resubmitted_unchanged(sent_back, editor, lead, national_editor):
    saved_by(editor, sent_back)
    resubmit(sent_back, editor)
    assert not waits_in_house(sent_back)
    assert approve(sent_back, national_editor).live


def test_row_resubmitted_by_lead(sent_back, lead, national_editor):
    saved_by(lead, sent_back, title="Kürzer")
    resubmit(sent_back, lead)
    assert not waits_in_house(sent_back)
    assert approve(sent_back, national_editor).live


def mails_after_days(page: Page, days: int, user: Any) -> str:
    """What ``user`` gets by mail when the open step of ``page`` has waited for so many days."""
    step = fresh(page).current_workflow_task_state
    TaskState.objects.filter(pk=step.pk).update(started_at=timezone.now() - timedelta(days=days))
    discard_mails()
    remind()
    return mails_to(user)


def test_row_in_time(submitted, lead):
    assert mails_after_days(submitted, 3, lead) == ""


def test_row_overdue(submitted, lead):
    assert "Erinnerung, bitte entscheiden" in mails_after_days(submitted, 14, lead)
    assert mails_after_days(submitted, 15, lead) == ""


def test_row_overdue_at_house(submitted, lead, national_editor):
    assert mails_after_days(submitted, 30, national_editor) == ""
    assert "Niemand entscheidet" in mails_after_days(submitted, 30, national_editor)
    assert mails_after_days(submitted, 31, national_editor) == ""


def test_row_overdue_at_desk(example, editor, lead, national_editor, administrator):
    submit(example, editor)
    approve(example, lead)
    assert mails_after_days(example, 40, administrator) == ""
    assert "Niemand entscheidet" in mails_after_days(example, 40, administrator)


def test_the_start_page_asks_the_author(client, slipped, editor, lead):
    correct(slipped, lead, "Verienen", "Vereinen")
    approve(slipped, lead)
    client.force_login(editor)
    body = client.get(reverse("wagtailadmin_home")).content.decode()
    assert open_question(fresh(slipped)).url in body
