"""The search in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from cms.accounts.requests import SignedInRequest
from search.index_section import SearchIndex
from search.promotion_admin import PromotedResultViewSet
from search.statistics.report import SearchStatisticsView, menu_item
from search.thesaurus_admin.viewset import ThesaurusViewSet

register_snippet(ThesaurusViewSet)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The report of searches."""
    view = SearchStatisticsView
    return [
        path("berichte/suchen/", view.as_view(), name="search_statistics"),
        path(
            "berichte/suchen/liste/",
            view.as_view(results_only=True),
            name="search_statistics_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Put it among the reports of those who may read it."""
    return menu_item()


@hooks.register("construct_homepage_panels")
def add_sections(request: SignedInRequest, panels: list[Component]) -> None:
    """Add what is wrong with the search index to the start page."""
    panels.append(SearchIndex(request.user))


@hooks.register("register_admin_viewset")
def register_promoted_results() -> PromotedResultViewSet:
    """Pages that stand first for some searches."""
    return PromotedResultViewSet("promoted_results", url_prefix="empfehlungen")
