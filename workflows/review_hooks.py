"""Claims and differences in Wagtail's editor, and the review on the start page."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from cms.accounts.requests import SignedInRequest
from regions.isolation.declarations import declare, reachable_review_step
from workflows import review_views
from workflows.bar_decisions import decided, decision_refusal, overwrite_refusal, refused
from workflows.dashboard import checks, own_pages, reviews
from workflows.dashboard.open_reviews import NationwideReviews
from workflows.dashboard.own_pages import OwnPages
from workflows.editor_prefetch import LoadedPages
from workflows.middleware import answer
from workflows.refusals import decided_already, is_open
from workflows.review_bar import DECISION_FIELD, DECISIONS, READ_FIELD, STEP_FIELD

declare("pass_review_on", "agree_to_correction", task_state_id=reachable_review_step)


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLPattern]:
    """Where a review is handed to a colleague, and an author agrees to a correction."""
    return [
        path(
            "pruefung/<int:task_state_id>/weitergeben/", review_views.pass_on, name="pass_review_on"
        ),
        path(
            "pruefung/<int:task_state_id>/einverstanden/",
            review_views.agree_to_correction,
            name="agree_to_correction",
        ),
    ]


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    """The log, and lists, on a narrow screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-review.css"))


@hooks.register("insert_editor_js")
def decide_before_saving() -> SafeString:
    """Load what keeps the editor from saving by itself while a decision is being sent."""
    return format_html('<script src="{}"></script>', static("js/admin-review.js"))


@hooks.register("construct_homepage_panels")
def add_sections(request: SignedInRequest, panels: list[Component]) -> None:
    """Add what waits in reviews, and what became of a person's own pages, to the start page."""
    user = request.user
    own, nationwide = OwnPages(user), NationwideReviews(user)
    panels += [
        reviews.HouseReviews(user),
        reviews.DeskReviews(user, nationwide),
        reviews.OverdueInHouses(user, nationwide),
        reviews.TimeToPublish(user),
        own_pages.Corrections(user, own),
        own_pages.Returned(user, own),
        own_pages.InReview(user, own),
        own_pages.Drafts(user, own),
        checks.ToCheck(user),
    ]


@hooks.register("construct_page_action_menu")
def name_the_step(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]
) -> None:
    """Have the editor say which step its buttons decide, see :func:`refuse_second_decision`."""
    for item in menu_items:
        if isinstance(item, WorkflowMenuItem):
            item.template_name = "admin/workflow_menu_item.html"


@hooks.register("construct_page_action_menu")
def put_the_decision_first(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, object]
) -> None:
    """The main action of a reviewer is to approve, of a writer to submit: drafts save themselves.

    The rest of a reviewer's stands in the bar above the form.
    """
    approve = next((item for item in menu_items if _approves(item)), None)
    menu_items[:] = [item for item in menu_items if not isinstance(item, WorkflowMenuItem)]
    # The big button of somebody who waits is not to call the review off.
    places = {"action-submit": 0, "action-cancel-workflow": 2}
    menu_items.sort(key=lambda item: places.get(item.name or "", 1))
    if approve:
        menu_items.insert(0, approve)


def _approves(item: ActionMenuItem) -> bool:
    return isinstance(item, WorkflowMenuItem) and item.name == "approve" and not item.launch_modal


@hooks.register("before_edit_page", order=-40)
def decide_by_the_bar(request: SignedInRequest, page: Page) -> HttpResponse | None:
    """Have Wagtail carry out what a button of the bar decided, or say why that cannot be.

    A colleague's new version is not overwritten by what a reviewer still has on the screen.
    """
    if request.method != "POST" or READ_FIELD not in request.POST:
        return None
    is_decision = request.POST.get(DECISION_FIELD) in DECISIONS
    refusal = decision_refusal(request, page) if is_decision else ""
    refusal = refusal or overwrite_refusal(request, page)
    if refusal and not request.accepts("text/html"):
        body = {"success": False, "error_code": "invalid_revision", "error_message": refusal}
        return JsonResponse(body, status=400)
    if refusal:
        request.POST = refused(request.POST, refusal)  # type: ignore[assignment]  # views read it
    elif is_decision or "workflow-action-name" in request.POST:
        request.POST = decided(request, page)  # type: ignore[assignment]  # views read it
    return None


@hooks.register("register_admin_viewset", order=10)
def register_loaded_pages() -> LoadedPages:
    """Have the editor remember the open review while a page is shown, not while it is saved.

    After Wagtail's own, whose place it takes.
    """
    return LoadedPages()


@hooks.register("before_edit_page", order=-25)
def refuse_decision_of_autosave(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Leave the decision to the form that is being sent.

    Wagtail's script adds it to the form as fields. Half a second later the form, if it is still
    there, counts as changed and is saved with them: the person would read that somebody was faster.
    """
    if "action-workflow-action" not in request.POST or request.accepts("text/html"):
        return None
    text = gettext("Your decision is being sent.")
    refusal = {"success": False, "error_code": "locked", "error_message": text}
    return JsonResponse(refusal, status=409)


@hooks.register("before_edit_page", order=-20)
def refuse_second_decision(request: SignedInRequest, page: Page) -> HttpResponse | None:
    """Answer a decision from an editor that was opened before a colleague decided.

    Wagtail would take it for the next step of the review, or save a needless draft.
    """
    if request.method != "POST" or "action-workflow-action" not in request.POST:
        return None
    seen = request.POST.get(STEP_FIELD, "")
    steps = TaskState.objects.for_instance(page).select_related("finished_by", "revision")
    if seen.isdecimal():
        step = steps.filter(pk=seen).first()
    else:
        step = page.current_workflow_task_state or steps.order_by("pk").last()
    if step is None or is_open(step) or not step.task.specific.may_decide(page, request.user):
        return None
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return answer(request, decided_already(step, request.user), url)
