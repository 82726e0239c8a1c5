"""Review: who decides, who is told, what happens in between (F27: quality assurance)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, PageSubscription, TaskState, WorkflowState

from cms.models import OutgoingMail
from demo.builders import build_form, build_news, build_news_index, house_of_region
from demo.people import build_lead
from demo.review import approve, publish, request_changes, submit
from tests.admin_forms import form_data


def mailed() -> set[str]:
    return set(OutgoingMail.objects.values_list("recipient", flat=True))


def task_name(page) -> str | None:
    state = Page.objects.get(pk=page.pk).specific.current_workflow_task_state
    return type(state.task.specific).__name__ if state else None


def test_news_of_a_house_ends_with_the_lead(news):
    assert news.get_workflow().review_path.key == "house"


def test_examples_of_a_house_reach_the_desk(example):
    assert example.get_workflow().review_path.key == "national"


def test_national_news_reaches_the_desk(db):
    assert build_news().get_workflow().review_path.key == "national"


def test_national_pages_skip_the_house(db, national_editor, second_national_editor):
    page = build_form(user=national_editor)
    submit(page, national_editor)
    assert task_name(page) == "NationalReviewTask"


def test_what_a_lead_writes_for_the_desk_skips_the_house(house, lead, national_editor):
    from demo.builders import build_example, build_example_index

    page = build_example(build_example_index(house), lead)
    submit(page, lead)
    assert task_name(page) == "NationalReviewTask"


def test_reviewers_of_the_own_house_are_asked_by_mail(news, editor, lead, other_lead):
    submit(news, editor)
    assert mailed() == {lead.email}


def test_the_only_lead_cannot_be_asked_about_the_own_text(house, lead, national_editor):
    page = build_news(build_news_index(house), lead)
    submit(page, lead)
    assert mailed() == {national_editor.email}


def test_the_desk_is_asked_after_the_house(example, editor, lead, national_editor):
    submit(example, editor)
    OutgoingMail.objects.all().delete()
    approve(example, lead)
    assert mailed() == {national_editor.email}


def test_the_author_hears_of_the_publication(news, editor, lead):
    submit(news, editor)
    OutgoingMail.objects.all().delete()
    approve(news, lead)
    assert mailed() == {editor.email}


def test_the_author_reads_the_reason_of_a_rejection(news, editor, lead):
    submit(news, editor)
    OutgoingMail.objects.all().delete()
    request_changes(news, "Bitte nennen Sie den Ort der Veranstaltung.", lead)
    mail = OutgoingMail.objects.get(recipient=editor.email)
    assert "Bitte nennen Sie den Ort der Veranstaltung." in mail.body


def test_mails_are_in_german(news, editor, lead):
    submit(news, editor)
    mail = OutgoingMail.objects.get()
    assert "wartet auf Sie" in mail.body
    assert "Hallo" in mail.body


def test_a_rejected_page_can_be_submitted_again(news, editor, lead):
    submit(news, editor)
    page = request_changes(news, "Der Ort fehlt.", lead)
    page.title = "Frühstück in Rheine"
    page.save_revision(user=editor)
    page.current_workflow_state.resume(user=editor)
    approve(page, lead)
    assert Page.objects.get(pk=news.pk, live=True).title == "Frühstück in Rheine"


def test_a_lead_of_another_region_may_not_decide(news, editor, lead, other_lead):
    submit(news, editor)
    with pytest.raises(PermissionDenied):
        approve(news, other_lead)


def test_an_editor_may_not_decide(news, editor, lead):
    submit(news, editor)
    with pytest.raises(PermissionDenied):
        approve(news, editor)


def test_a_lead_may_not_approve_the_own_text(house, lead):
    page = build_news(build_news_index(house), lead)
    submit(page, lead)
    with pytest.raises(PermissionDenied):
        approve(page, lead)


def test_a_lead_is_offered_no_approval_of_the_own_text(house, lead):
    page = build_news(build_news_index(house), lead)
    submit(page, lead)
    task = page.current_workflow_task
    assert [name for name, _, _ in task.get_actions(page, lead)] == ["reject"]


def test_a_second_lead_may_approve(house, region, lead):
    second = build_lead(region, "zweite@example.org")
    page = build_news(build_news_index(house), lead)
    submit(page, lead)
    approve(page, second)
    assert Page.objects.get(pk=page.pk).live


def test_the_desk_steps_in_for_a_house_without_a_lead(news, editor, national_editor):
    submit(news, editor)
    assert mailed() == {national_editor.email}
    approve(news, national_editor)
    assert Page.objects.get(pk=news.pk).live


def test_a_page_in_review_is_locked_for_its_author(news, editor, lead):
    submit(news, editor)
    lock = Page.objects.get(pk=news.pk).specific.get_lock()
    assert lock.for_user(editor)
    assert not lock.for_user(lead)


def test_a_reviewer_s_edit_starts_the_review_again(example, editor, lead, national_editor):
    submit(example, editor)
    approve(example, lead)
    page = Page.objects.get(pk=example.pk).specific
    page.title = "Von der Redaktion geändert"
    page.save_revision(user=national_editor)
    approve(page, national_editor)
    assert not Page.objects.get(pk=example.pk).live
    assert task_name(example) == "HouseReviewTask"


def test_an_approval_holds_for_a_colleague_s_correction(news, region, editor, lead):
    second = build_lead(region, "zweite@example.org")
    submit(news, editor)
    page = Page.objects.get(pk=news.pk).specific
    page.title = "Ohne Tippfehler"
    page.save_revision(user=second)
    approve(page, lead)
    assert Page.objects.get(pk=news.pk, live=True).title == "Ohne Tippfehler"


def test_a_corrected_page_can_be_handed_to_a_second_person(news, region, editor, lead):
    second = build_lead(region, "zweite@example.org")
    submit(news, editor)
    page = Page.objects.get(pk=news.pk).specific
    page.title = "Ohne Tippfehler"
    page.save_revision(user=lead)
    OutgoingMail.objects.all().delete()
    page = Page.objects.get(pk=news.pk).specific
    state = page.current_workflow_task_state
    names = [name for name, _, _ in state.task.specific.get_actions(page, lead)]
    assert names == ["hand_on", "reject"]
    state.task.specific.on_action(state, lead, "hand_on")
    assert mailed() == {second.email}
    approve(news, second)
    assert Page.objects.get(pk=news.pk, live=True).title == "Ohne Tippfehler"


def test_correcting_and_approving_in_one_go_says_who_approves(news, editor, lead, sign_in):
    submit(news, editor)
    client = sign_in(lead)
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    data = form_data(client.get(url).context["form"]) | {
        "title": "Korrigiert",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    response = client.post(url, data, follow=True)
    page = Page.objects.get(pk=news.pk)
    assert (page.live, page.get_latest_revision_as_object().title) == (False, "Korrigiert")
    (message,) = response.context["messages"]
    assert "gibt nun jemand anderes die Seite frei" in str(message)


def test_the_ways_of_review_cannot_be_switched_off(administrator, sign_in, news):
    workflow = news.get_workflow()
    client = sign_in(administrator)
    client.post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk]))
    workflow.refresh_from_db()
    assert workflow.active


def test_open_tasks_are_listed_for_the_own_region_only(news, editor, lead, other_lead):
    submit(news, editor)
    own = TaskState.objects.reviewable_by(lead)
    foreign = TaskState.objects.reviewable_by(other_lead)
    assert own.count() == 1
    assert foreign.count() == 0


def test_the_desk_sees_all_open_tasks(news, example, editor, lead, national_editor):
    submit(news, editor)
    submit(example, editor)
    approve(example, lead)
    assert TaskState.objects.reviewable_by(national_editor).count() == 2


def test_approving_through_the_admin_publishes(news, editor, lead, sign_in):
    submit(news, editor)
    client = sign_in(lead)
    task_state = Page.objects.get(pk=news.pk).specific.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "approve", task_state.pk])
    client.post(url, {"comment": "Schön."})
    assert Page.objects.get(pk=news.pk).live


def test_a_forged_approval_through_the_admin_is_refused(news, editor, lead, other_lead, sign_in):
    submit(news, editor)
    client = sign_in(other_lead)
    task_state = Page.objects.get(pk=news.pk).specific.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "approve", task_state.pk])
    client.post(url, {"comment": ""})
    assert not Page.objects.get(pk=news.pk).live


def test_submitting_through_the_admin(news, editor, lead, sign_in):
    client = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    data = form_data(client.get(url).context["form"]) | {"action-submit": "1"}
    client.post(url, data)
    assert WorkflowState.objects.get().requested_by == editor


def test_a_reviewer_s_comment_reaches_the_author(news, editor, lead, sign_in):
    PageSubscription.objects.create(page=news, user=editor, comment_notifications=True)
    submit(news, editor)
    OutgoingMail.objects.all().delete()
    client = sign_in(lead)
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-0-id": "",
        "comments-0-text": "Wann genau?",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    client.post(url, form_data(client.get(url).context["form"]) | comment)
    assert "Wann genau?" in OutgoingMail.objects.get(recipient=editor.email).body


def test_a_hanging_mail_server_does_not_hold_up_a_submission(news, editor, lead, settings):
    settings.MAIL_TRANSPORT = "no.such.Transport"
    submit(news, editor)
    assert OutgoingMail.objects.filter(sent_at=None).count() == 1


def test_leads_and_desk_may_take_a_page_down(news, editor, lead, national_editor, other_lead):
    page = publish(news, editor)
    assert page.permissions_for_user(lead).can_unpublish()
    assert page.permissions_for_user(national_editor).can_unpublish()
    assert not page.permissions_for_user(editor).can_unpublish()
    assert not page.permissions_for_user(other_lead).can_unpublish()


def test_the_other_house_s_pages_take_its_own_review(other_region, other_lead, lead):
    page = build_news(build_news_index(house_of_region(other_region)))
    submit(page, other_lead)
    with pytest.raises(PermissionDenied):
        approve(page, lead)
