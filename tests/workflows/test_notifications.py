"""Who gets which mail, row by row as docs/reference/notifications.md has it."""

import datetime
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageSubscription, Revision, TaskState

from cms.accounts.mfa_reset import reset
from cms.dashboard.daily_digest import send_due as send_daily
from cms.dashboard.weekly_digest import send_due as send_weekly
from cms.jobs.mail_queue import queue_mail
from cms.models import Digest, OutgoingMail, User
from demo import builders, people
from demo.builders import build_news_index, house_of_region
from demo.review import approve, claim, request_changes, submit
from regions.archiving import archive
from regions.enquiries import actions as enquiries
from regions.enquiries.recipients import desk_of
from regions.models import Enquiry, Region, Role
from regions.people import absences
from regions.people import emails as people_emails
from regions.people.invitations import invite
from regions.people.leaving import leave
from regions.people.roles import change_role
from tests.databases import regions, usual
from tests.edit_page import untouched
from tests.signing_in import set_up_factor
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


EVENTS: dict[str, "Callable[[World], object]"] = {}


def event(happen: "Callable[[World], object]") -> "Callable[[World], object]":
    """Register what makes the event of this name happen."""
    EVENTS[happen.__name__] = happen
    return happen


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


class World:
    """Two houses, the desk and the administration, as far as an event asks for them."""

    def __init__(self, client: Any, news: Any) -> None:
        self.client, self.news = client, news
        self.region, self.other_region = regions.region(), regions.other_region()
        self.editor, self.lead = usual.editor(), usual.lead()
        self.desk, self.desk_colleague = usual.national_editor(), usual.second_national_editor()
        self.administrator = people.build_administrator("admin@example.org")
        self.other_lead = people.build_lead(self.other_region, "other-lead@example.org")

    @cached_property
    def colleague(self) -> User:
        """Another lead of the house."""
        return people.build_lead(self.region, "colleague@example.org")

    @cached_property
    def claimant(self) -> User:
        """Another one, who takes reviews on."""
        return people.build_lead(self.region, "claimant@example.org")

    @cached_property
    def deputy(self) -> User:
        """Another one, who stands in for the lead."""
        return people.build_lead(self.region, "deputy@example.org")

    def away(self, user: User, deputy: User | None = None) -> None:
        """``user`` is away from today on."""
        today = timezone.localdate()
        absences.state(user, today, today + datetime.timedelta(days=7), deputy)
        OutgoingMail.objects.filter(subject__contains="Vertretung").delete()

    @cached_property
    def example(self) -> Any:
        """A draft that the desk decides on."""
        index = builders.build_example_index(house_of_region(self.region))
        return builders.build_example(index, self.editor)

    @property
    def step(self) -> TaskState:
        return fresh(self.news).current_workflow_task_state

    def in_review(self) -> None:
        """The news item, submitted by the editor; the mails about it are none of the event's."""
        submit(self.news, self.editor)
        OutgoingMail.objects.all().delete()

    def claimed(self) -> None:
        """The same, taken on."""
        claimant = self.claimant
        self.in_review()
        claims.take(self.step, claimant)

    def at_desk(self) -> None:
        """The example, with the desk."""
        submit(self.example, self.editor)
        approve(self.example, self.lead)
        OutgoingMail.objects.all().delete()

    def planned(self, when: datetime.datetime) -> Revision:
        """The news item, approved to go public at a time."""
        self.news.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        self.news.save_revision(user=self.editor)
        submit(fresh(self.news), self.editor)
        approve(self.news, self.lead)
        revision = Revision.objects.get(approved_go_live_at__isnull=False)
        revision.content["go_live_at"] = when.isoformat()
        revision.approved_go_live_at = when
        revision.save(update_fields=["content", "approved_go_live_at"])
        OutgoingMail.objects.all().delete()
        return revision

    def waiting_for(self, days: int, page: Page) -> None:
        started = timezone.now() - datetime.timedelta(days=days)
        step = fresh(page).current_workflow_task_state
        TaskState.objects.filter(pk=step.pk).update(started_at=started)

    def told(self) -> frozenset[str]:
        """The columns of all who got a mail; an address that stands in none has its own name.

        And *may wait*, if none of the mails had to go at once.
        """
        columns = {
            self.editor.email: "concerned",
            self.lead.email: "leads",
            "colleague@example.org": "leads",
            "claimant@example.org": "claimant",
            "deputy@example.org": "deputy",
            self.desk.email: "desk",
            self.desk_colleague.email: "desk",
            self.administrator.email: "administrators",
            self.other_lead.email: "other house",
            self.other_region.notification_email: "other house",
            self.region.notification_email: "address",
            "visitor@example.org": "visitor",
        }
        mails = OutgoingMail.objects.filter(sent_at=None).values_list("recipient", "may_wait")
        told = frozenset(columns.get(address, address) for address, _may_wait in mails)
        return told | ({"may wait"} if mails and all(may_wait for _, may_wait in mails) else set())


@event
def submitted(world: World) -> None:
    submit(world.news, world.editor)


@event
def submitted_by_lead(world: World) -> None:
    assert world.colleague
    page = builders.build_news(build_news_index(house_of_region(world.region)), world.lead)
    submit(page, world.lead)
    assert not OutgoingMail.objects.filter(recipient=world.lead.email).exists()


@event
def submitted_by_only_lead(world: World) -> None:
    page = builders.build_news(build_news_index(house_of_region(world.region)), world.lead)
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
    world.editor.groups.clear()
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


def _corrected(world: World, text: str) -> None:
    index = build_news_index(house_of_region(world.region))
    body = builders.text_body("<p>Bekannte Gesichter aus Verienen kamen zur Burg.</p>")
    page = builders.build_news(index, world.editor, body=body)
    submit(page, world.editor)
    OutgoingMail.objects.all().delete()
    draft = fresh(page).get_latest_revision_as_object()
    draft.body = builders.text_body(f"<p>{text}</p>")
    draft.save_revision(user=world.lead)
    approve(page, world.lead)


@event
def slip(world: World) -> None:
    assert world.colleague
    _corrected(world, "Bekannte Gesichter aus Vereinen kamen zur Burg.")


@event
def corrected(world: World) -> None:
    assert world.colleague
    _corrected(world, "Ganz neue Menschen aus fremden Betrieben blieben an diesem Tag fern.")


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


def _enquiry(world: World, region: Region | None) -> Enquiry:
    enquiry = builders.build_enquiry(region, email="visitor@example.org")
    OutgoingMail.objects.all().delete()
    return enquiry


@event
def enquiry(world: World) -> None:
    enquiries.receive(_enquiry(world, world.region), desk_of(world.region))


@event
def enquiry_to_desk(world: World) -> None:
    enquiries.receive(_enquiry(world, None), desk_of(None))


@event
def enquiry_answered(world: World) -> None:
    enquiries.answer(_enquiry(world, world.region), world.lead, "Gern.")


@event
def enquiry_handed_over(world: World) -> None:
    agreement = "Am Telefon zugestimmt."
    moved_on = _enquiry(world, world.region)
    enquiries.hand_over(moved_on, world.lead, world.other_region, agreement)


def test_every_row_can_happen() -> None:
    assert list(EVENTS) == [name for name, _told in rows()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_row(row: Row, client, region, other_region, editor, lead, news) -> None:
    name, told = row
    world = World(client, news)
    EVENTS[name](world)
    assert world.told() == told
