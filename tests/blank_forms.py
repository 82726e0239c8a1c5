"""Page forms in which hardly anything was filled in."""

from typing import Any

from django.forms import DateField, IntegerField, TypedChoiceField
from wagtail.blocks.base import BlockField

#: Fields that the form fills in itself.
FILLED_IN = (DateField, IntegerField, TypedChoiceField)


def blank_data(form: Any, **typed: Any) -> dict[str, Any]:
    """What a browser posts when somebody has typed only ``typed``."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        if isinstance(field, BlockField):
            data[f"{name}-count"] = "0"
        elif isinstance(field, FILLED_IN) and form[name].value() is not None:
            data[name] = str(form[name].value())
    for formset in form.formsets.values():
        for key, value in (
            ("TOTAL_FORMS", 0),
            ("INITIAL_FORMS", 0),
            ("MIN_NUM_FORMS", 0),
            ("MAX_NUM_FORMS", 1000),
        ):
            data[f"{formset.prefix}-{key}"] = str(value)
    return data | typed
