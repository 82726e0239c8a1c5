"""Guards of addresses: which page a request to the admin may name, which views are closed.

Wagtail's views ask for rights one by one, some only after they have shown the
title, some never. Here it is asked once, before any view runs.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from taggit.models import Tag
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.models import User
from regions.isolation import current_request, guard, listings
from regions.isolation.reach import can_traverse, can_view_draft, has_national_scope

#: What addresses of the admin call the pages they are about.
PAGE_ARGUMENTS = frozenset(
    {"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"}
)
#: The page tree, in which one walks down to one's house.
EXPLORING = frozenset({"wagtailadmin_explore", "wagtailadmin_explore_results"})
#: Where links are chosen: what is public can be linked by all.
CHOOSING = frozenset({"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"})
#: Views that tell of all regions, and are of no use to one.
NATIONAL = frozenset(
    {
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
    }
)


@guard
def is_open(user: User, name: str) -> bool:
    """Whether a view is there for ``user`` at all."""
    return name not in NATIONAL or has_national_scope(user)


@guard
def may_name(user: User, page: Page, name: str) -> bool:
    """Whether ``user`` may use the view called ``name`` on ``page``."""
    if can_view_draft(user, page):
        return True
    if name in EXPLORING:
        return can_traverse(user, page)
    return name in CHOOSING and (page.live or can_traverse(user, page))


def complete_tag(request: SignedInRequest, **kwargs: object) -> HttpResponse:
    """As Wagtail's view, with the tags that the person may know of."""
    term = request.GET.get("term", "")
    known = listings.offered_tags(Tag.objects.all(), request.user)
    tags = known.filter(name__istartswith=term).order_by("name") if term else known.none()
    names = list(tags.values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT])
    return JsonResponse(names, safe=False)


#: Views that are answered here.
INSTEAD: dict[str, Callable[..., HttpResponse]] = {
    "wagtailadmin_tag_autocomplete": complete_tag,
    "wagtailadmin_tag_model_autocomplete": complete_tag,
}


def named_pages(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> list[Page]:
    """The pages that a request names in its address, or by ``id`` where links are chosen."""
    keys = {value for key, value in kwargs.items() if key in PAGE_ARGUMENTS}
    if name in CHOOSING:
        keys |= {int(value) for value in request.GET.getlist("id") if value.isdecimal()}
    return list(Page.objects.filter(pk__in=keys)) if keys else []


class IsolationMiddleware:
    """Lets nobody name what is another house's, and remembers who is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request.set_current_request(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset_current_request(token)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let through, answer instead, or refuse with the admin's own message."""
        user = current_request.get_current_user()
        # People who are not signed in are sent to the log-in by Wagtail itself.
        if user is None or not user.has_perm("wagtailadmin.access_admin"):
            return None
        name = request.resolver_match.view_name
        pages = named_pages(request, name, kwargs)
        if not is_open(user, name) or not all(may_name(user, page, name) for page in pages):
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            return permission_denied(request)
        answer = INSTEAD.get(name)
        return answer(request, **kwargs) if answer else None
