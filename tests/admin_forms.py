"""What a browser would post from Wagtail's page forms."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, streamfield


def form_data(form: Any) -> dict[str, Any]:
    """A page form as it would be posted unchanged, with one block in every body."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.initial.get(name, field.initial)
        value = value() if callable(value) else value
        if hasattr(value, "stream_block") or value is None:
            continue
        many = not isinstance(value, str) and hasattr(value, "__iter__")
        data[name] = [str(item.pk) for item in value] if many else str(value)
    for formset in form.formsets.values():
        data[f"{formset.prefix}-TOTAL_FORMS"] = "0"
        data[f"{formset.prefix}-INITIAL_FORMS"] = "0"
        data[f"{formset.prefix}-MIN_NUM_FORMS"] = "0"
        data[f"{formset.prefix}-MAX_NUM_FORMS"] = "1000"
    for name, blocks in (
        ("lead_image", []),
        ("body", [("heading", {"text": "Es geht.", "level": "2"})]),
    ):
        if name in form.fields:
            data |= nested_form_data({name: streamfield(blocks)})
    return data
