"""What the review refuses is answered in plain words instead of an error page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import TaskState

from cms.accounts.requests import SignedInRequest
from workflows import decision_messages
from workflows.gate import PublishRefused
from workflows.models import Claim
from workflows.models.tasks import CLAIM
from workflows.page_in_review import page_of
from workflows.refusals import ReviewRefused, claimed_already, decided_already, gone, is_open

#: Wagtail's addresses of one decision. Its own answer to a decision that comes second
#: does not say who decided, and another step of the same review would pass for this one.
DECISIONS = (
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
)


def answer(request: HttpRequest, text: str, url: str = "") -> HttpResponse:
    """Say ``text`` on the page the person comes from, or at home."""
    messages.error(request, text)
    url = url or get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        # Wagtail's dialogue opens this address instead of itself.
        return JsonResponse({"step": "success", "redirect": url})
    return redirect(url)


def refuse_second_decision(
    request: HttpRequest, task_state_id: int, action: str = ""
) -> HttpResponse | None:
    """Answer a decision on what is decided, or a claim on what a colleague has taken on.

    Only people who may decide read who did. ``None`` lets it through to Wagtail.
    """
    step = TaskState.objects.filter(pk=task_state_id).select_related("finished_by").first()
    if step is None:
        return answer(request, gone())
    claim = Claim.objects.on(step) if action == CLAIM[0] else None
    if is_open(step) and claim is None:
        return None
    page = page_of(step.workflow_state)
    user = request.user
    if not user.is_authenticated or not step.task.specific.may_decide(page, user):
        return None
    if claim is None:
        return answer(request, decided_already(step, user))
    if claim.user_id == user.pk:
        return None
    return answer(request, claimed_already(claim.user.get_full_name(), claim.since))


def tell_about_claim(request: HttpRequest) -> None:
    """Say what became of a claim: Wagtail answers such a button without a word."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.view_name != DECISIONS[0]:
        return
    action = match.kwargs["action_name"]
    step = TaskState.objects.filter(pk=match.kwargs["task_state_id"]).first()
    if action in decision_messages.CLAIM_ACTIONS and step and is_open(step):
        decision_messages.add_claimed(cast(SignedInRequest, request), step, action)


class ReviewMiddleware:
    """Refused publications, refused decisions; the text is still there as a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FOUND:
            tell_about_claim(request)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Look at decisions before Wagtail does."""
        match = request.resolver_match
        if match is None or match.view_name not in DECISIONS or not request.user.is_authenticated:
            return None
        action = match.kwargs["action_name"]
        return refuse_second_decision(request, match.kwargs["task_state_id"], action)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer :class:`PublishRefused` and :class:`ReviewRefused` only."""
        if isinstance(error, ReviewRefused):
            return answer(request, str(error))
        if not isinstance(error, PublishRefused):
            return None
        messages.error(request, str(error))
        if error.page.pk and error.page.permissions_for_user(request.user).can_edit():
            return redirect(reverse("wagtailadmin_pages:edit", args=[error.page.pk]))
        return redirect(reverse("wagtailadmin_home"))
