"""The page editor asks once for the review that a page is in, instead of some twenty times."""

from typing import Any

from wagtail.models import Page, WorkflowState

from cms.locales import locales
from regions.access import ancestors_of
from workflows.models.claims import load_claim


def load_review(page: Page) -> None:
    """Remember the open review of ``page`` on it, for a screen that only shows the page.

    A decision would change it. The names are those under which Wagtail looks before it asks the
    database.

    Args:
        page: the version that is edited, as its own type.
    """
    if locale := locales().get(page.locale_id):
        page.locale = locale
    states = list(
        page.workflow_states.active().select_related(
            "workflow", "requested_by", "current_task_state__task"
        )
    )
    vars(page)["_current_workflow_states"] = states
    for state in states:
        _load(state, page)


def _load(state: WorkflowState, page: Any) -> None:
    """Have a review know its page, its step and the claim on that."""
    if step := state.current_task_state:
        step.workflow_state = state
        load_claim(step)
    # The review refers to the page as any page, made of the same values without a query.
    stored = page.page_ptr
    stored.latest_revision = page.get_latest_revision()
    vars(stored).update(_current_workflow_states=[state], _ancestors=ancestors_of(page))
    WorkflowState._meta.get_field("content_object").set_cached_value(state, stored)
    applicable = state._get_applicable_task_states()
    vars(state)["_get_applicable_task_states"] = applicable.all
