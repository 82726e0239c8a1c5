"""“Select all in listing” acts on what the listing shows.

Wagtail's bulk actions query everything anew and know few of the listing's filters: no tags, no page
types, no groups; and they search whole words where the listing completes them. Here the listing
itself is asked, with the filters that the browser passes on.
"""

import copy
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.models import User

#: What Wagtail's ``bulk-actions.js`` adds to the parameters of the listing.
ADDED_PARAMETERS = ("id", "childOf", "next")


def default_listing(model: type[Model], parent_id: str | None) -> str:
    """The address at which Wagtail lists ``model``.

    Args:
        parent_id: the page whose children are listed; None for the search among all pages.

    Raises:
        NoReverseMatch: if ``parent_id`` is no number.
    """
    if model is Page and parent_id:
        return reverse("wagtailadmin_explore", args=[parent_id])
    names: dict[type[Model], str] = {
        Page: "wagtailadmin_pages:search",
        User: "wagtailusers_users:index",
        get_image_model(): "wagtailimages:index",
        get_document_model(): "wagtaildocs:index",
    }
    if model in names:
        return reverse(names[model])
    return reverse(vars(model)["snippet_viewset"].get_url_name("list"))


def _shown_at(address: str, action: BulkAction) -> Iterable[Model] | None:
    """What the listing at ``address`` shows on all its pages: a queryset, or results of a search.

    None if there is no listing of such objects, or not for this person.
    """
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if not path.startswith(reverse("wagtailadmin_home")):
        return None
    request = copy.copy(action.request)
    request.method, request.path, request.path_info = "GET", path, path
    parameters = action.request.GET.copy()
    for name in ADDED_PARAMETERS:
        parameters.pop(name, None)
    vars(request)["GET"] = parameters
    request.META = action.request.META | {"QUERY_STRING": parameters.urlencode()}
    response = match.func(request, *match.args, **match.kwargs)
    context = getattr(response, "context_data", None) or {}
    view = context.get("view")
    if not isinstance(view, BaseListingView) or not issubclass(view.model or object, action.model):
        return None
    paginator = context["paginator"]  # none while a person sorts pages by hand
    return paginator.object_list if paginator else context["object_list"]


def listed_ids(action: BulkAction, parent_id: str | None) -> Iterable[object]:
    """Primary keys of everything in the listing that ``action`` was started from.

    The listing is where the action leads back to; only where that is missing or something else,
    the one where Wagtail lists such objects.

    Args:
        parent_id: the page or collection that the browser names. A collection counts as a filter
            among the others only: the one named is out of date once the filters were changed.

    Raises:
        Http404: if nothing is shown to this person.
    """
    objects = _shown_at(action.next_url, action)
    if objects is None:
        try:
            objects = _shown_at(default_listing(action.model, parent_id), action)
        except NoReverseMatch:
            objects = None
    if objects is None:
        raise Http404
    if isinstance(objects, QuerySet):
        return objects.values_list("pk", flat=True)
    return [item.pk for item in objects]


def topmost(pages: Iterable[Page]) -> list[Page]:
    """``pages`` without those that stand below another of them."""
    pages = list(pages)
    paths = {page.path for page in pages}
    return [
        page
        for page in pages
        if not any(page.path[:end] in paths for end in range(0, len(page.path), page.steplen))
    ]


def get_all_objects_in_listing_query(original: Callable[..., object]) -> Callable[..., object]:
    """Bulk actions ask their listing; for :mod:`cms.wagtail_patches`."""

    def get_all_objects_in_listing_query(action: BulkAction, parent_id: str | None) -> object:
        return listed_ids(action, parent_id)

    return get_all_objects_in_listing_query


def delete_pages(original: Callable[..., tuple[int, int]]) -> object:
    """Deleting takes pages below along instead of failing to find them; likewise."""

    def execute_action(action: type, /, objects: list[Page], **context: object) -> tuple[int, int]:
        return original(topmost(objects), **context)

    return classmethod(execute_action)
