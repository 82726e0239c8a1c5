"""Template tags for the state of pages in Wagtail's lists."""

from django import template
from wagtail.admin.ui.tables import Table
from wagtail.models import Page

from workflows.page_state import PageState, page_states

register = template.Library()


@register.simple_tag
def state_in_list(page: Page, table: Table) -> PageState:
    """The state of ``page``, one row of ``table``; those of all its rows are asked for at once."""
    known: dict[int, PageState] | None = vars(table).get("_page_states")
    if known is None:
        known = vars(table)["_page_states"] = page_states([*table.data, page])
    return known[page.pk]
