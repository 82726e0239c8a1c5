"""Template tag for the bar on the edit page of a page under review."""

from django import template

from cms.accounts.requests import SignedInRequest
from cms.models import BasePage
from workflows import review_bar

register = template.Library()


@register.simple_tag
def review_bar_of(request: SignedInRequest, page: BasePage) -> review_bar.ReviewBar | None:
    """What the bar says to the signed-in person."""
    return review_bar.review_bar(request, page)
