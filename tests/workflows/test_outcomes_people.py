"""Reviewers, approvers and authors who lose a role, leave or are deactivated during a review."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.models import OutgoingMail, User
from demo.builders import build_form, build_news, build_news_index, house_of_region
from demo.people import build_editor, build_lead
from demo.review import approve, request_changes, submit
from regions.people.leaving import leave, settle
from regions.people.responsibilities import open_work
from workflows.models import Claim, claims
from workflows.scheduled_publishing import publish_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_lead(region):
    """A colleague of the lead."""
    return build_lead(region, "zweite@example.org", first_name="Bodo", last_name="Zweiter")


def current(page):
    return Page.objects.get(pk=page.pk).specific


def mailed() -> set[str]:
    return set(OutgoingMail.objects.values_list("recipient", flat=True))


def discard_mails() -> None:
    OutgoingMail.objects.all().delete()


def take_group_away(user) -> None:
    user.groups.remove(*user.groups.all())


def take_from_group(user) -> None:
    for group in user.groups.all():
        group.user_set.remove(user)


def clear_groups(user) -> None:
    user.groups.clear()


def deactivate(user) -> None:
    user.is_active = False
    user.save()


def delete(user) -> None:
    user.delete()


WAYS = [take_group_away, take_from_group, clear_groups, deactivate, delete]


@pytest.mark.parametrize("lose", WAYS)
def test_without_a_lead_the_review_falls_to_the_desk(
    news, editor, lead, national_editor, other_lead, lose
):
    submit(news, editor)
    discard_mails()
    lose(lead)
    assert current(news).workflow_in_progress
    assert mailed() == {national_editor.email}
    approve(news, national_editor)
    assert current(news).live


def test_the_desk_reads_whose_pages_wait_and_why(news, editor, lead, national_editor):
    submit(news, editor)
    discard_mails()
    take_group_away(lead)
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Bitte prüfen: Annette Leitung kann es nicht mehr"
    assert news.title in mail.body


def test_with_a_lead_left_nobody_needs_a_mail(news, editor, lead, second_lead, national_editor):
    submit(news, editor)
    discard_mails()
    take_group_away(lead)
    assert mailed() == set()
    approve(news, second_lead)
    assert current(news).live


@pytest.mark.parametrize("lose", WAYS)
def test_what_was_taken_on_is_open_again(news, editor, lead, second_lead, national_editor, lose):
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, lead)
    discard_mails()
    lose(lead)
    assert not Claim.objects.exists()
    assert mailed() == {second_lead.email}


def test_a_lead_who_stays_at_the_desk_keeps_the_review(news, editor, lead, national_editor):
    lead.groups.add(*national_editor.groups.all())
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, lead)
    lead.groups.remove(news.region.leads_group)
    assert Claim.objects.get().user == lead


def test_who_lost_the_role_cannot_decide(news, editor, lead, second_lead):
    submit(news, editor)
    task = current(news).current_workflow_task
    take_group_away(lead)
    assert task.get_actions(current(news), User.objects.get(pk=lead.pk)) == []


def test_an_empty_desk_leaves_it_to_administrators(administrator, national_editor):
    page = build_form(user=national_editor)
    third = build_editor_of_desk()
    submit(page, national_editor)
    discard_mails()
    deactivate(third)
    assert mailed() == {administrator.email}
    approve(page, administrator)
    assert current(page).live


def build_editor_of_desk():
    from demo.people import build_national_editor

    return build_national_editor("desk3@example.org", first_name="Dritte")


def test_a_submission_to_an_empty_desk_reaches_administrators(
    news, editor, administrator, other_lead
):
    submit(news, editor)
    assert mailed() == {administrator.email}


def test_administrators_are_left_alone_while_the_desk_has_somebody(
    administrator, national_editor, second_national_editor
):
    page = build_form(user=administrator)
    submit(page, administrator)
    discard_mails()
    deactivate(second_national_editor)
    assert mailed() == set()


SOON = timezone.now() + datetime.timedelta(days=2)


@pytest.fixture
def scheduled(news, editor, lead):
    """A news item approved for the day after tomorrow."""
    news.go_live_at = SOON
    news.save_revision(user=editor)
    submit(news, editor)
    approve(news, lead)
    discard_mails()
    return news


def is_scheduled(page) -> bool:
    return Revision.page_revisions.filter(
        object_id=str(page.pk), approved_go_live_at__isnull=False
    ).exists()


def when_the_time_comes(page) -> None:
    """As if two days had passed."""
    revision = Revision.page_revisions.filter(approved_go_live_at__isnull=False).first()
    if revision:
        past = timezone.now() - datetime.timedelta(minutes=1)
        revision.content["go_live_at"] = past.isoformat()
        Revision.objects.filter(pk=revision.pk).update(
            content=revision.content, approved_go_live_at=past
        )
    publish_due()


@pytest.mark.parametrize("lose", WAYS)
def test_the_approval_of_somebody_gone_stops_the_schedule(
    scheduled, editor, lead, second_lead, lose
):
    lose(lead)
    assert not is_scheduled(scheduled)
    when_the_time_comes(scheduled)
    assert not current(scheduled).live
    assert mailed() == {editor.email, second_lead.email}


def test_the_stop_is_logged_with_its_reason(scheduled, lead):
    take_group_away(lead)
    entry = PageLogEntry.objects.get(page=scheduled.pk, action="workflows.stopped")
    assert "die Person, die freigegeben hat" in entry.message


def test_an_approval_by_two_holds_without_one_of_them(
    example, editor, lead, national_editor, second_national_editor
):
    example.go_live_at = SOON
    example.save_revision(user=editor)
    submit(example, editor)
    approve(example, lead)
    approve(example, national_editor)
    take_group_away(lead)
    assert is_scheduled(example)


@pytest.mark.parametrize("lose", WAYS)
def test_what_an_author_left_approved_appears_as_planned(scheduled, editor, lead, lose):
    lose(editor)
    when_the_time_comes(scheduled)
    assert current(scheduled).live


@pytest.mark.parametrize("lose", WAYS[:-1])
def test_the_house_hears_what_its_author_left(scheduled, editor, lead, lose):
    lose(editor)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == lead.email
    assert "erscheint wie freigegeben am" in mail.body


def test_an_author_who_still_writes_for_the_house_is_no_news(scheduled, region, editor, lead):
    region.leads_group.user_set.add(editor)
    discard_mails()
    editor.groups.remove(region.editors_group)
    assert mailed() == set()


def test_changes_asked_of_an_author_who_left_reach_the_house(news, editor, lead, second_lead):
    submit(news, editor)
    deactivate(editor)
    discard_mails()
    request_changes(news, "Der Ort fehlt.", lead)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == second_lead.email
    assert "Der Ort fehlt." in mail.body


def test_a_successor_gets_what_was_taken_on_with_one_mail(
    news, region, editor, lead, second_lead, administrator
):
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, lead)
    discard_mails()
    leave(region, lead, administrator, expected_role="lead", successor=second_lead)
    assert Claim.objects.get().user == second_lead
    assert news.title in OutgoingMail.objects.get(recipient=second_lead.email).body


def test_the_list_of_people_counts_reviews_taken_on(news, region, editor, lead, second_lead):
    submit(news, editor)
    claims.take(current(news).current_workflow_task_state, lead)
    assert open_work(region)[lead.pk] == ["1 Prüfung"]


def test_a_successor_hears_of_the_decision(news, region, editor, lead, administrator):
    successor = build_editor(region, "nachfolge@example.org", first_name="Nina")
    submit(news, editor)
    leave(region, editor, administrator, expected_role="editor", successor=successor)
    discard_mails()
    approve(news, lead)
    assert mailed() == {successor.email}


def test_a_draft_after_the_approval_does_not_go_public_with_it(scheduled, editor):
    approved_title = current(scheduled).get_latest_revision_as_object().title
    page = current(scheduled).get_latest_revision_as_object()
    page.title = "Nach der Freigabe geändert"
    page.save_revision(user=editor)
    when_the_time_comes(scheduled)
    page = current(scheduled)
    assert (page.live, page.title) == (True, approved_title)
    assert page.get_latest_revision_as_object().title == "Nach der Freigabe geändert"
    assert page.has_unpublished_changes


def test_an_approved_text_that_was_overwritten_stays_a_draft(scheduled, editor, lead):
    revision = Revision.page_revisions.get(approved_go_live_at__isnull=False)
    revision.content["title"] = "Untergeschoben"
    later = timezone.now() + datetime.timedelta(seconds=1)
    Revision.objects.filter(pk=revision.pk).update(content=revision.content, created_at=later)
    when_the_time_comes(scheduled)
    assert not current(scheduled).live
    assert mailed() == {editor.email, lead.email}


def test_a_page_waiting_for_its_time_is_closed_to_editing(scheduled, editor, lead):
    lock = current(scheduled).get_lock()
    assert lock.for_user(editor)
    assert lock.for_user(lead)


def test_the_own_page_of_a_lead_is_no_news_when_they_leave(house, lead, national_editor):
    page = build_news(build_news_index(house), lead)
    submit(page, lead)
    discard_mails()
    take_group_away(lead)
    assert [mail.subject for mail in OutgoingMail.objects.all()] == [
        "Annette Leitung schreibt nicht mehr für das Haus"
    ]


@pytest.fixture
def claim_elsewhere(lead, other_region, other_lead):
    """A review of another house, taken on by a lead of both houses."""
    lead.groups.add(other_region.leads_group)
    author = build_editor(other_region, "goerlitz@example.org")
    page = build_news(build_news_index(house_of_region(other_region)), author)
    submit(page, author)
    return claims.take(current(page).current_workflow_task_state, lead)


@pytest.mark.parametrize("with_successor", [True, False])
def test_who_leaves_one_of_two_houses_keeps_the_reviews_of_the_other(
    claim_elsewhere, region, lead, second_lead, other_lead, administrator, with_successor
):
    successor = second_lead if with_successor else None
    leave(region, lead, administrator, expected_role="lead", successor=successor)
    assert Claim.objects.get() == claim_elsewhere
    assert Claim.objects.get().user == lead


def test_a_house_taken_away_by_an_administrator_leaves_the_reviews_of_the_other(
    claim_elsewhere, region, lead, administrator
):
    lead.groups.remove(region.leads_group)
    settle(lead, [region], administrator)
    assert Claim.objects.get().user == lead


def test_who_leaves_both_houses_keeps_no_review(
    claim_elsewhere, region, other_region, lead, administrator
):
    lead.groups.clear()
    settle(lead, [region, other_region], administrator)
    assert not Claim.objects.exists()


def test_an_account_that_rests_keeps_no_review_anywhere(
    claim_elsewhere, region, lead, administrator
):
    lead.is_active = False
    lead.save()
    settle(lead, [], administrator)
    assert not Claim.objects.exists()
