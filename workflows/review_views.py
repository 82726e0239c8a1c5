"""Handing a review to a colleague, and agreeing to a reviewer's small correction."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from cms.accounts.requests import SignedInRequest
from workflows import corrections, decision_messages, emails
from workflows.approval_forms import PassOnForm
from workflows.middleware import answer
from workflows.models import claims
from workflows.models.claims import Claim
from workflows.models.tasks import APPROVE
from workflows.page_in_review import page_of
from workflows.refusals import decided_already, is_open


def pass_on(request: SignedInRequest, task_state_id: int) -> HttpResponse:
    """Choose a colleague of the same house or desk.

    Raises:
        PermissionDenied: for everybody who could not approve the page.
    """
    step = get_object_or_404(TaskState, pk=task_state_id)
    page = page_of(step.workflow_state).specific
    task = step.task.specific
    if not task.may_decide(page, request.user):
        raise PermissionDenied
    if not is_open(step):
        return answer(request, decided_already(step, request.user))
    if APPROVE not in task.get_actions(page, request.user):
        raise PermissionDenied
    colleagues = claims.colleagues(step, request.user)
    form = PassOnForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        claims.pass_on(step, request.user, successor, form.cleaned_data["note"])
        name = successor.get_full_name()
        messages.success(request, _("%(name)s was asked by e-mail.") % {"name": name})
        return redirect("wagtailadmin_home")
    context = {
        "page": page,
        "page_title": _("Hand on to a colleague"),
        "form": form,
        "step": step,
        "claim": Claim.objects.on(step),
        "colleagues": colleagues,
        "compare_url": emails.compare_url(page, step.revision_id),
    }
    return render(request, "admin/pass_review_on.html", context)


@require_POST
def agree_to_correction(request: SignedInRequest, task_state_id: int) -> HttpResponse:
    """The author agrees to a small correction; the approval follows.

    Raises:
        PermissionDenied: for everybody but the author.
    """
    step = get_object_or_404(TaskState, pk=task_state_id)
    page = page_of(step.workflow_state).specific
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    question = corrections.open_question(page)
    if question is None or not question.is_at(step, request.GET):
        return answer(request, str(corrections.NOTHING_TO_AGREE), url)
    if question.author_id != request.user.pk:
        raise PermissionDenied
    if step.task.specific.follow_agreement(question, request.user):
        decision_messages.add_agreed(request, Page.objects.get(pk=page.pk).specific)
    else:
        text = _("Thank you. %(name)s does not review this page any more: somebody else approves.")
        messages.success(request, text % {"name": question.reviewer.get_full_name()})
    return redirect(url)
