"""The state of a page for people: what is public of it, and whom a version of it waits for.

Wagtail knows *draft* and *live* only; that a text was sent back, or waits for a lead, it says
nowhere but on the page itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page, Revision, TaskState, WorkflowState

from regions.access import HOUSE_DEPTH
from regions.people.absences import present
from workflows.models import HouseReviewTask

Steps = Mapping[int, TaskState]


@dataclass(frozen=True)
class PageState:
    """What a list says about a page.

    Args:
        label: a few words, as “with the lead” or “public with changes”.
        waiting_for: who has to do something: “the leads of the house” or “the national desk”;
            the name of the submitter of a page sent back; empty where nothing waits.
        since: since when it waits.
        reason: what should be changed, of a page that was sent back.
        is_returned: whether it was sent back and not submitted again yet.
        is_in_review: whether somebody has to decide on it.
    """

    label: str
    waiting_for: str = ""
    since: datetime | None = None
    reason: str = ""
    is_returned: bool = False
    is_in_review: bool = False


def page_states(pages: Iterable[Page]) -> dict[int, PageState]:
    """The states of many pages by page id, in five queries at most however many there are.

    Where no lead of a house is there beside who submitted or last saved the text, its review waits
    for the national desk (``HouseReviewTask.reviewers``). Of a text on which several leads worked,
    only the edit page says so exactly.

    Args:
        pages: basic or specific. ``prefetch_workflow_states`` and ``annotate_approved_schedule``
            save a query each.
    """
    listed = {page.pk: page for page in pages}
    steps = _open_steps(listed)
    scheduled = _scheduled(listed)
    for_desk = _without_lead(listed, steps)
    submitters = _submitters(steps)
    states = {pk: PageState(_at_rest(page, pk in scheduled)) for pk, page in listed.items()}
    for pk, step in steps.items():
        if _is_returned(step):
            submitter = submitters.get(step.workflow_state.requested_by_id, "")
            states[pk] = _returned(listed[pk], step, submitter)
        else:
            states[pk] = _in_review(listed[pk], step, pk in for_desk)
    return states


def _open_steps(pages: Mapping[int, Page]) -> Steps:
    """The steps that reviews have reached; no query for pages from ``prefetch_workflow_states``."""
    known = {pk: vars(page).get("_current_workflow_states") for pk, page in pages.items()}
    asked = [str(pk) for pk, states in known.items() if states is None]
    found = WorkflowState.objects.active().filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=asked,
    )
    states = list(found.select_related("current_task_state__task")) if asked else []
    states += [state for prefetched in known.values() for state in prefetched or ()]
    steps: dict[int, TaskState] = {}
    for state in states:
        if step := state.current_task_state:
            step.workflow_state = state
            steps[int(state.object_id)] = step
    return steps


def _scheduled(pages: Mapping[int, Page]) -> set[int]:
    """Which of them are approved and go public by themselves."""
    known = {pk: vars(page).get("_approved_schedule") for pk, page in pages.items()}
    asked = [str(pk) for pk, value in known.items() if value is None]
    found = Revision.page_revisions.filter(object_id__in=asked, approved_go_live_at__isnull=False)
    ids = {int(pk) for pk in found.values_list("object_id", flat=True)} if asked else set()
    return ids | {pk for pk, value in known.items() if value}


def _without_lead(pages: Mapping[int, Page], steps: Steps) -> set[int]:
    """Pages in review by a house in which no lead is there but who wrote or submitted the text."""
    in_house = {pk: step for pk, step in steps.items() if _waits_in_house(step)}
    if not in_house:
        return set()
    length = HOUSE_DEPTH * Page.steplen
    houses = {pk: pages[pk].path[:length] for pk in in_house}
    house_path = "groups__leads_of__house_pages__path"
    people = present(get_user_model().objects.filter(is_active=True))
    people = people.filter(**{f"{house_path}__in": houses.values()})
    leads: dict[str, set[int]] = defaultdict(set)
    for path, person in people.values_list(house_path, "pk"):
        leads[path].add(person)
    revisions = Revision.objects.filter(pk__in=[step.revision_id for step in in_house.values()])
    saved_by = dict(revisions.values_list("pk", "user"))
    own = {
        pk: {step.workflow_state.requested_by_id, saved_by.get(step.revision_id)}
        for pk, step in in_house.items()
    }
    return {pk for pk in in_house if not leads[houses[pk]] - own[pk]}


def _waits_in_house(step: TaskState) -> bool:
    return not _is_returned(step) and issubclass(step.task.specific_class, HouseReviewTask)


def _is_returned(step: TaskState) -> bool:
    return step.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def _submitters(steps: Steps) -> dict[int | None, str]:
    """The names of the people who have to change what they submitted, by their ids."""
    ids = {step.workflow_state.requested_by_id for step in steps.values() if _is_returned(step)}
    people = get_user_model().objects.in_bulk(ids - {None}) if ids else {}
    return {pk: person.get_full_name() for pk, person in people.items()}


def _returned(page: Page, step: TaskState, submitter: str) -> PageState:
    return PageState(
        label=_("public, change sent back") if page.live else pgettext("page", "sent back"),
        waiting_for=submitter,
        since=step.finished_at or step.started_at,
        reason=step.comment,
        is_returned=True,
    )


def _in_review(page: Page, step: TaskState, is_for_desk: bool) -> PageState:
    if is_for_desk or not _waits_in_house(step):
        label = _("public, change with the desk") if page.live else _("with the national desk")
        waiting_for = _("the national desk")
    else:
        label = _("public, change with the lead") if page.live else _("with the lead")
        waiting_for = _("the leads of the house")
    return PageState(label, waiting_for, since=step.started_at, is_in_review=True)


def _at_rest(page: Page, is_scheduled: bool) -> str:
    if page.live:
        if is_scheduled:
            return _("public, change scheduled")
        if page.has_unpublished_changes:
            return _("public with changes")
        return pgettext("page", "public")
    if page.expired:
        return pgettext("page", "expired")
    return pgettext("page", "scheduled") if is_scheduled else pgettext("page", "draft")
