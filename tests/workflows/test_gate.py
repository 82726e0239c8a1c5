"""Every way of publishing passes the gate (F27: quality assurance, F51: approval)."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision, TaskState

from demo.builders import build_news_index
from demo.review import approve, publish, submit
from tests.admin_forms import form_data
from workflows.gate import PublishRefused


def live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_unreviewed_revision_is_refused(news):
    with pytest.raises(PublishRefused):
        news.get_latest_revision().publish(skip_permission_checks=True)
    assert not live(news)


def test_page_publish_is_refused(news):
    with pytest.raises(PublishRefused):
        news.publish(news.get_latest_revision(), skip_permission_checks=True)
    assert not live(news)


def test_wagtail_s_publish_action_is_refused(news, administrator):
    action = PublishPageRevisionAction(news.get_latest_revision(), user=administrator)
    with pytest.raises(PublishRefused):
        action.execute(skip_permission_checks=True)
    assert not live(news)


def test_superuser_is_refused(news, administrator):
    with pytest.raises(PublishRefused):
        news.get_latest_revision().publish(user=administrator, skip_permission_checks=True)
    assert not live(news)


def test_approval_by_the_lead_publishes_news(news, editor, lead):
    submit(news, editor)
    approve(news, lead)
    assert live(news)


def test_example_needs_the_national_desk_too(example, editor, lead, national_editor):
    submit(example, editor)
    approve(example, lead)
    assert not live(example)
    approve(example, national_editor)
    assert live(example)


def test_approval_of_the_house_alone_does_not_open_the_gate_for_an_example(example, editor, lead):
    submit(example, editor)
    approve(example, lead)
    with pytest.raises(PublishRefused):
        example.get_latest_revision().publish(skip_permission_checks=True)


def test_own_approval_does_not_count(news, lead):
    revision = news.save_revision(user=lead)
    submit(news, lead)
    state = news.current_workflow_task_state
    TaskState.objects.filter(pk=state.pk).update(
        status="approved", finished_by=lead, finished_at=timezone.now()
    )
    with pytest.raises(PublishRefused):
        revision.publish(skip_permission_checks=True)


def test_approval_of_an_outsider_does_not_count(news, editor, other_lead):
    submit(news, editor)
    TaskState.objects.filter(pk=news.current_workflow_task_state.pk).update(
        status="approved", finished_by=other_lead, finished_at=timezone.now()
    )
    with pytest.raises(PublishRefused):
        news.get_latest_revision().publish(skip_permission_checks=True)


def test_edit_after_approval_needs_a_new_one(news, editor, lead):
    page = publish(news, editor)
    page.title = "Etwas ganz anderes"
    revision = page.save_revision(user=editor)
    with pytest.raises(PublishRefused):
        revision.publish(skip_permission_checks=True)
    assert Page.objects.get(pk=news.pk).title != "Etwas ganz anderes"


def test_overwriting_an_approved_revision_needs_a_new_approval(example, editor, lead):
    submit(example, editor)
    approve(example, lead)
    approved = example.get_latest_revision()
    example.refresh_from_db()
    example.title = "Untergeschoben"
    overwritten = example.save_revision(user=editor, overwrite_revision=approved)
    assert overwritten.pk != approved.pk
    assert "Untergeschoben" not in Revision.objects.get(pk=approved.pk).content["title"]


def test_content_changed_behind_an_approval_is_refused(news, editor, lead):
    submit(news, editor)
    state = news.current_workflow_task_state
    TaskState.objects.filter(pk=state.pk).update(
        status="approved", finished_by=lead, finished_at=timezone.now()
    )
    revision = news.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(
        created_at=timezone.now() + datetime.timedelta(minutes=1)
    )
    with pytest.raises(PublishRefused):
        Revision.objects.get(pk=revision.pk).publish(skip_permission_checks=True)


def test_reverting_to_an_approved_revision_needs_a_new_approval(news, editor, lead):
    page = publish(news, editor)
    approved = page.get_latest_revision()
    reverted = approved.as_object().save_revision(user=editor, previous_revision=approved)
    with pytest.raises(PublishRefused):
        reverted.publish(previous_revision=approved, skip_permission_checks=True)


def test_a_move_to_another_region_voids_the_lead_s_approval(news, editor, lead, other_region):
    from demo.builders import house_of_region

    submit(news, editor)
    state = news.current_workflow_task_state
    TaskState.objects.filter(pk=state.pk).update(
        status="approved", finished_by=lead, finished_at=timezone.now()
    )
    news.move(build_news_index(house_of_region(other_region)), pos="last-child")
    page = Page.objects.get(pk=news.pk).specific
    with pytest.raises(PublishRefused):
        page.get_latest_revision().publish(skip_permission_checks=True)


def test_scheduled_publication_waits_for_its_time_and_needs_approval(news, editor, lead):
    news.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    news.save_revision(user=editor)
    submit(news, editor)
    approve(news, lead)
    assert not live(news)
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = None
    revision.save()
    call_command("publish_scheduled")
    assert live(news)


def test_schedule_cannot_carry_an_unapproved_revision(news, editor):
    revision = news.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert not live(news)
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None


def test_one_refused_schedule_does_not_stop_the_others(news, example, editor, lead):
    submit(news, editor)
    approve(news, lead)
    Page.objects.filter(pk=news.pk).update(live=False)
    past = timezone.now() - datetime.timedelta(minutes=1)
    for page, minutes in ((example, 5), (news, 1)):
        Revision.objects.filter(pk=page.get_latest_revision().pk).update(
            approved_go_live_at=past - datetime.timedelta(minutes=minutes)
        )
    call_command("publish_scheduled")
    assert live(news)
    assert not live(example)


@pytest.mark.parametrize("who", ["editor", "lead", "national_editor", "administrator"])
def test_nobody_is_offered_to_publish(request, who, news, sign_in):
    client = sign_in(request.getfixturevalue(who))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert "action-publish" not in html


@pytest.mark.parametrize("who", ["editor", "lead", "national_editor", "administrator"])
def test_publish_button_of_the_editor_does_not_publish(request, who, news, sign_in):
    client = sign_in(request.getfixturevalue(who))
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    form = client.get(url).context["form"]
    data = form_data(form) | {"action-publish": "1"}
    client.post(url, data)
    assert not live(news)


@pytest.mark.parametrize("who", ["editor", "lead", "national_editor", "administrator"])
def test_create_and_publish_does_not_publish(request, who, house, sign_in):
    client = sign_in(request.getfixturevalue(who))
    index = build_news_index(house)
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    data = form_data(client.get(url).context["form"]) | {
        "title": "Am Tor vorbei",
        "slug": "am-tor-vorbei",
        "summary": "Kurz.",
        "action-publish": "1",
    }
    client.post(url, data)
    assert Page.objects.get(slug="am-tor-vorbei").live is False


@pytest.mark.parametrize("who", ["editor", "lead", "national_editor", "administrator"])
def test_bulk_publish_does_not_publish(request, who, news, sign_in):
    client = sign_in(request.getfixturevalue(who))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={news.pk}", {"include_descendants": "on"})
    assert not live(news)


@pytest.mark.parametrize("option", ["publish_copies", "alias"])
@pytest.mark.parametrize("who", ["editor", "lead", "national_editor"])
def test_only_administrators_make_live_copies(request, who, option, news, editor, lead, sign_in):
    page = publish(news, editor)
    client = sign_in(request.getfixturevalue(who))
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": page.get_parent().pk}
    client.post(url, data | {option: "on"})
    copy = Page.objects.get(slug="kopie")
    assert (copy.live, copy.alias_of) == (False, None)


PAST_THE_VIEW = {
    "copy": lambda page, user: page.copy(user=user, keep_live=True, update_attrs={"slug": "kopie"}),
    "alias": lambda page, user: page.create_alias(user=user, update_slug="alias"),
}


@pytest.mark.parametrize("way", PAST_THE_VIEW)
@pytest.mark.parametrize("who", ["editor", "lead", "national_editor"])
def test_live_copies_past_the_view_are_refused(request, who, way, news, editor, lead):
    page = publish(news, editor)
    with pytest.raises(PermissionDenied):
        PAST_THE_VIEW[way](page, request.getfixturevalue(who))
