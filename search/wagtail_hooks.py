"""The search in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.statistics.report import SearchStatisticsView, menu_item


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
