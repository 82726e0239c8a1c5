"""What cannot be read in a filter of the admin's lists is said, not ignored."""

from collections.abc import Callable

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import BaseListingView


def filter_queryset(original: Callable[..., QuerySet[Model]]) -> Callable[..., QuerySet[Model]]:
    """A list with a filter that cannot be read shows nothing; for :mod:`cms.wagtail_patches`.

    Wagtail would show everything, as if the filter had not been typed.
    """

    def filter_queryset(view: BaseListingView, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if view.filters is None or not view.filters.form.errors:
            return original(view, queryset)
        # An empty table would look as if nothing had happened: the list says why instead.
        vars(view)["is_export"] = False
        # Nor is there nothing yet: the filter hides it.
        vars(view)["is_filtering"] = True
        return queryset.none()

    return filter_queryset


def filter_errors(filters: WagtailFilterSet | None) -> list[str]:
    """What is wrong with each filter, in a sentence that names it and repeats what was typed."""
    if filters is None:
        return []
    return [
        _("%(filter)s “%(typed)s”: %(error)s")
        % {"filter": field.label, "typed": _typed(field.value()), "error": " ".join(errors)}
        for field, errors in ((field, field.errors) for field in filters.form)
        if errors
    ]


def _typed(value: object) -> str:
    """The value of a field as it was sent; a range has two."""
    values = value if isinstance(value, list | tuple) else [value]
    return " – ".join(str(each) for each in values if each)
