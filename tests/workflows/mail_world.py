"""Two houses, the desk and the administration, for the events that mails tell of."""

import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from cms.models import OutgoingMail, User
from demo import builders, people
from demo.builders import build_news_index, house_of_region
from demo.builders.funding import build_addition, build_funding, build_funding_index
from demo.review import approve, publish, submit
from regions.models import Enquiry, Region
from regions.people import absences
from tests.databases import regions, usual
from workflows.models import claims


def fresh(page: Page) -> Any:
    """The page as it is stored, as its own type."""
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

    def write(self, user: User, **fields: Any) -> Any:
        """Another news item of the house."""
        index = build_news_index(house_of_region(self.region))
        return builders.build_news(index, user, slug="zweite", **fields)

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

    def correct(self, text: str) -> None:
        """A news item in review, in which the lead makes ``text`` of its paragraph and approves."""
        body = builders.text_body("<p>Bekannte Gesichter aus Verienen kamen zur Burg.</p>")
        page = self.write(self.editor, body=body)
        submit(page, self.editor)
        OutgoingMail.objects.all().delete()
        draft = fresh(page).get_latest_revision_as_object()
        draft.body = builders.text_body(f"<p>{text}</p>")
        draft.save_revision(user=self.lead)
        approve(page, self.lead)

    def change_programme(self) -> None:
        """A national programme that the house adds to, changed; its review is none of the event."""
        programme = publish(build_funding(user=self.desk), self.desk)
        index = build_funding_index(house_of_region(self.region))
        publish(build_addition(index, self.editor, programme=programme), self.editor)
        programme = fresh(programme)
        programme.summary = "Jetzt anders."
        programme.save_revision(user=self.desk)
        publish(fresh(programme), self.desk)
        OutgoingMail.objects.exclude(subject__startswith="Geändert").delete()

    def enquiry(self, region: Region | None) -> Enquiry:
        """An enquiry of a visitor, about which nobody was told."""
        enquiry = builders.build_enquiry(region, email="visitor@example.org")
        OutgoingMail.objects.all().delete()
        return enquiry

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
