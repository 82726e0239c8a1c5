"""Claims and differences in Wagtail's editor and dashboard."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page, TaskState

from cms.accounts.requests import SignedInRequest
from regions.access import is_lead, region_of
from regions.isolation.declarations import declare, reachable_review_step
from workflows import emails, review_views
from workflows.dashboard_panel import ReviewPanel
from workflows.four_eyes import excluded_from
from workflows.middleware import answer
from workflows.models import HouseReviewTask, ReviewTask
from workflows.models.tasks import APPROVE
from workflows.refusals import decided_already, is_open

STEP_FIELD = "review-step"


declare("pass_review_on", task_state_id=reachable_review_step)


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLPattern]:
    """The page to hand a review to a colleague."""
    return [
        path(
            "pruefung/<int:task_state_id>/weitergeben/", review_views.pass_on, name="pass_review_on"
        )
    ]


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    """The list on the dashboard, and the log on a narrow screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-review.css"))


@hooks.register("insert_editor_js")
def decide_before_saving() -> SafeString:
    """Load what keeps the editor from saving by itself while a decision is being sent."""
    return format_html('<script src="{}"></script>', static("js/admin-review.js"))


@hooks.register("construct_homepage_panels")
def show_claims(request: SignedInRequest, panels: list[Component]) -> None:
    """Put our list of waiting reviews in place of Wagtail's, which asks several queries a row."""
    panels[:] = [
        ReviewPanel(request.user) if isinstance(panel, WorkflowObjectsToModeratePanel) else panel
        for panel in panels
    ]


class CompareMenuItem(ActionMenuItem):
    """What a submitted page changes about the public one."""

    name = "review-compare"
    label = _("See what is different")
    icon_name = "resubmit"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        """While a public page is reviewed, for everybody who may open the editor."""
        if context["view"] != "edit":
            return False
        return context["page"].live and context["page"].current_workflow_task_state is not None

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Address of Wagtail's comparison of the public version with the one in review."""
        page = parent_context["page"]
        return emails.compare_url(page, page.current_workflow_task_state.revision_id)


class PassOnMenuItem(ActionMenuItem):
    """Leads to the page where a colleague is chosen."""

    name = "review-pass-on"
    label = _("Hand on to a colleague")
    icon_name = "user"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        """Whether the signed-in person may approve the open step."""
        task = context["view"] == "edit" and context["page"].current_workflow_task
        return bool(task and APPROVE in task.get_actions(context["page"], context["request"].user))

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Address for handing on the open step."""
        return reverse(
            "pass_review_on", args=[parent_context["page"].current_workflow_task_state.pk]
        )


@hooks.register("register_page_action_menu_item")
def register_compare() -> ActionMenuItem:
    """Add the comparison with the public page to the actions of a page in review."""
    return CompareMenuItem(order=110)


@hooks.register("register_page_action_menu_item")
def register_pass_on() -> ActionMenuItem:
    """Add handing the review on to the actions of a page in review."""
    return PassOnMenuItem(order=120)


@hooks.register("construct_page_action_menu")
def name_the_step(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, Any]
) -> None:
    """Have the editor say which step its buttons decide, see :func:`refuse_second_decision`."""
    for item in menu_items:
        if isinstance(item, WorkflowMenuItem):
            item.template_name = "admin/workflow_menu_item.html"


@hooks.register("before_edit_page", order=-30)
def ask_once_for_the_review(request: HttpRequest, page: Page) -> None:
    """Remember the open review while a page is shown: the editor asks for it 24 times.

    Not while it is saved: a decision changes it. Wagtail looks under this name itself.
    """
    if request.method == "GET":
        states = list(page.workflow_states.active().select_related("current_task_state__task"))
        for state in states:
            if state.current_task_state:
                state.current_task_state.workflow_state = state
        vars(page)["_current_workflow_states"] = states


@hooks.register("before_edit_page", order=-28)
def say_who_decides_instead(request: SignedInRequest, page: Page) -> None:
    """Say to a reviewer who wrote or changed the text why nobody offers to approve it."""
    task = page.current_workflow_task if request.method == "GET" else None
    if not isinstance(task, ReviewTask) or not task.may_decide(page, request.user):
        return
    if request.user.pk not in excluded_from(page):
        return
    region = region_of(page)
    reviewers = [person for person in task.reviewers(page) if person != request.user]
    leads = [person.get_full_name() for person in reviewers if is_lead(person, region)]
    if leads:
        text = gettext("You wrote or changed this text. %(names)s can approve it.")
        messages.info(request, text % {"names": ", ".join(leads)})
    elif isinstance(task, HouseReviewTask):
        text = gettext(
            "You wrote or changed this text, and your house has no other lead who can approve it: "
            "the national desk decides."
        )
        messages.info(request, text)
    else:
        text = gettext("You wrote or changed this text. Somebody else of the desk approves it.")
        messages.info(request, text)


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
