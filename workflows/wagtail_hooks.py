"""The review in Wagtail's admin."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.models import User
from cms.signals import page_changed
from regions.access import is_administrator
from regions.isolation.declarations import declare, reachable_page
from workflows import log_actions, review_hooks, views  # noqa: F401
from workflows.calendar import hooks as calendar_hooks  # noqa: F401 - registers itself
from workflows.gate import PublishRefused, is_approved, is_emergency
from workflows.preview_links import hooks as preview_link_hooks  # noqa: F401 - registers itself
from workflows.reports import ChecksDueView
from workflows.translation import hooks as translation_hooks  # noqa: F401 - registers itself
from workflows.translation import views as translation_views
from workflows.translation.access import declare_addresses
from workflows.translation.replacements import EditorCatalog
from workflows.translation.review import translation_of
from workflows.translation.views import TranslationReview

if TYPE_CHECKING:
    from laces.typing import RenderContext

declare("emergency_publication", "translation_review", "still_current", page_id=reachable_page)
declare("translation_editor_catalog", "checks_due", "checks_due_results")
declare_addresses()


@hooks.register("register_admin_urls")
def register_emergency_url() -> list[URLPattern]:
    """The address of publishing in an emergency."""
    return [path("notfall/<int:page_id>/", views.emergency, name="emergency_publication")]


@hooks.register("register_admin_urls", order=-10)
def register_translation_urls() -> list[URLPattern]:
    """Reviewing translations; the catalogue stands before wagtail-localize's own."""
    return [
        path("uebersetzung/<int:page_id>/", translation_views.act, name="translation_review"),
        path("localize/jsi18n/", EditorCatalog.as_view(), name="translation_editor_catalog"),
    ]


@hooks.register("before_edit_page", order=-10)
def submit_instead_of_publishing(request: SignedInRequest, page: Page) -> HttpResponse | None:
    """The translation editor's *publish* submits for review, however it was sent."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_of(page)
    if translation is None:
        return None
    review = TranslationReview(page.specific, translation, request.user)
    return translation_views.perform(request, review, "submit")


@hooks.register("construct_page_action_menu")
def keep_aliases_for_administrators(
    menu_items: list[ActionMenuItem], request: SignedInRequest, context: dict[str, object]
) -> None:
    """Aliases pass no review of their own."""
    if not is_administrator(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    """The report on pages to be checked again."""
    return [
        path("berichte/pruefung/", ChecksDueView.as_view(), name="checks_due"),
        path(
            "berichte/pruefung/liste/",
            ChecksDueView.as_view(results_only=True),
            name="checks_due_results",
        ),
    ]


@hooks.register("register_admin_urls")
def register_check_url() -> list[URLPattern]:
    """The click that says a page is still right."""
    return [path("noch-aktuell/<int:page_id>/", views.still_current, name="still_current")]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """For everybody: it lists only what one may edit."""
    icon = ChecksDueView.header_icon
    return MenuItem(_("Checks due"), reverse("checks_due"), icon_name=icon, order=100)


@hooks.register("construct_reports_menu")
def replace_translation_report(request: SignedInRequest, menu_items: list[MenuItem]) -> None:
    """Ours says page by page how its translation stands; wagtail-localize's is half in English."""
    report = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != report]


@hooks.register("before_publish_page")
def keep_refused_page_as_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep what was typed as a draft where the publish gate would refuse it.

    Wagtail's create view adds a page as live before it publishes.
    """
    revision = page.get_latest_revision()
    if is_approved(page, revision) or is_emergency(revision):
        return None
    if page.live and page.live_revision_id is None and page.first_published_at is None:
        page.live = False
        page.has_unpublished_changes = True
        page.save(clean=False, update_fields=["live", "has_unpublished_changes"])
    messages.error(request, str(PublishRefused(page)))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_copy_page")
def tell_about_copy(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Many-to-many values of a copy arrive after it was saved."""
    ids = list(new_page.get_descendants(inclusive=True).values_list("pk", flat=True))
    page_changed.send(sender=type(new_page), page_ids=ids)


@hooks.register("register_page_header_buttons")
def emergency_button(
    page: Page,
    user: User,
    next_url: str | None = None,
    view_name: str | None = None,
    **kwargs: object,
) -> Iterator[Button]:
    """Offered to administrators while something waits to be published."""
    if page.pk and page.has_unpublished_changes and is_administrator(user):
        yield Button(
            _("Publish in an emergency"),
            reverse("emergency_publication", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Says the same whatever way of review follows; editors need not know its name."""

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """As Wagtail's, with a plain label."""
        context = dict(super().get_context_data(parent_context) or {})
        page = context.get("page")
        state = page.current_workflow_state if page and page.pk else None
        again = state and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit again for review") if again else _("Submit for review")
        return context


@hooks.register("construct_page_action_menu")
def name_submit_plainly(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]
) -> None:
    """Put our wording in place of Wagtail's."""
    for number, item in enumerate(menu_items):
        if type(item) is SubmitForModerationMenuItem:
            menu_items[number] = SubmitMenuItem(order=item.order)


@hooks.register("construct_main_menu")
def hide_unused_menu_items(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what this site does not offer."""
    menu_items[:] = [item for item in menu_items if item.name not in {"help"}]
