"""Where Wagtail heeds the guards although it offers no hook.

Each function takes the original and returns what stands in its place, which calls it; listed in
:mod:`cms.wagtail_patches`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django_filters import FilterSet
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page, PageLogEntry

from cms.models import User
from regions.isolation import listings, titles
from regions.isolation.current_request import get_current_user
from regions.isolation.reach import guarded_models


def get_admin_display_title(original: Callable) -> Callable:
    """Show the title of a draft within reach only."""

    def replacement(page: Page) -> str:
        return titles.page_title(page, get_current_user())

    return replacement


def page_name(original: Callable) -> Callable:
    """Name a page out of reach as the public knows it."""

    def replacement(page: Page) -> str:
        return titles.page_name(page, get_current_user())

    return replacement


def get_value_data(original: Callable) -> Callable:
    """Leave out the name of a chosen item that is out of reach."""

    def replacement(widget: BaseChooser, value: Any) -> Any:
        data = original(widget, value)
        item = widget.get_instance(value) if data else None
        if isinstance(item, guarded_models()) and not titles.shows_item(item, get_current_user()):
            return titles.without_name(data, widget.display_title_key)
        return data

    return replacement


def render_chosen_response(original: Callable) -> Callable:
    """Answer a typed address with a title only where that may be read."""

    def replacement(view: ExternalLinkView, result: dict[str, Any]) -> HttpResponse:
        if "adminTitle" in result:
            page = Page.objects.get(pk=result["id"])
            result = result | {"adminTitle": titles.page_title(page, get_current_user())}
        return original(view, result)

    return replacement


def get_form_class(original: Callable) -> Callable:
    """Offer in filters only people of one's own houses."""

    def replacement(filter_set: FilterSet) -> type:
        form_class = original(filter_set)
        for field in form_class.base_fields.values():
            people = getattr(field, "queryset", None)
            if people is not None and issubclass(people.model, User):
                field.queryset = listings.offered_people(people, filter_set.request.user)
        return form_class

    return replacement


def popular_tags_for_model(original: Callable) -> Callable:
    """Offer the tags of media within reach."""

    def replacement(model: type[Model], count: int = 10) -> QuerySet:
        user = get_current_user()
        if user is None:
            return original(model, count)
        # Wagtail's own list is cut to its length already.
        known = listings.offered_tags(listings.Tag.objects.all(), user)
        return original(model, None).filter(pk__in=known.values("pk"))[:count]

    return replacement


def get_actionable_objects(original: Callable) -> Callable:
    """Refuse what is out of reach without naming it."""

    def replacement(action: BulkAction) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, others = original(action)
        refused = others["items_with_no_access"]
        named = listings.visible_refusals(refused, action.request.user)
        if refused and not named and not objects:
            raise PermissionDenied
        return objects, others | {"items_with_no_access": named}

    return replacement


def viewable_by_user(original: Callable) -> Callable:
    """Show log entries of pages within reach."""

    def replacement(manager: Any, user: User) -> QuerySet[PageLogEntry]:
        return listings.page_history(original(manager, user), user)

    return replacement
