"""The workflow report asks for the tasks of all its rows at once instead of twice a row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy

from django.utils.translation import gettext as _
from wagtail.admin.views.reports.workflows import WorkflowView
from wagtail.models import Task, TaskState, WorkflowState, WorkflowTask


def load_tasks(states: Sequence[WorkflowState]) -> None:
    """Have ``all_tasks_with_status`` answer from memory, as Wagtail's method would.

    A task's status is that of its latest step on the latest revision that was
    reviewed (``WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT`` is on).
    """
    tasks: dict[int, list[Task]] = defaultdict(list)
    workflows = {state.workflow_id for state in states}
    for row in WorkflowTask.objects.filter(workflow__in=workflows).select_related("task"):
        tasks[row.workflow_id].append(row.task)
    steps: dict[int, list[TaskState]] = defaultdict(list)
    found = TaskState.objects.filter(workflow_state__in=[state.pk for state in states])
    for step in found.select_related("revision").defer("revision__content"):
        steps[step.workflow_state_id].append(step)
    labels = dict(TaskState.STATUS_CHOICES)
    for state in states:
        status = _statuses(steps[state.pk])
        rows = [copy(task) for task in tasks[state.workflow_id]]
        for task in rows:
            reached = status.get(task.pk, "")
            label = labels.get(reached, _("Not started"))
            vars(task).update(status=reached or None, status_display=label)
        vars(state)["all_tasks_with_status"] = rows


def _statuses(steps: Iterable[TaskState]) -> dict[int, str]:
    """The status of each task on the latest revision among the steps."""
    steps = [step for step in steps if step.revision]
    if not steps:
        return {}
    latest = max((step.revision for step in steps), key=lambda one: (one.created_at, one.pk))
    current = [step for step in steps if step.revision_id == latest.pk]
    current.sort(key=lambda step: (step.started_at, step.pk))
    return {step.task_id: step.status for step in current}


def decorate_paginated_queryset(
    original: Callable[..., list[WorkflowState]],
) -> Callable[..., list[WorkflowState]]:
    """Load what the report shows for each of its rows (:mod:`cms.wagtail_patches`)."""

    def replacement(view: WorkflowView, object_list: object) -> list[WorkflowState]:
        states = original(view, object_list)
        load_tasks(states)
        return states

    return replacement
