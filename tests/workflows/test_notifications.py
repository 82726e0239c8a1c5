"""Who gets which mail, row by row as docs/reference/notifications.md has it."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageSubscription

from cms.accounts.mfa_reset import reset
from cms.dashboard.daily_digest import send_due as send_daily
from cms.dashboard.weekly_digest import send_due as send_weekly
from cms.jobs.mail_queue import queue_mail
from cms.models import Digest, OutgoingMail
from demo import builders, people
from demo.builders import build_news_index, house_of_region
from demo.review import approve, claim, request_changes, submit
from regions.archiving import archive
from regions.enquiries import actions as enquiries
from regions.enquiries.recipients import desk_of
from regions.models import Role
from regions.people import absences
from regions.people import emails as people_emails
from regions.people.invitations import invite
from regions.people.leaving import leave
from regions.people.roles import change_role
from tests.edit_page import untouched
from tests.signing_in import set_up_factor
from tests.workflows.mail_world import World, fresh
from workflows.emergency import publish_in_emergency
from workflows.models import claims
from workflows.preview_links import links
from workflows.reminders import remind
from workflows.scheduled_publishing import publish_due

TABLE = Path("docs/reference/notifications.md").read_text(encoding="utf-8")
Row = tuple[str, frozenset[str]]


def rows() -> list[Row]:
    """Each event, and the columns with a mark."""
    found: list[Row] = []
    columns: list[str] = []
    for line in TABLE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "event":
            columns = cells
        elif event := re.fullmatch(r"`(\w+)`", cells[0]):
            marked = zip(columns, cells, strict=True)
            found.append((event[1], frozenset(name for name, cell in marked if cell == "●")))
    return found


EVENTS: dict[str, Callable[[World], object]] = {}


def event(happen: Callable[[World], object]) -> Callable[[World], object]:
    """Register what makes the event of this name happen."""
    EVENTS[happen.__name__] = happen
    return happen


@event
def submitted(world: World) -> None:
    submit(world.news, world.editor)


@event
def submitted_by_lead(world: World) -> None:
    assert world.colleague
    page = world.write(world.lead)
    submit(page, world.lead)
    assert not OutgoingMail.objects.filter(recipient=world.lead.email).exists()


@event
def submitted_by_only_lead(world: World) -> None:
    page = world.write(world.lead)
    submit(page, world.lead)


@event
def passed_the_house(world: World) -> None:
    submit(world.example, world.editor)
    OutgoingMail.objects.all().delete()
    approve(world.example, world.lead)


@event
def approved(world: World) -> None:
    world.in_review()
    assert approve(world.news, world.lead).live


@event
def approved_with_comment(world: World) -> None:
    world.in_review()
    approve(world.news, world.lead, comment="Sehr anschaulich.")


@event
def changes_requested(world: World) -> None:
    assert world.colleague
    world.in_review()
    request_changes(world.news, "Bitte kürzer.", world.lead)


@event
def sent_back_by_desk(world: World) -> None:
    world.at_desk()
    request_changes(world.example, "Bitte kürzer.", world.desk)


@event
def changes_reach_nobody(world: World) -> None:
    assert world.colleague
    world.in_review()
    world.editor.is_active = False
    world.editor.save()
    OutgoingMail.objects.all().delete()
    request_changes(world.news, "Bitte kürzer.", world.lead)


@event
def submitted_again(world: World) -> None:
    world.in_review()
    request_changes(world.news, "Bitte kürzer.", world.lead)
    OutgoingMail.objects.all().delete()
    draft = fresh(world.news).get_latest_revision_as_object()
    draft.title = "Kürzer"
    draft.save_revision(user=world.editor)
    fresh(world.news).current_workflow_state.resume(world.editor)


@event
def withdrawn(world: World) -> None:
    world.claimed()
    fresh(world.news).current_workflow_state.cancel(user=world.editor)


@event
def slip(world: World) -> None:
    assert world.colleague
    world.correct("Bekannte Gesichter aus Vereinen kamen zur Burg.")


@event
def corrected(world: World) -> None:
    assert world.colleague
    world.correct("Ganz neue Menschen aus fremden Betrieben blieben an diesem Tag fern.")


@event
def comment(world: World) -> None:
    PageSubscription.objects.create(
        user=world.editor, page=world.news.page_ptr, comment_notifications=True
    )
    world.in_review()
    world.client.force_login(world.lead)
    url = reverse("wagtailadmin_pages:edit", args=[world.news.pk])
    data = untouched(world.client.get(url)) | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-text": "Schön geschrieben.",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    world.client.post(url, data)


@event
def preview_link(world: World) -> None:
    links.create(world.news, world.editor, "Verein", 7)


@event
def claimed(world: World) -> None:
    world.in_review()
    claim(world.news, world.lead)


@event
def passed_on(world: World) -> None:
    world.in_review()
    claims.pass_on(world.step, world.lead, world.claimant)


@event
def taken_over(world: World) -> None:
    world.claimed()
    claims.take(world.step, world.lead, from_colleague=True)


@event
def decided_by_another(world: World) -> None:
    world.claimed()
    approve(world.news, world.lead)


@event
def reminder(world: World) -> None:
    world.in_review()
    world.waiting_for(14, world.news)
    remind()


@event
def overdue_at_house(world: World) -> None:
    world.in_review()
    world.waiting_for(30, world.news)
    remind()
    OutgoingMail.objects.all().delete()
    remind()


@event
def overdue_at_desk(world: World) -> None:
    world.at_desk()
    world.waiting_for(40, world.example)
    remind()
    OutgoingMail.objects.all().delete()
    remind()


@event
def claimant_left(world: World) -> None:
    world.claimed()
    world.claimant.groups.clear()


@event
def last_lead_left(world: World) -> None:
    world.in_review()
    world.lead.groups.clear()


@event
def author_left(world: World) -> None:
    world.in_review()
    world.editor.groups.clear()


@event
def deputy_named(world: World) -> None:
    soon = timezone.localdate() + datetime.timedelta(days=3)
    absences.state(world.lead, soon, soon, world.deputy)


@event
def deputy_lost(world: World) -> None:
    colleague = people.build_editor(world.region, "zweite@example.org")
    world.away(world.editor, colleague)
    colleague.groups.clear()


@event
def submitted_while_away(world: World) -> None:
    world.away(world.lead, world.deputy)
    submit(world.news, world.editor)


@event
def submitted_to_nobody(world: World) -> None:
    world.away(world.lead)
    submit(world.news, world.editor)


@event
def reminder_while_away(world: World) -> None:
    world.away(world.lead, world.deputy)
    world.in_review()
    world.waiting_for(14, world.news)
    remind()


@event
def absence_began(world: World) -> None:
    assert world.deputy
    world.in_review()
    claims.take(world.step, world.lead)
    world.away(world.lead, world.deputy)


@event
def last_lead_away(world: World) -> None:
    world.in_review()
    world.away(world.lead)


@event
def changes_requested_while_away(world: World) -> None:
    world.in_review()
    deputy = people.build_editor(world.region, "deputy@example.org")
    world.away(world.editor, deputy)
    request_changes(world.news, "Bitte kürzer.", world.lead)


@event
def published_as_planned(world: World) -> None:
    world.planned(timezone.now() - datetime.timedelta(minutes=5))
    publish_due()
    assert fresh(world.news).live


@event
def approver_left(world: World) -> None:
    assert world.colleague
    world.planned(timezone.now() + datetime.timedelta(days=1))
    world.lead.groups.clear()


@event
def not_published_as_planned(world: World) -> None:
    assert world.colleague
    world.planned(timezone.now() - datetime.timedelta(minutes=5))
    # Without the signal that stops what nobody else has approved.
    Group.objects.get(pk=world.region.leads_group_id).user_set.through.objects.filter(
        user=world.lead
    ).delete()
    publish_due()
    assert not fresh(world.news).live


@event
def expired(world: World) -> None:
    world.in_review()
    approve(world.news, world.lead)
    OutgoingMail.objects.all().delete()
    past = timezone.now() - datetime.timedelta(minutes=5)
    Page.objects.filter(pk=world.news.pk).update(expire_at=past)
    publish_due()
    assert fresh(world.news).expired


@event
def moved(world: World) -> None:
    world.claimed()
    target = build_news_index(house_of_region(world.other_region))
    fresh(world.news).move(target, pos="last-child", user=world.administrator)


@event
def deleted(world: World) -> None:
    world.claimed()
    fresh(world.news).delete(user=world.lead)


@event
def house_closed(world: World) -> None:
    world.claimed()
    archive(world.region)


@event
def emergency(world: World) -> None:
    publish_in_emergency(world.news, world.administrator, "Die Nachricht ist falsch.")


@event
def programme_changed(world: World) -> None:
    world.change_programme()


@event
def invited(world: World) -> None:
    names = {"first_name": "Nele", "last_name": "Neumann"}
    invite(world.region, world.lead, email="visitor@example.org", role=Role.EDITOR, **names)


@event
def invited_with_account(world: World) -> None:
    fields = {"email": world.other_lead.email}
    people_emails.tell_of_existing_account(
        builders.build_invitation(world.region, world.lead, **fields)
    )


@event
def role_changed(world: World) -> None:
    change_role(world.region, world.editor, world.lead, Role.LEAD, expected_role=Role.EDITOR)


@event
def work_left(world: World) -> None:
    leave(world.region, world.editor, world.lead, expected_role="editor")


@event
def password_forgotten(world: World) -> None:
    world.client.post(reverse("account_reset_password"), {"email": world.editor.email})


@event
def factor_reset(world: World) -> None:
    set_up_factor(world.editor)
    reset(world.editor, world.administrator)


@event
def daily_digest(world: World) -> None:
    Digest.objects.create(user=world.editor, kind="daily", sent_on=datetime.date(2026, 11, 1))
    queue_mail(world.editor.email, "Freigegeben", "Ihr Text.", may_wait=True)
    send_daily(timezone.now().replace(hour=12))


@event
def weekly_digest(world: World) -> None:
    Digest.objects.create(user=world.editor, kind="weekly", sent_on=datetime.date(2026, 11, 1))
    send_weekly()


@event
def enquiry(world: World) -> None:
    enquiries.receive(world.enquiry(world.region), desk_of(world.region))


@event
def enquiry_to_desk(world: World) -> None:
    enquiries.receive(world.enquiry(None), desk_of(None))


@event
def enquiry_answered(world: World) -> None:
    enquiries.answer(world.enquiry(world.region), world.lead, "Gern.")


@event
def enquiry_handed_over(world: World) -> None:
    agreement = "Am Telefon zugestimmt."
    moved_on = world.enquiry(world.region)
    enquiries.hand_over(moved_on, world.lead, world.other_region, agreement)


def test_every_row_can_happen() -> None:
    assert list(EVENTS) == [name for name, _told in rows()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_row(row: Row, client, region, other_region, editor, lead, news) -> None:
    name, told = row
    world = World(client, news)
    EVENTS[name](world)
    assert world.told() == told
