"""The work assigned to a person of a house, and how it passes to somebody else.

Rooms above register what they know of, e.g. reviews somebody has taken.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise
from wagtail.models import Page, PageSubscription, WorkflowState

from cms.editing.drafts import drafts
from cms.models import User
from regions.access import pages_of
from regions.enquiries import actions as enquiry_work
from regions.models import Enquiry, Invitation, Region
from regions.models.enquiry import Status


@dataclass(frozen=True)
class Item:
    """One piece of assigned work: what it is called and where it is worked on."""

    title: str
    url: str


class Responsibility(ABC):
    """One kind of work that can be assigned to a person of a house."""

    heading: StrOrPromise = ""

    def counts(self, region: Region) -> dict[int, int]:
        """How many open ones each person has, by account; in one or two queries."""
        return {}

    def phrase(self, count: int) -> str:
        """The number in words, for the list of people."""
        return str(count)

    def items(self, region: Region, user: User) -> list[Item]:
        """The open ones of ``user``, to be named in the successor's mail."""
        return []

    @abstractmethod
    def pass_on(
        self, region: Region, user: User, successor: User | None, actor: User | None
    ) -> None:
        """Give everything to ``successor``, or to nobody in particular."""


_responsibilities: list[Responsibility] = []


def register(responsibility: Responsibility) -> None:
    """Have a kind of work counted and handed over; called by rooms when they are ready."""
    if all(type(known) is not type(responsibility) for known in _responsibilities):
        _responsibilities.append(responsibility)


def registered() -> list[Responsibility]:
    """All kinds, in the order they were registered."""
    return list(_responsibilities)


def address(name: str, *args: object) -> str:
    """The whole address of a view of the admin, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def page_items(numbers: Iterable[int | str]) -> list[Item]:
    """Pages by their numbers, which a review keeps as text; in the order of their titles."""
    return [
        Item(page.get_admin_display_title(), address("wagtailadmin_pages:edit", page.pk))
        for page in Page.objects.filter(pk__in=[int(pk) for pk in numbers]).order_by("title")
    ]


def open_reviews(region: Region) -> QuerySet[WorkflowState]:
    """Reviews of the house's pages that have not ended."""
    pages = [str(pk) for pk in pages_of([region]).values_list("pk", flat=True)]
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=pages,
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    )


class Drafts(Responsibility):
    """Pages somebody began; open is what is neither as it is public nor submitted yet."""

    heading = _("Drafts")

    def _open(self, region: Region) -> QuerySet[Page]:
        submitted = [int(pk) for pk in open_reviews(region).values_list("object_id", flat=True)]
        return drafts(pages_of([region])).exclude(pk__in=submitted)

    def counts(self, region: Region) -> dict[int, int]:
        """Pages with unpublished changes, by owner."""
        rows = self._open(region).filter(owner__isnull=False).order_by()
        return dict(rows.values_list("owner").annotate(Count("pk")))

    def phrase(self, count: int) -> str:
        return ngettext("%(count)d draft", "%(count)d drafts", count) % {"count": count}

    def items(self, region: Region, user: User) -> list[Item]:
        return page_items(self._open(region).filter(owner=user).values_list("pk", flat=True))

    def pass_on(
        self, region: Region, user: User, successor: User | None, actor: User | None
    ) -> None:
        """All pages change hands, locks are opened, mails about comments go to the successor."""
        pages = pages_of([region])
        pages.filter(owner=user).update(owner=successor)
        pages.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
        subscribed = PageSubscription.objects.filter(user=user, page__in=pages)
        if successor:
            for row in subscribed.filter(comment_notifications=True):
                PageSubscription.objects.update_or_create(
                    user=successor, page_id=row.page_id, defaults={"comment_notifications": True}
                )
        subscribed.delete()


class Submissions(Responsibility):
    """Reviews somebody asked for: the outcome is mailed to them."""

    heading = _("Submitted for review")

    def counts(self, region: Region) -> dict[int, int]:
        """Open reviews, by who asked for them."""
        rows = open_reviews(region).filter(requested_by__isnull=False).order_by()
        return dict(rows.values_list("requested_by").annotate(Count("pk")))

    def phrase(self, count: int) -> str:
        return ngettext("%(count)d submission", "%(count)d submissions", count) % {"count": count}

    def items(self, region: Region, user: User) -> list[Item]:
        pages = open_reviews(region).filter(requested_by=user).values_list("object_id", flat=True)
        return page_items(pages)

    def pass_on(
        self, region: Region, user: User, successor: User | None, actor: User | None
    ) -> None:
        open_reviews(region).filter(requested_by=user).update(requested_by=successor)


class Enquiries(Responsibility):
    """Enquiries somebody looks after."""

    heading = _("Enquiries")

    def _open(self, region: Region) -> QuerySet[Enquiry]:
        return Enquiry.objects.filter(region=region).exclude(status=Status.CLOSED)

    def counts(self, region: Region) -> dict[int, int]:
        """Enquiries that are not closed, by owner."""
        rows = self._open(region).filter(owner__isnull=False).order_by()
        return dict(rows.values_list("owner").annotate(Count("pk")))

    def phrase(self, count: int) -> str:
        return ngettext("%(count)d enquiry", "%(count)d enquiries", count) % {"count": count}

    def items(self, region: Region, user: User) -> list[Item]:
        """Names nobody: mails only point to what visitors wrote."""
        return [
            Item(
                enquiry.subject_title or str(_("Enquiry")),
                f"{settings.WAGTAILADMIN_BASE_URL}{enquiry.admin_url}",
            )
            for enquiry in self._open(region).filter(owner=user)
        ]

    def pass_on(
        self, region: Region, user: User, successor: User | None, actor: User | None
    ) -> None:
        """Open ones get an owner with a line in their history; closed ones keep who did it."""
        for enquiry in self._open(region).filter(owner=user):
            enquiry_work.pass_on(enquiry, successor, actor)


class OpenInvitations(Responsibility):
    """Invitations hold only while whoever sent them may invite."""

    heading = _("Invitations")

    def _open(self, region: Region, user: User) -> QuerySet[Invitation]:
        return region.invitations.filter(
            invited_by=user, accepted_at__isnull=True, withdrawn_at__isnull=True
        )

    def items(self, region: Region, user: User) -> list[Item]:
        """Those that somebody has to look after, named only where they can be."""
        people = address("people", region.slug)
        return [Item(invitation.name, people) for invitation in self._open(region, user)]

    def pass_on(
        self, region: Region, user: User, successor: User | None, actor: User | None
    ) -> None:
        """To a lead or administrator; otherwise they can be sent again by one."""
        heirs = [person for person in (successor, actor) if person and person.pk != user.pk]
        for heir in heirs:
            leads = heir.groups.filter(pk=region.leads_group_id).exists()
            if heir.is_superuser or leads:
                self._open(region, user).update(invited_by=heir)
                return


def open_work(region: Region) -> dict[int, list[str]]:
    """The work assigned to each person, in words, by account."""
    found: dict[int, list[str]] = {}
    for responsibility in registered():
        for user_id, count in responsibility.counts(region).items():
            found.setdefault(user_id, []).append(responsibility.phrase(count))
    return found
