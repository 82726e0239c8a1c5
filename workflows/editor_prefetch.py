"""Lists of pages and the page editor, made cheap: what several parts ask for is loaded once."""

from typing import Any

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision, WorkflowState

from cms.accounts.requests import SignedInRequest
from cms.locales import locales
from cms.models import User
from cms.models.revision_content import load_choices
from regions.access import ancestors_of
from workflows import decision_messages
from workflows.models.claims import load_claim


class LoadedEditView(EditView):
    """Wagtail's edit page; what several parts of it ask for is loaded before the first does."""

    request: SignedInRequest

    def get_object(self) -> Page:
        """The version that is edited, with its review where it is only shown."""
        page: Page = super().get_object()
        if self.request.method == "GET":
            load_choices(page)
            vars(page)["scheduled_revision"] = self.scheduled_revision
            load_review(page, self.latest_revision, self.request.user)
        return page

    def add_save_confirmation_message(self) -> None:
        """Say what a decision did; Wagtail says *updated*, whatever became of it."""
        is_decision = self.action_name == "perform_workflow_action"
        if not (is_decision and self._say_what_was_decided()):
            super().add_save_confirmation_message()

    def _say_what_was_decided(self) -> bool:
        stored = Page.objects.get(pk=self.page.pk).specific
        return decision_messages.add(self.request, stored, self.workflow_action or "")


class ShortIndexView(ExplorableIndexView):
    """Wagtail's list of pages; a row takes 5 ms to render, and nobody reads fifty."""

    paginate_by = 25


class LoadedPages(PageViewSet):
    """Has all pages listed by :class:`ShortIndexView` and edited by :class:`LoadedEditView`."""

    index_view_class = ShortIndexView
    edit_view_class = LoadedEditView


def load_review(page: Page, latest: Revision | None, user: User) -> None:
    """Remember the open review of ``page`` on it, for a screen that only shows the page.

    A decision would change it. The names are those under which Wagtail looks before it asks the
    database.

    Args:
        page: the version that is edited, as its own type.
        latest: its latest revision.
        user: who looks at it.
    """
    if locale := locales().get(page.locale_id):
        page.locale = locale
    states = list(
        page.workflow_states.active().select_related(
            "workflow", "requested_by", "current_task_state__task"
        )
    )
    vars(page)["_current_workflow_states"] = states
    _load_people(page, latest, [user, *(state.requested_by for state in states)])
    if latest:
        page.latest_revision = latest
        if page.live_revision_id == latest.pk:
            page.live_revision = latest
    for state in states:
        _load(state, page)


def _load_people(page: Page, latest: Revision | None, known: list[User | None]) -> None:
    """Have the page know its owner, and its latest version who saved it."""
    people = {person.pk: person for person in known if person}
    ids = {page.owner_id, latest.user_id if latest else None} - {None, *people}
    people |= User.objects.in_bulk(ids) if ids else {}
    if page.owner_id in people:
        page.owner = people[page.owner_id]
    if latest and latest.user_id in people:
        latest.user = people[latest.user_id]


def _load(state: WorkflowState, page: Any) -> None:
    """Have a review know its page, its step and the claim on that."""
    if step := state.current_task_state:
        step.workflow_state = state
        load_claim(step)
    # The review refers to the page as any page, made of the same values without a query.
    stored = page.page_ptr
    stored.latest_revision, stored.owner = page.latest_revision, page.owner
    vars(stored).update(_current_workflow_states=[state], _ancestors=ancestors_of(page))
    WorkflowState._meta.get_field("content_object").set_cached_value(state, stored)
    applicable = state._get_applicable_task_states()
    vars(state)["_get_applicable_task_states"] = applicable.all
