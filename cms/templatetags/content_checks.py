"""What editors should look at again, for templates of the admin."""

from typing import Any

from django import template
from wagtail.models import Page

from cms.editing.content_checks import issues_of

register = template.Library()


@register.inclusion_tag("admin/content_checks.html")
def content_checks(page: Page) -> dict[str, Any]:
    """The box above the form, after the page has been saved without leaving it.

    Args:
        page: as it has just been saved.
    """
    return {"issues": issues_of(page)}
