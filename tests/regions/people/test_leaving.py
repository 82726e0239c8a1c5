"""Leaving a house: nothing is lost, nothing stays locked, no session lives on."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from cms.models import Digest, OutgoingMail, User
from demo.builders import build_enquiry, build_invitation, build_news, build_news_index
from demo.people import build_editor, build_lead
from demo.review import submit
from regions.people.invitations import invite
from regions.people.leaving import leave
from regions.people.responsibilities import open_work
from regions.people.retention import NOWHERE, remove_former
from workflows.models.claims import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(region):
    """Another editor of the house."""
    return build_editor(region, "kollegin@example.org", first_name="Imke", last_name="Kollegin")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_session_ends_and_does_not_come_back(region, lead, editor, sign_in):
    client = sign_in(editor)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    leave(region, editor, lead, expected_role="editor")
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    User.objects.filter(pk=editor.pk).update(is_active=True)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_old_password_is_worth_nothing(region, lead, editor):
    leave(region, editor, lead, expected_role="editor")
    assert not fresh(editor).check_password("kooperation")


def test_drafts_go_to_the_successor(region, lead, editor, colleague, news):
    leave(region, editor, lead, expected_role="editor", successor=colleague)
    assert fresh(news).owner == colleague


def test_drafts_go_to_the_lead_who_sends_off(region, lead, editor, news):
    build_lead(region, "erste@example.org")
    leave(region, editor, lead, expected_role="editor")
    assert fresh(news).owner == lead


def test_drafts_of_another_house_stay(region, other_region, lead, editor, news):
    from demo.builders import house_of_region

    editor.groups.add(other_region.editors_group)
    foreign = build_news(build_news_index(house_of_region(other_region)), editor, title="Fremd")
    leave(region, editor, lead, expected_role="editor")
    assert fresh(foreign).owner == editor


def test_locks_are_opened(region, lead, editor, news):
    Page.objects.filter(pk=news.pk).update(locked=True, locked_by=editor, locked_at=timezone.now())
    leave(region, editor, lead, expected_role="editor")
    page = Page.objects.get(pk=news.pk)
    assert (page.locked, page.locked_by) == (False, None)


def test_outcome_of_a_review_is_told_to_the_successor(region, lead, editor, colleague, news):
    submit(news, editor)
    leave(region, editor, lead, expected_role="editor", successor=colleague)
    assert fresh(news).current_workflow_state.requested_by == colleague


def test_enquiries_go_to_the_successor_with_a_line_in_their_history(
    region, lead, editor, colleague
):
    enquiry = build_enquiry(region, owner=editor)
    leave(region, editor, lead, expected_role="editor", successor=colleague)
    assert fresh(enquiry).owner == colleague
    assert enquiry.events.last().kind == "passed_on"


def test_closed_enquiries_keep_who_answered(region, lead, editor, colleague):
    enquiry = build_enquiry(region, owner=editor, status="closed")
    leave(region, editor, lead, expected_role="editor", successor=colleague)
    assert fresh(enquiry).owner == editor


def test_review_taken_on_goes_to_the_successor(region, lead, editor, news):
    second = build_lead(region, "zweite@example.org", first_name="Hanne")
    submit(news, editor)
    take(fresh(news).current_workflow_task_state, second)
    assert open_work(region)[second.pk] == ["1 Prüfung"]
    leave(region, second, lead, expected_role="lead", successor=lead)
    assert open_work(region)[lead.pk] == ["1 Prüfung"]
    told = OutgoingMail.objects.filter(recipient=lead.email)
    assert any(news.title in mail.body for mail in told)


def test_successor_is_told_what_there_is(region, lead, editor, colleague, news):
    build_enquiry(region, owner=editor, message="Geheimes Anliegen", name="Mirko Feldhaus")
    leave(region, editor, lead, expected_role="editor", successor=colleague)
    mail = OutgoingMail.objects.get(recipient=colleague.email)
    assert news.title in mail.body
    assert reverse("wagtailadmin_pages:edit", args=[news.pk]) in mail.body
    assert "Geheimes" not in mail.body
    assert "Feldhaus" not in mail.body


def test_without_a_successor_all_leads_are_told(region, lead, editor, news):
    second = build_lead(region, "zweite@example.org")
    leave(region, editor, lead, expected_role="editor")
    told = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert told == {lead.email, second.email}


def test_nothing_open_no_mail(region, lead, editor):
    leave(region, editor, lead, expected_role="editor")
    assert not OutgoingMail.objects.exists()


def test_log_says_who_sent_off_whom(region, lead, editor, news):
    leave(region, editor, lead, expected_role="editor")
    entry = ModelLogEntry.objects.get(action="people.leave")
    assert (entry.user, entry.object_id, entry.data["region"]) == (
        lead,
        str(editor.pk),
        region.pk,
    )
    assert "beendet" in entry.message
    handed = ModelLogEntry.objects.get(action="people.hand_over")
    assert "Entwürfe: 1" in handed.message


@pytest.mark.parametrize("name", ["invite", "change_role", "accept"])
def test_every_action_has_a_german_label(name):
    from wagtail.log_actions import registry

    assert registry.action_exists(f"people.{name}")
    assert not registry.get_action_label(f"people.{name}").startswith(("Invite", "Change", "Acc"))


def test_account_with_another_task_stays_active(region, other_region, lead, editor):
    editor.groups.add(other_region.editors_group)
    leave(region, editor, lead, expected_role="editor")
    assert fresh(editor).is_active
    assert list(editor.groups.all()) == [other_region.editors_group]


# The same through Wagtail's administration of users


def edit_user(client, user, **changes):
    data = {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "groups": [str(pk) for pk in user.groups.values_list("pk", flat=True)],
        **changes,
    }
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)


def test_deactivated_by_an_administrator(lead, editor, administrator, news, sign_in):
    edit_user(sign_in(administrator), editor, is_active=None)
    assert not fresh(editor).is_active
    assert fresh(editor).deactivated_at is not None
    assert fresh(news).owner == lead


def test_moved_to_another_house_by_an_administrator(
    lead, editor, other_region, administrator, news, sign_in
):
    edit_user(sign_in(administrator), editor, groups=[str(other_region.editors_group_id)])
    assert fresh(news).owner == lead
    assert fresh(editor).is_active


def test_new_name_hands_nothing_over(lead, editor, administrator, news, sign_in):
    edit_user(sign_in(administrator), editor, first_name="Neu")
    assert fresh(editor).first_name == "Neu"
    assert fresh(news).owner == editor


def bulk(client, action: str, user, **typed: str):
    address = reverse("wagtail_bulk_action", args=["cms", "user", action])
    return client.post(f"{address}?id={user.pk}", typed)


def test_deactivated_by_the_dozen(lead, editor, administrator, news, sign_in):
    bulk(sign_in(administrator), "set_active_state", editor, mark_as_active="False")
    assert not fresh(editor).is_active
    assert fresh(editor).deactivated_at is not None
    assert not fresh(editor).check_password("kooperation")
    assert fresh(news).owner == lead


def test_accounts_are_not_deleted(editor, administrator, sign_in):
    client = sign_in(administrator)
    client.post(reverse("wagtailusers_users:delete", args=[editor.pk]))
    bulk(client, "delete", editor)
    assert User.objects.filter(pk=editor.pk).exists()


# What is kept, and until when


def left(editor, days: int) -> None:
    when = timezone.now() - datetime.timedelta(days=days)
    User.objects.filter(pk=editor.pk).update(deactivated_at=when)


def test_name_and_address_go_after_24_months(region, lead, editor, news):
    Digest.objects.create(user=editor, kind="weekly")
    leave(region, editor, lead, expected_role="editor")
    left(editor, 731)
    remove_former()
    person = fresh(editor)
    assert not Digest.objects.exists()
    assert person.email.endswith(NOWHERE)
    assert person.get_full_name() == "Ehemalige Person"
    assert not person.groups.exists()
    assert fresh(news).latest_revision.user == person


def test_name_and_address_stay_until_then(region, lead, editor):
    leave(region, editor, lead, expected_role="editor")
    left(editor, 728)
    remove_former()
    assert fresh(editor).email == "editor@example.org"


def test_who_still_works_stays(editor):
    User.objects.filter(pk=editor.pk).update(
        date_joined=timezone.now() - datetime.timedelta(days=4000)
    )
    remove_former()
    assert fresh(editor).email == "editor@example.org"


def test_no_log_entry_names_who_was_removed(region, lead, editor):
    leave(region, editor, lead, expected_role="editor")
    left(editor, 731)
    remove_former()
    labels = ModelLogEntry.objects.filter(object_id=str(editor.pk)).values_list("label", flat=True)
    assert set(labels) == {"Ehemalige Person"}


def test_address_is_free_again(region, lead, editor):
    leave(region, editor, lead, expected_role="editor")
    left(editor, 731)
    remove_former()
    invite(region, lead, email="editor@example.org", first_name="S", last_name="S", role="editor")


@pytest.mark.parametrize("days, kept", [(96, True), (98, False)])
def test_ended_invitations_are_deleted_after_90_days(region, lead, days, kept):
    sent = timezone.now() - datetime.timedelta(days=days)
    build_invitation(region, lead, sent_at=sent)
    remove_former()
    assert region.invitations.exists() == kept


def test_inactive_since_is_remembered_and_forgotten(editor):
    editor.is_active = False
    editor.save(update_fields=["is_active"])
    assert fresh(editor).deactivated_at is not None
    editor.is_active = True
    editor.save()
    assert fresh(editor).deactivated_at is None
