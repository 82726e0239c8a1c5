"""Entries of the log as lines to be read: in plain words, naming nobody who must not be named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.permissions import policy_registry

from audit.log_entries import deleted_account
from audit.models import TrailEntry
from audit.record import APPROVALS
from cms.models import User
from regions.access import is_administrator, is_national_editor
from regions.isolation.log_messages import NAME_ANOTHER_PAGE

BATCH = 200


@dataclass(frozen=True)
class Line:
    """One line of the log."""

    timestamp: datetime
    actor: str
    action: str
    message: str
    comment: str
    label: str
    url: str
    kind: str
    house: str
    author: str = ""
    approver: str = ""
    revision: str = ""
    compare_url: str = ""


def lines(entries: Iterable[TrailEntry], user: User) -> Iterator[Line]:
    """Lines for ``user``, with a number of queries that does not grow with a page of them."""
    for some in _batches(entries):
        context = _Context(some, user)
        yield from (context.line(entry) for entry in some)


def _batches(entries: Iterable[TrailEntry]) -> Iterator[list[TrailEntry]]:
    some: list[TrailEntry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


class _Context:
    """What the lines of one batch need, loaded at once."""

    def __init__(self, rows: list[TrailEntry], user: User) -> None:
        entries = [row.entry for row in rows]
        self.sees_all = is_administrator(user) or is_national_editor(user)
        people = {entry.user_id for entry in entries}
        people |= {entry.data.get("author") for entry in entries}
        self.people = get_user_model().objects.in_bulk(people - {None})
        pages = {row.page_entry.page_id for row in rows if row.page_entry}
        self.editable = self._editable(pages, user)
        revisions = {entry.revision_id for entry in entries}
        revisions |= {entry.data.get("before") for entry in entries}
        found = Revision.objects.filter(pk__in=revisions - {None})
        self.revisions = set(found.values_list("pk", flat=True))
        self.accounts = ContentType.objects.get_for_model(get_user_model()).pk
        ids = {account_id for row in rows if (account_id := self._account_id(row))}
        there = get_user_model().objects.filter(pk__in=ids).values_list("pk", flat=True)
        self.there = {str(pk) for pk in there}

    def _account_id(self, row: TrailEntry) -> str:
        """The key of the account that the entry is about, as the log has it; else empty."""
        entry = row.model_entry
        return str(entry.object_id) if entry and entry.content_type_id == self.accounts else ""

    def _editable(self, pages: set[int], user: User) -> set[int]:
        """Links lead only where the reader may go: a page may have moved away since."""
        policy = policy_registry.get_by_type(Page)
        mine = policy.instances_user_has_permission_for(user, "change")
        return set(mine.filter(pk__in=pages).values_list("pk", flat=True))

    def _name(self, user_id: int | None) -> str:
        user = self.people.get(user_id)
        return user.get_full_name() if user else deleted_account()

    def _actor(self, row: TrailEntry) -> str:
        if row.entry.user_id is None:
            return _("Automatically")
        if not (row.names_actor or self.sees_all):
            return _("Somebody of another house")
        return self._name(row.entry.user_id)

    def _label(self, row: TrailEntry) -> str:
        account_id = self._account_id(row)
        if account_id and account_id not in self.there:
            return deleted_account()
        return row.entry.label

    def _message(self, row: TrailEntry) -> str:
        entry = row.entry
        if entry.action in NAME_ANOTHER_PAGE and not self.sees_all:
            return capfirst(str(entry.formatter.label)) if entry.formatter else ""
        return str(entry.message)

    def line(self, row: TrailEntry) -> Line:
        """Turn a log entry into a line of the table, in words the reader may see."""
        entry = row.entry
        page_id = row.page_entry.page_id if row.page_entry else None
        editable = page_id in self.editable
        approval = self._approval(row) if entry.action in APPROVALS else {}
        return Line(
            timestamp=entry.timestamp,
            actor=self._actor(row),
            action=str(entry.formatter.label) if entry.formatter else entry.action,
            message=self._message(row),
            comment=str(entry.comment or ""),
            label=self._label(row),
            url=reverse("wagtailadmin_pages:edit", args=[page_id]) if editable else "",
            kind=capfirst(str(entry.object_verbose_name)) if entry.content_type else "",
            house=row.region.name if row.region else (row.region_name or _("National")),
            compare_url=self._compare_url(page_id, entry) if editable and approval else "",
            **approval,
        )

    def _approval(self, row: TrailEntry) -> dict[str, str]:
        """Names of author and approver, and the id of the approved revision."""
        entry = row.entry
        return {
            "author": self._name(entry.data.get("author")),
            "approver": self._actor(row),
            "revision": str(entry.revision_id or ""),
        }

    def _compare_url(self, page_id: int | None, entry: PageLogEntry | ModelLogEntry) -> str:
        """What the approved version changed, or the version where nothing was public before."""
        before = entry.data.get("before")
        if entry.revision_id not in self.revisions:
            return ""
        if before in self.revisions:
            numbers = [page_id, before, entry.revision_id]
            return reverse("wagtailadmin_pages:revisions_compare", args=numbers)
        return reverse("wagtailadmin_pages:revisions_view", args=[page_id, entry.revision_id])
