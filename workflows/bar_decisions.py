"""Decisions sent with the edit form by the bar at its top: carried out by Wagtail, or refused."""

import json
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, Revision

from cms.accounts.requests import SignedInRequest
from cms.editing.content_comparison import is_same_content
from cms.editing.forms import RefusedData
from cms.models import User
from cms.text import when
from workflows.models import ReviewTask
from workflows.models.tasks import APPROVE, HAND_ON
from workflows.review_bar import COMMENT_FIELD, DECISION_FIELD, READ_FIELD


def decided(request: SignedInRequest, page: Page) -> QueryDict:
    """The form as Wagtail's own buttons and dialogue would send it with the same decision.

    Who approves after saving by itself stored a correction has it checked: Wagtail would take an
    approval that is not offered any more for a click on *save*.
    """
    data = request.POST.copy()
    if decision := data.get(DECISION_FIELD):
        data["action-workflow-action"] = "true"
        data["workflow-action-name"] = str(decision)
        comment = request.POST.get(COMMENT_FIELD, "").strip()
        data["workflow-action-extra-data"] = json.dumps({"comment": comment})
    task = page.current_workflow_task
    if data["workflow-action-name"] == "approve" and isinstance(task, ReviewTask):
        actions = task.get_actions(page, request.user)
        if APPROVE not in actions and HAND_ON in actions:
            data["workflow-action-name"] = "hand_on"
    return data


def refused(sent: QueryDict, refusal: str) -> RefusedData:
    """The form without its decision: it is shown again as it was typed, with ``refusal`` above."""
    data = RefusedData(mutable=True)
    for name, values in sent.lists():
        data.setlist(name, values)
    data.pop(DECISION_FIELD, None)
    data.refusal = refusal
    return data


def decision_refusal(request: SignedInRequest, page: Page) -> str:
    """Why a decision of the bar is not carried out; empty if it is."""
    task = page.current_workflow_task
    if isinstance(task, ReviewTask) and not task.may_decide(page, request.user):
        text = _(
            "You do not review this page (any more): nothing was decided. "
            "Perhaps your role was changed while it was open."
        )
        # The review locks the form for them: its own errors are not shown.
        messages.error(request, text)
        return text
    if request.POST[DECISION_FIELD] == "reject" and not request.POST.get(COMMENT_FIELD, "").strip():
        return _("Please say what should be changed.")
    return ""


def overwrite_refusal(request: SignedInRequest, page: Page) -> str:
    """Why the form cannot be saved, nor its text decided on: a colleague changed it meanwhile.

    Args:
        request: with the form.
        page: the version that is edited.
    """
    moment = parse_datetime(request.POST.get(READ_FIELD, ""))
    changed = _changed_since(page, moment, request.user) if moment else None
    if changed is None:
        return ""
    if request.accepts("text/html"):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        messages.info(
            request,
            _("What you typed is still here. Read the new version, and decide there:"),
            buttons=[messages.button(url, _("Open the new version"), new_window=True)],
        )
    text = _(
        "%(name)s changed this text on %(when)s, while you had it open. "
        "Nothing was saved or decided."
    )
    name = changed.user.get_full_name() if changed.user else _("Somebody")
    return text % {"name": name, "when": when(changed.created_at)}


def _changed_since(page: Page, moment: datetime, user: User) -> Revision | None:
    """The latest version that others than ``user`` saved since, if it says something else."""
    revisions = Revision.page_revisions.filter(object_id=str(page.pk)).order_by("created_at", "pk")
    latest = revisions.filter(created_at__gt=moment).exclude(user=user).last()
    read = revisions.filter(created_at=moment).first()
    # What was on the screen may have been overwritten by its author's next keystroke.
    return None if latest and read and is_same_content(read, latest) else latest
