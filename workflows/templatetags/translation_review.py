"""Template tags for the review in wagtail-localize's editor."""

import json
from typing import Any

from django import template
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.accounts.requests import SignedInRequest
from regions.access import is_administrator
from workflows.translation.views import TranslationReview

register = template.Library()


@register.simple_tag
def review_of(request: SignedInRequest, page: Page, translation: Translation) -> TranslationReview:
    """Where the translation stands, for the signed-in person."""
    return TranslationReview(page, translation, request.user)


@register.filter
def with_review(props: str, review: TranslationReview) -> str:
    """The editor's properties: its *publish* button submits, the review locks it."""
    data: dict[str, Any] = json.loads(props)
    data["perms"]["canPublish"] = review.may_submit
    if review.is_locked and not review.page.locked:
        data["object"]["isLocked"] = True
        data["perms"] |= {"canLock": False, "canUnlock": False}
    if not is_administrator(review.user):
        data["links"]["convertToAliasUrl"] = None
    return json.dumps(data)
