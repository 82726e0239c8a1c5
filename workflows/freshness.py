"""Which pages somebody should read again (F27: quality assurance), and who says they are right."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState

from cms.editing.conflicts import locked
from cms.models import BasePage, FreshnessMixin, User

#: Who looks after a page hears so long before that it expires.
EXPIRES_SOON = datetime.timedelta(days=30)


def ageing_types() -> Iterator[type[Any]]:
    """The page types that carry dates of freshness."""
    for model in apps.get_models():
        if issubclass(model, Page) and is_ageing(model):
            yield model


def is_ageing(page_class: type) -> bool:
    """Whether pages of a type carry dates of freshness."""
    return FreshnessMixin in page_class.__mro__


def checks_due() -> QuerySet[Page]:
    """Public pages of all types whose day to be checked again has come, longest waiting first.

    Returns:
        Pages with that day as ``check_again_on``.
    """
    # Joined: a subquery would be asked for every page there is.
    days = [F(f"{model._meta.model_name}__check_again_on") for model in ageing_types()]
    none = Value(None, output_field=DateField())
    return (
        Page.objects.filter(live=True, alias_of__isnull=True)
        .annotate(check_again_on=Coalesce(*days, none))
        .filter(check_again_on__lte=timezone.localdate())
        .select_related("content_type", "locale")
        .order_by("check_again_on", "title")
    )


@dataclass(frozen=True)
class AgeingPage:
    """A public page to be checked, or that expires soon.

    Args:
        pk: its id.
        title: its public title.
        check_again_on: the day it was to be checked again, if that has come.
        expires_on: its last day, if it has one.
        is_overdue: whether visitors are told that the check is overdue.
    """

    pk: int
    title: str
    check_again_on: datetime.date | None
    expires_on: datetime.date | None
    is_overdue: bool

    @property
    def day(self) -> datetime.date:
        """The day it is about."""
        return self.check_again_on or self.expires_on or timezone.localdate()


def due_or_expiring(where: Q) -> list[AgeingPage]:
    """Public pages to be checked, or that expire soon, in one query.

    Args:
        where: which pages.
    """
    today = timezone.localdate()
    soon = Q(expires_on__range=(today, today + EXPIRES_SOON))
    types = {model._meta.label_lower: model for model in ageing_types()}
    found = [
        model.objects.filter(Q(check_again_on__lte=today) | soon, where, live=True, alias_of=None)
        .order_by()
        .values_list("pk", Value(label), "title", "check_again_on", "expires_on")
        for label, model in types.items()
    ]
    first, *rest = found
    pages = []
    for pk, label, title, check, last in first.union(*rest, all=True):
        due = check if check and check <= today else None
        overdue = due is not None and due + types[label].check_grace < today
        pages.append(AgeingPage(pk, title, due, last, overdue))
    return pages


@dataclass(frozen=True)
class DatedPage:
    """A public page and its days, whichever they are; its title is that of the latest version."""

    pk: int
    path: str
    title: str
    check_again_on: datetime.date | None
    expires_on: datetime.date | None


def dated_pages(where: Q, first: datetime.date, last: datetime.date) -> list[DatedPage]:
    """Public pages to be checked, or that expire, on a day from ``first`` to ``last``; one query.

    Args:
        where: which pages.
        first: the first day.
        last: the last day, included.
    """
    days = (first, last)
    dated = Q(check_again_on__range=days) | Q(expires_on__range=days)
    found = [
        model.objects.filter(dated, where, live=True, alias_of=None)
        .order_by()
        .values_list("pk", "path", "draft_title", "check_again_on", "expires_on")
        for model in ageing_types()
    ]
    start, *rest = found
    return [DatedPage(*row) for row in start.union(*rest, all=True)]


@transaction.atomic
def confirm(page: BasePage, user: User) -> None:
    """Note that somebody has read a public page today and found it still right.

    No edit and no review: it changes no text. Versions that wait to become public get the same
    dates, otherwise publishing them would take the confirmation back.

    Raises:
        TypeError: for a page whose type does not age.
    """
    if not isinstance(page, FreshnessMixin):
        raise TypeError(f"{page._meta.label} has no dates of freshness.")
    # What the editor saves by itself meanwhile waits, so that no text of it is written over.
    current = locked(page)
    page.checked_on, page.check_again_on = current.dates_after_check()
    page.save(clean=False, update_fields=["checked_on", "check_again_on"])
    dates = {"checked_on": str(page.checked_on), "check_again_on": str(page.check_again_on)}
    for revision in _versions(current):
        content = {**revision.content, **dates}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    log(instance=page, action="workflows.checked", user=user, data=dates)


def _versions(page: BasePage) -> QuerySet[Revision]:
    """What is public, the latest draft, what is in review and what is scheduled."""
    in_review = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, revision__object_id=str(page.pk)
    )
    return page.revisions.filter(
        Q(pk__in=(page.live_revision_id, page.latest_revision_id))
        | Q(pk__in=in_review.values("revision"))
        | Q(approved_go_live_at__isnull=False)
    )
