"""*Reports → Log*: who did what when, filtered for who reads it, to be taken along as a table."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.reports import ReportView

from audit.access import entries_for, reads_the_log
from audit.filters import TrailFilterSet
from audit.models import TrailEntry
from audit.rows import Line, lines
from cms.accounts.requests import SignedInRequest
from cms.text import when

ICON = "history"


class WhatColumn(Column):
    """What was done, with reason, both names and the way to the difference."""

    cell_template_name = "admin/trail_what.html"


class AboutColumn(Column):
    """What it was done to, with a link as far as the reader may follow it."""

    cell_template_name = "admin/trail_about.html"


class TrailView(ReportView):
    """The log; leads read their house's, administrators all of it."""

    request: SignedInRequest

    page_title = _("Log")
    header_icon = ICON
    index_url_name = "trail"
    index_results_url_name = "trail_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    filterset_class = TrailFilterSet
    model = TrailEntry
    is_searchable = False
    default_ordering = "-timestamp"
    table_classname = "listing trail"
    paginate_by = 50
    columns = [
        Column("timestamp", label=_("When"), accessor=lambda line: when(line.timestamp)),
        Column("actor", label=_("Who")),
        WhatColumn("message", label=_("What")),
        AboutColumn("label", label=_("Page or name")),
        Column("house", label=_("House")),
    ]
    list_export = [
        "timestamp",
        "actor",
        "action",
        "message",
        "comment",
        "kind",
        "label",
        "house",
        "author",
        "approver",
        "revision",
    ]
    export_headings = {
        "timestamp": _("When"),
        "actor": _("Who"),
        "action": _("What"),
        "message": _("In words"),
        "comment": _("Reason"),
        "kind": _("Kind"),
        "label": _("Page or name"),
        "house": _("House"),
        "author": _("Text by"),
        "approver": _("Approved by"),
        "revision": _("Version"),
    }

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Only for those who answer for something."""
        if not reads_the_log(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"protokoll-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> QuerySet[TrailEntry]:
        return entries_for(self.request.user).select_related(
            "region", "page_entry__content_type", "model_entry__content_type"
        )

    def get_table(self, object_list: Iterable[TrailEntry]) -> Table:
        """In words; Wagtail makes the table before it decorates."""
        self.lines = list(lines(object_list, self.request.user))
        return super().get_table(self.lines)

    def decorate_paginated_queryset(self, object_list: Iterable[TrailEntry]) -> Iterable[Line]:
        """In words as well; an export may be long and is written line by line."""
        return lines(object_list, self.request.user) if self.is_export else self.lines


class TrailMenuItem(MenuItem):
    """Shown to those who may read the log."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether the signed-in person may read the log."""
        return reads_the_log(request.user)


def menu_item() -> MenuItem:
    """The menu item among the reports."""
    return TrailMenuItem(_("Log"), reverse_lazy("trail"), name="trail", icon_name=ICON, order=90)
