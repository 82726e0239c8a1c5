"""Reports: which pages somebody should read again (F27: quality assurance)."""

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from workflows.freshness import checks_due


class ChecksDueView(PageReportView):
    """*Reports → Checks due*: only pages that the person may edit."""

    request: SignedInRequest

    page_title = _("Checks due")
    header_icon = "calendar-check"
    index_url_name = "checks_due"
    index_results_url_name = "checks_due_results"
    # Wagtail's table of columns in place of its fixed one for pages.
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    any_permission_required = ["add", "change", "publish"]
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            url_name="wagtailadmin_pages:edit",
        ),
        Column(
            "check_again_on",
            label=_("check again on"),
            accessor=lambda page: date_format(page.check_again_on),
        ),
        Column("type", label=_("Kind of page"), accessor="page_type_display_name"),
        Column("locale", label=_("Language"), accessor="locale"),
    ]
    list_export = ["title", "check_again_on", "full_url"]
    export_headings = {
        "title": _("Title"),
        "check_again_on": _("check again on"),
        "full_url": _("Address"),
    }
    export_filename = "checks-due"
    no_results_message = _("No page has to be checked again at present.")

    def get_queryset(self) -> QuerySet[Page]:
        """What is due among the pages the person may edit."""
        policy = self.permission_policy
        mine = policy.instances_user_has_permission_for(self.request.user, "change")
        self.queryset = checks_due().filter(pk__in=mine.values("pk"))
        return super().get_queryset()
