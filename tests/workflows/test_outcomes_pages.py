"""Houses that close, pages that move or are deleted in the middle of a review."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from cms.models import OutgoingMail
from demo.builders import build_example_index, build_news_index, house_of_region, national_home
from demo.review import approve, request_changes, submit
from regions.archiving import archive
from workflows.models import Claim, claims

SOON = timezone.now() + datetime.timedelta(days=2)


def current(page):
    return Page.objects.get(pk=page.pk).specific


def mailed() -> set[str]:
    return set(OutgoingMail.objects.values_list("recipient", flat=True))


def mail_to(user) -> str:
    return OutgoingMail.objects.get(recipient=user.email).body


def discard_mails() -> None:
    OutgoingMail.objects.all().delete()


def schedule(page, editor, *reviewers) -> None:
    """Approved for the day after tomorrow."""
    page.go_live_at = SOON
    page.save_revision(user=editor)
    submit(page, editor)
    for reviewer in reviewers:
        approve(page, reviewer)
    discard_mails()


def is_scheduled(page) -> bool:
    rows = Revision.page_revisions.filter(object_id=str(page.pk))
    return rows.filter(approved_go_live_at__isnull=False).exists()


def test_closing_a_house_ends_its_reviews(news, editor, lead, region):
    submit(news, editor)
    archive(region)
    assert not WorkflowState.objects.active().exists()
    assert not TaskState.objects.filter(status="in_progress").exists()
    assert not current(news).live


def test_authors_of_a_closed_house_are_told(news, editor, lead, region, national_editor):
    submit(news, editor)
    discard_mails()
    archive(region)
    assert mailed() == {editor.email}
    assert news.title in mail_to(editor)
    assert "Das Haus Kreis Steinfurt wurde geschlossen." in mail_to(editor)


def test_who_had_taken_it_on_is_told_too(news, editor, lead, region, national_editor):
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, national_editor)
    discard_mails()
    archive(region)
    assert mailed() == {editor.email, national_editor.email}


def test_a_page_sent_back_is_not_forgotten(news, editor, lead, region):
    submit(news, editor)
    request_changes(news, "Der Ort fehlt.", lead)
    discard_mails()
    archive(region)
    assert not WorkflowState.objects.active().exists()
    assert mailed() == {editor.email}


def test_closing_a_house_stops_its_schedules(news, editor, lead, region):
    schedule(news, editor, lead)
    archive(region)
    assert not is_scheduled(news)
    assert mailed() == {editor.email}
    assert "wird nicht veröffentlicht" in mail_to(editor)


def test_closing_a_house_leaves_others_alone(news, editor, lead, other_region):
    submit(news, editor)
    archive(other_region)
    assert current(news).workflow_in_progress


def test_the_reason_is_in_the_history(news, editor, lead, region):
    submit(news, editor)
    archive(region)
    entry = PageLogEntry.objects.get(page=news.pk, action="workflows.ended")
    assert entry.message == "Prüfung beendet: das Haus wurde geschlossen"


def test_closing_through_the_admin_ends_reviews(news, region, editor, lead, administrator, sign_in):
    submit(news, editor)
    url = reverse("regionen:archive", args=[region.pk])
    sign_in(administrator).post(url, {"action": "archive"})
    assert not WorkflowState.objects.active().exists()


@pytest.fixture
def elsewhere(other_region):
    """The list of news of the other house."""
    return build_news_index(house_of_region(other_region))


def move(page, target, user=None):
    page.move(target, pos="last-child", user=user)
    return current(page)


def test_a_moved_page_is_reviewed_anew_in_its_new_house(
    news, editor, lead, other_lead, elsewhere, administrator
):
    submit(news, editor)
    old = current(news).current_workflow_task_state
    discard_mails()
    page = move(news, elsewhere, administrator)
    step = page.current_workflow_task_state
    assert (step.status, step.pk == old.pk) == ("in_progress", False)
    assert mailed() == {editor.email, lead.email, other_lead.email}
    assert not page.live


def test_only_the_new_house_decides_on_a_moved_page(news, editor, lead, other_lead, elsewhere):
    submit(news, editor)
    page = move(news, elsewhere)
    step = page.current_workflow_task_state
    assert not step.task.specific.may_decide(page, lead)
    assert not TaskState.objects.reviewable_by(lead).exists()
    approve(news, other_lead)
    assert current(news).live


def test_the_author_of_a_moved_page_reads_where_it_went(news, editor, lead, elsewhere, other_lead):
    submit(news, editor)
    discard_mails()
    move(news, elsewhere)
    body = mail_to(editor)
    assert "Vorher: Kreis Steinfurt. Jetzt: Landkreis Görlitz." in body
    assert WorkflowState.objects.active().get().requested_by == editor


def test_the_claim_of_the_old_house_ends(news, editor, lead, elsewhere, other_lead):
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, lead)
    move(news, elsewhere)
    assert not Claim.objects.exists()


def test_the_new_house_is_asked_first_even_after_the_old_one_approved(
    example, editor, lead, other_region, other_lead, national_editor
):
    submit(example, editor)
    approve(example, lead)
    page = move(example, build_example_index(house_of_region(other_region)))
    assert type(page.current_workflow_task).__name__ == "HouseReviewTask"


def test_a_page_sent_back_becomes_a_draft_in_its_new_house(
    news, editor, lead, elsewhere, other_lead
):
    submit(news, editor)
    request_changes(news, "Der Ort fehlt.", lead)
    discard_mails()
    page = move(news, elsewhere)
    assert page.current_workflow_state is None
    assert "muss neu eingereicht werden" in mail_to(editor)
    assert mailed() == {editor.email, lead.email}


def test_a_move_within_the_house_changes_nothing(news, house, editor, lead):
    submit(news, editor)
    discard_mails()
    page = move(news, house)
    assert page.workflow_in_progress
    assert WorkflowState.objects.count() == 1
    assert mailed() == set()


def test_moving_a_branch_takes_its_reviews_along(news, editor, lead, elsewhere, other_lead):
    submit(news, editor)
    discard_mails()
    move(news.get_parent(), elsewhere)
    assert other_lead.email in mailed()
    assert TaskState.objects.reviewable_by(other_lead).count() == 1


def test_a_moved_page_does_not_appear_on_the_old_approval(
    news, editor, lead, elsewhere, other_lead
):
    schedule(news, editor, lead)
    move(news, elsewhere)
    assert not is_scheduled(news)
    assert mailed() == {editor.email, other_lead.email}


def test_the_desk_s_approval_holds_wherever_the_page_goes(
    example, editor, lead, national_editor, other_region, other_lead
):
    schedule(example, editor, lead, national_editor)
    move(example, build_example_index(house_of_region(other_region)))
    assert is_scheduled(example)


def test_a_page_that_becomes_national_reaches_the_desk(
    news, editor, lead, national_editor, second_national_editor
):
    submit(news, editor)
    page = move(news, build_news_index(national_home()))
    assert type(page.current_workflow_task).__name__ == "NationalReviewTask"


def test_deleting_a_page_tells_author_and_reviewer(news, editor, lead, administrator):
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, lead)
    discard_mails()
    current(news).delete(user=administrator)
    assert mailed() == {editor.email, lead.email}
    assert not WorkflowState.objects.exists()
    assert not Claim.objects.exists()


def test_deleting_a_branch_tells_too(news, editor, lead):
    submit(news, editor)
    discard_mails()
    current(news.get_parent()).delete()
    assert mailed() == {editor.email}


def test_deleting_a_draft_mails_nobody(news, editor, lead):
    current(news).delete()
    assert mailed() == set()
