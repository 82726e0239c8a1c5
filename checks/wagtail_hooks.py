"""Self-checks in Wagtail's admin: questions as a file; no list of submissions."""

from collections.abc import Iterable, Iterator

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from checks import admin_views
from checks.models import SelfCheckPage
from checks.requests import access
from checks.requests.deletion import why_not
from checks.statistics.report import CheckStatisticsView, menu_item
from cms.models import User
from regions.isolation.declarations import declare, reachable_page

declare("check_questions", "check_questions_export", page_id=reachable_page)
# Asks `tables_for`.
declare("check_statistics")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add import and export of questions, and the figures."""
    return [
        path("berichte/selbstchecks/", CheckStatisticsView.as_view(), name="check_statistics"),
        path(
            "checks/<int:page_id>/fragen/",
            admin_views.QuestionsFileView.as_view(),
            name="check_questions",
        ),
        path(
            "checks/<int:page_id>/fragen/datei/", admin_views.export, name="check_questions_export"
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_figures() -> MenuItem:
    """Put the figures among the reports."""
    return menu_item()


@hooks.register("register_page_header_buttons")
def add_questions_button(
    page: Page,
    user: User,
    next_url: str | None = None,
    view_name: str | None = None,
    **kwargs: object,
) -> Iterator[Button]:
    """Lead from the editor of a check to its file."""
    if isinstance(page, SelfCheckPage) and page.pk and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Questions as a file"),
            reverse("check_questions", args=[page.pk]),
            icon_name="list-ol",
            priority=80,
        )


@hooks.register("filter_form_submissions_for_user")
def only_entries_of_the_own_house(user: User, pages: PageQuerySet) -> PageQuerySet:
    """Wagtail shows entries to whoever may edit the page, to the desk those of all houses."""
    return access.forms_whose_entries_are_read(user, pages)


@hooks.register("before_delete_page")
def keep_entries(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say at once, also before Wagtail asks, that a form is not deleted with its entries."""
    if not (reason := why_not([page])):
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


# Before the trash stores what is deleted.
@hooks.register("before_bulk_action", order=-1)
def keep_entries_of_many(
    request: HttpRequest, kind: str, objects: Iterable[Model], action: BulkAction
) -> HttpResponse | None:
    """The same for many pages at once: none of them is deleted."""
    if kind != "delete" or not issubclass(action.model, Page):
        return None
    if not (reason := why_not(one for one in objects if isinstance(one, Page))):
        return None
    messages.error(request, reason)
    return redirect(action.next_url)
