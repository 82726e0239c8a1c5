"""Promoted results in the admin, for the national desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import PromotedResult


class PromotionIndexView(IndexView):
    """Reads the pages with the records."""

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        """All records with their pages, in one query."""
        return super().get_base_queryset().select_related("page")


class PromotedResultViewSet(ModelViewSet):
    """Which pages stand first for which searches, and how long."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Promoted results")
    menu_order = 851
    add_to_admin_menu = True
    list_display = ["__str__", "page", "first_day", "last_day"]
    search_fields = ["words", "page__title"]
    index_view_class = PromotionIndexView
    copy_view_enabled = False
    inspect_view_enabled = False
    panels = [
        FieldPanel("words"),
        FieldPanel("page"),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]
