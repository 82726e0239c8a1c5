"""What became of a person's own pages: drafts, returned, in review."""

from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from cms.dashboard.sections import Button, Listing, Row, Section
from cms.editing.drafts import drafts
from cms.models import User
from regions.access import below, own_house_paths
from regions.isolation.reach import has_national_scope
from workflows.corrections import Question, open_questions
from workflows.dashboard.absent_leads import AbsentLeads
from workflows.dashboard.open_reviews import about
from workflows.due_dates import is_overdue
from workflows.models import HouseReviewTask
from workflows.page_state import PageState, page_states


class OwnPages:
    """The pages a person wrote or submitted, as far as they are still within reach; three queries.

    Shared by the sections below.
    """

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def _within_reach(self) -> Q:
        """Who has left a house sees nothing of it any more."""
        return Q() if has_national_scope(self.user) else below(own_house_paths(self.user))

    @cached_property
    def _states(self) -> list[WorkflowState]:
        """Open reviews the person asked for, and those of pages the person began."""
        pages = ContentType.objects.get_for_model(Page)
        open_states = WorkflowState.objects.active().filter(base_content_type=pages)
        asked = open_states.filter(requested_by=self.user)
        owned = about(open_states, Page.objects.filter(owner=self.user))
        both = asked.order_by().values("pk").union(owned.order_by().values("pk"))
        found = WorkflowState.objects.filter(pk__in=both).select_related(
            "current_task_state__task", "current_task_state__finished_by"
        )
        return list(found.order_by("current_task_state__started_at", "pk"))

    @cached_property
    def questions(self) -> list[Question]:
        """Reviewers' corrections of the person's texts that wait for their agreement."""
        return open_questions(self.user, Page.objects.filter(self._within_reach).order_by())

    @cached_property
    def pages(self) -> dict[int, Page]:
        """Drafts and pages in review by their ids, the last changed first."""
        changed = drafts(Page.objects.filter(alias_of=None))
        # Together they would have the database read every page.
        parts = [
            part.order_by().values("pk")
            for part in (
                Page.objects.filter(pk__in=[int(state.object_id) for state in self._states]),
                changed.filter(owner=self.user),
                changed.filter(latest_revision__user=self.user),
            )
        ]
        found = Page.objects.filter(pk__in=parts[0].union(*parts[1:]))
        found = found.filter(self._within_reach).order_by("-latest_revision_created_at", "-pk")
        return {page.pk: page for page in found}

    @cached_property
    def reviews(self) -> list[tuple[Page, WorkflowState]]:
        """Pages with their open review, the longest waiting first."""
        found = [(self.pages.get(int(state.object_id)), state) for state in self._states]
        return [(page, state) for page, state in found if page is not None]

    @cached_property
    def drafts(self) -> list[Page]:
        """Pages that were begun or changed and not submitted."""
        reviewed = {int(state.object_id) for state in self._states}
        return [page for pk, page in self.pages.items() if pk not in reviewed]


class _OwnSection(Section):
    def __init__(self, user: User, own: OwnPages) -> None:
        super().__init__(user)
        self.own = own

    def _listing(self, rows: list[Row]) -> Listing:
        return Listing(rows[self.start : self.stop], len(rows))


class Corrections(_OwnSection):
    """Slips that a reviewer corrected; the approval follows when the author agrees."""

    name = "corrections"
    order = 14
    heading = gettext_lazy("Do you agree?")

    def load(self) -> Listing:
        return self._listing([_corrected(question) for question in self.own.questions])


def _corrected(question: Question) -> Row:
    name = question.reviewer.get_full_name()
    return Row(
        title=question.page.get_admin_display_title(),
        url=_edit(question.page),
        about=_("%(name)s corrected a slip") % {"name": name},
        note=str(question.slip),
        button=Button(_("I agree"), question.url),
    )


class Returned(_OwnSection):
    """What somebody wants changed, with the reason."""

    name = "returned"
    order = 15
    heading = gettext_lazy("Sent back to you")

    def load(self) -> Listing:
        return self._listing(
            [
                _returned(page, state)
                for page, state in self.own.reviews
                if state.status == WorkflowState.STATUS_NEEDS_CHANGES
            ]
        )


def _returned(page: Page, state: WorkflowState) -> Row:
    step = state.current_task_state
    name = step.finished_by.get_full_name() if step and step.finished_by else ""
    return Row(
        title=page.get_admin_display_title(),
        url=_edit(page),
        about=_("%(name)s asks for changes") % {"name": name} if name else _("Changes asked for"),
        since=step.finished_at if step else None,
        note=step.comment if step else "",
    )


class InReview(_OwnSection):
    """What waits for somebody else: for whom, and since when."""

    name = "in-review"
    order = 65
    heading = gettext_lazy("Your pages in review")

    def load(self) -> Listing:
        waiting = [
            (page, state)
            for page, state in self.own.reviews
            if state.status == WorkflowState.STATUS_IN_PROGRESS
        ]
        shown = waiting[self.start : self.stop]
        for page, state in shown:
            # What `page_states` would ask for; what is in review is not scheduled.
            vars(page).update(_current_workflow_states=[state], _approved_schedule=False)
        states = page_states([page for page, _state in shown])
        steps = [(page, state.current_task_state) for page, state in shown]
        away = AbsentLeads() if any(_is_of_house(step) for _page, step in steps) else None
        rows = [_in_review(page, states[page.pk], step, away) for page, step in steps]
        return Listing(rows, len(waiting))


def _is_of_house(step: TaskState | None) -> bool:
    """Whether the house decides."""
    return step is not None and step.task.specific_class is HouseReviewTask


def _absences(away: AbsentLeads | None, page: Page, step: TaskState | None) -> list[str]:
    """Who would decide for the house but is away."""
    return away.of(page.path) if away and _is_of_house(step) else []


def _in_review(
    page: Page, state: PageState, step: TaskState | None, away: AbsentLeads | None
) -> Row:
    return Row(
        title=page.get_admin_display_title(),
        url=_edit(page),
        about=" · ".join([str(state.label), *_absences(away, page, step)]),
        since=state.since,
        is_late=step is not None and is_overdue(step),
    )


class Drafts(_OwnSection):
    """What was begun and never submitted."""

    name = "drafts"
    order = 50
    heading = gettext_lazy("Your drafts")
    quiet = gettext_lazy("no drafts")

    def load(self) -> Listing:
        return self._listing([_draft(page) for page in self.own.drafts])


def _draft(page: Page) -> Row:
    if page.live:
        about = _("changes of a public page")
    else:
        about = _("not public any more") if page.first_published_at else _("not submitted yet")
    return Row(
        title=page.get_admin_display_title(),
        url=_edit(page),
        about=about,
        since=page.latest_revision_created_at,
    )


def _edit(page: Page) -> str:
    """Where it is edited, and back to the start page when it has been submitted."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{address}?next={reverse('wagtailadmin_home')}"
