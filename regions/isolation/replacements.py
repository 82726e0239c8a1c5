"""Where Wagtail heeds the guards although it offers no hook.

Each function takes the original and returns what stands in its place, which calls it; listed in
:mod:`cms.wagtail_patches`.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import Form, ModelChoiceField
from django.http import HttpResponse
from django_filters import FilterSet
from taggit.models import Tag
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page, PageLogEntry

from cms.models import User
from regions.isolation import listings, titles
from regions.isolation.current_request import get_current_user
from regions.isolation.reach import guarded_models

Actionable = tuple[list[Model], dict[str, list[Model]]]
"""What a bulk action may do to, and what it may not, by the reason."""


def get_admin_display_title(original: Callable[..., str]) -> Callable[..., str]:
    """Show the title of a draft within reach only."""

    def replacement(page: Page) -> str:
        return titles.page_title(page, get_current_user())

    return replacement


def page_name(original: Callable[..., str]) -> Callable[..., str]:
    """Name a page out of reach as the public knows it."""

    def replacement(page: Page) -> str:
        return titles.page_name(page, get_current_user())

    return replacement


def get_value_data(original: Callable[..., dict[str, object]]) -> Callable[..., dict[str, object]]:
    """Leave out the name of a chosen item that is out of reach."""

    def replacement(widget: BaseChooser, value: object) -> dict[str, object]:
        data = original(widget, value)
        item = widget.get_instance(value) if data else None
        if isinstance(item, guarded_models()) and not titles.shows_item(item, get_current_user()):
            return titles.without_name(data, widget.display_title_key)
        return data

    return replacement


def render_chosen_response(original: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a typed address with a title only where that may be read."""

    def replacement(view: ExternalLinkView, result: dict[str, object]) -> HttpResponse:
        if "adminTitle" in result:
            page = Page.objects.get(pk=result["id"])
            result = result | {"adminTitle": titles.page_title(page, get_current_user())}
        return original(view, result)

    return replacement


def get_form_class(original: Callable[..., type[Form]]) -> Callable[..., type[Form]]:
    """Offer in filters only people of one's own houses."""

    def replacement(filter_set: FilterSet) -> type[Form]:
        form_class = original(filter_set)
        for field in form_class.base_fields.values():
            if not isinstance(field, ModelChoiceField):
                continue
            people = field.queryset
            if people is not None and issubclass(people.model, User):
                field.queryset = listings.offered_people(people, filter_set.request.user)
        return form_class

    return replacement


def popular_tags_for_model(
    original: Callable[..., QuerySet[Tag]],
) -> Callable[..., QuerySet[Tag]]:
    """Offer the tags of media within reach."""

    def replacement(model: type[Model], count: int = 10) -> QuerySet[Tag]:
        user = get_current_user()
        if user is None:
            return original(model, count)
        # Wagtail's own list is cut to its length already.
        known = listings.offered_tags(Tag.objects.all(), user)
        return original(model, None).filter(pk__in=known.values("pk"))[:count]

    return replacement


def get_actionable_objects(original: Callable[..., Actionable]) -> Callable[..., Actionable]:
    """Refuse what is out of reach without naming it."""

    def replacement(action: BulkAction) -> Actionable:
        user = action.request.user
        objects, others = original(action)
        refused = others["items_with_no_access"]
        named = listings.visible_refusals(refused, user) if user.is_authenticated else []
        if refused and not named and not objects:
            raise PermissionDenied
        return objects, others | {"items_with_no_access": named}

    return replacement


def viewable_by_user(
    original: Callable[..., QuerySet[PageLogEntry]],
) -> Callable[..., QuerySet[PageLogEntry]]:
    """Show log entries of pages within reach."""

    def replacement(manager: object, user: User) -> QuerySet[PageLogEntry]:
        return listings.page_history(original(manager, user), user)

    return replacement
