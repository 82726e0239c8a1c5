"""Where Wagtail heeds the guards although it offers no hook: replaced in one place.

Every replacement calls what it replaces. ``tests/isolation`` holds that each is
still in effect after an update of Wagtail.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django_filters import FilterSet
from wagtail.admin import filters as admin_filters
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.widgets import BaseChooser
from wagtail.images.views import chooser as image_chooser
from wagtail.models import Page, PageLogEntry

from cms.models import User
from regions.isolation import listings, titles
from regions.isolation.current_request import person
from regions.isolation.reach import guarded_models


def _replace(owner: Any, name: str, make: Callable[[Callable], Callable]) -> None:
    """Put ``make(original)`` in the place of ``owner.name``."""
    original = getattr(owner, name)
    setattr(owner, name, wraps(original)(make(original)))


def _titles(original: Callable) -> Callable:
    def get_admin_display_title(page: Page) -> str:
        return titles.page_title(page, person())

    return get_admin_display_title


def _names(original: Callable) -> Callable:
    def __str__(page: Page) -> str:
        return titles.page_name(page, person())

    return __str__


def _chosen(original: Callable) -> Callable:
    def get_value_data(widget: BaseChooser, value: Any) -> Any:
        data = original(widget, value)
        item = widget.get_instance(value) if data else None
        if isinstance(item, guarded_models()) and not titles.shows_item(item, person()):
            return titles.without_name(data, widget.display_title_key)
        return data

    return get_value_data


def _converted(original: Callable) -> Callable:
    def render_chosen_response(view: ExternalLinkView, result: dict[str, Any]) -> HttpResponse:
        if "adminTitle" in result:
            page = Page.objects.get(pk=result["id"])
            result = result | {"adminTitle": titles.page_title(page, person())}
        return original(view, result)

    return render_chosen_response


def _filters(original: Callable) -> Callable:
    def get_form_class(filter_set: FilterSet) -> type:
        form_class = original(filter_set)
        for field in form_class.base_fields.values():
            people = getattr(field, "queryset", None)
            if people is not None and issubclass(people.model, User):
                field.queryset = listings.offered_people(people, filter_set.request.user)
        return form_class

    return get_form_class


def _popular_tags(original: Callable) -> Callable:
    def popular_tags_for_model(model: type[Model], count: int = 10) -> QuerySet:
        user = person()
        if user is None:
            return original(model, count)
        # Wagtail's own list is cut to its length already.
        known = listings.offered_tags(listings.Tag.objects.all(), user)
        return original(model, None).filter(pk__in=known.values("pk"))[:count]

    return popular_tags_for_model


def _bulk(original: Callable) -> Callable:
    def get_actionable_objects(action: BulkAction) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, others = original(action)
        refused = others["items_with_no_access"]
        named = listings.named_as_refused(refused, action.request.user)
        if refused and not named and not objects:
            raise PermissionDenied
        return objects, others | {"items_with_no_access": named}

    return get_actionable_objects


def _page_history(original: Callable) -> Callable:
    def viewable_by_user(manager: Any, user: User) -> QuerySet[PageLogEntry]:
        return listings.page_history(original(manager, user), user)

    return viewable_by_user


def connect() -> None:
    """Put all replacements in effect; called once when the app is ready."""
    _replace(Page, "get_admin_display_title", _titles)
    _replace(Page, "__str__", _names)
    _replace(BaseChooser, "get_value_data", _chosen)
    _replace(ExternalLinkView, "render_chosen_response", _converted)
    _replace(admin_filters.WagtailFilterSet, "get_form_class", _filters)
    for module in (admin_filters, image_chooser):
        _replace(module, "popular_tags_for_model", _popular_tags)
    _replace(BulkAction, "get_actionable_objects", _bulk)
    _replace(type(PageLogEntry.objects), "viewable_by_user", _page_history)
