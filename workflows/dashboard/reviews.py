"""What waits for a reviewer: the leads of a house, the national desk."""

import datetime
from statistics import median
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from cms.dashboard.sections import Listing, Row, Section
from cms.models import User
from regions.access import (
    is_administrator,
    is_national_editor,
    leads_a_house,
    leads_several,
    national_editors,
)
from workflows.dashboard.absent_leads import AbsentLeads
from workflows.dashboard.open_reviews import (
    LedHouse,
    NationwideReviews,
    OpenStep,
    reviews_of_houses,
    waiting_reviews,
)

if TYPE_CHECKING:
    from laces.typing import RenderContext

#: Days over which the time to publish is counted.
COUNTED_DAYS = 90
#: How long a process shows the same figure: of tens of thousands of reviews it takes a while.
COUNTED_SECONDS = 60 * 60


def acts_for_desk(user: User) -> bool:
    """Whether what waits for the desk waits for ``user``: administrators only if nobody else is."""
    if not is_administrator(user):
        return is_national_editor(user)
    desk = set(national_editors().values_list("pk", flat=True))
    return not desk or user.pk in desk


class HouseReviews(Section):
    """For leads: what their houses have to decide, and they can."""

    name = "reviews"
    row_template = "admin/dashboard/review_row.html"
    order = 20
    heading = _("Awaiting your review")
    quiet = _("nothing to review")
    limit = 6

    def is_for_user(self) -> bool:
        return leads_a_house(self.user, open_only=True) and not is_national_editor(self.user)

    def load(self) -> Listing:
        steps = reviews_of_houses(self.user)
        # Who leads one house knows its name.
        houses: dict[str, str] | None = None if leads_several(self.user) else {}
        return Listing(*waiting_reviews(self.user, steps, self.start, self.stop, houses))


class DeskReviews(Section):
    """For the national desk: what nobody else can decide."""

    name = "desk-reviews"
    row_template = "admin/dashboard/review_row.html"
    order = 20
    heading = _("Awaiting your review")
    quiet = _("nothing to review")
    limit = 6

    def __init__(self, user: User, nationwide: NationwideReviews) -> None:
        super().__init__(user)
        self.nationwide = nationwide

    def is_for_user(self) -> bool:
        return acts_for_desk(self.user)

    def load(self) -> Listing:
        steps, houses = self.nationwide.for_desk, self.nationwide.house_names
        return Listing(*waiting_reviews(self.user, steps, self.start, self.stop, houses))


class OverdueInHouses(Section):
    """For the national desk: what a house has let wait for too long."""

    name = "overdue"
    order = 40
    heading = _("Overdue in the houses")
    quiet = _("nothing overdue")
    limit = 3

    def __init__(self, user: User, nationwide: NationwideReviews) -> None:
        super().__init__(user)
        self.nationwide = nationwide

    def is_for_user(self) -> bool:
        return is_national_editor(self.user) and not is_administrator(self.user)

    def load(self) -> Listing:
        steps = self.nationwide.overdue_in_houses
        shown = steps[self.start : self.stop]
        away = AbsentLeads() if any(self._house(step).absent for step in shown) else None
        return Listing([self._row(step, away) for step in shown], len(steps))

    def _house(self, step: OpenStep) -> LedHouse:
        return self.nationwide.houses[self.nationwide.pages[step.page_id].house]

    def _row(self, step: OpenStep, away: AbsentLeads | None) -> Row:
        page = self.nationwide.pages[step.page_id]
        about = " · ".join([self._house(step).name, *(away.of(page.path) if away else [])])
        url = reverse("wagtailadmin_pages:edit", args=[step.page_id])
        return Row(page.title, url, about=about, since=step.since, is_late=True)


class TimeToPublish(Component):
    """For the national desk: how long a page waits from submission to approval."""

    name = "time-to-publish"
    template_name = "admin/dashboard/time_to_publish.html"
    order = 900

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """The median in days and the number of pages; nothing for everybody else."""
        if not is_national_editor(self.user) or is_administrator(self.user):
            return {}
        return (
            cache.get_or_set("workflows.time_to_publish", _time_to_publish, COUNTED_SECONDS) or {}
        )


def _time_to_publish() -> dict[str, object]:
    since = timezone.now() - datetime.timedelta(days=COUNTED_DAYS)
    approved = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_APPROVED, created_at__gte=since
    )
    took = approved.annotate(end=F("current_task_state__finished_at"))
    days = [
        (end - begin).total_seconds() / 86_400
        for begin, end in took.values_list("created_at", "end")
        if end
    ]
    return {"days": median(days), "pages": len(days), "counted": COUNTED_DAYS} if days else {}
