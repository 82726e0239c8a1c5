"""The form of a form page, made of its fields by Wagtail's form builder."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import pgettext

from checks.filling.forms import CheckFormBuilder, FieldOptions, with_plain_breaks
from checks.models import FormPage, FormPageField
from cms.spam_protection.honeypot import HoneypotMixin

#: Names of fields begin with it, so that none meets one of the protection against spam.
PREFIX = "feld-"
BOX = "checkbox"
#: Fields with what was filled in.
Typed = Sequence[tuple[FormPageField, list[str]]]


class EntryFormBuilder(CheckFormBuilder):
    """The builder of self-checks, with fields that must be filled in."""

    def get_field_options(self, field: Any) -> FieldOptions:
        """As the editor says; help is text, never markup."""
        return {**super().get_field_options(field), "required": field.required}

    def create_email_field(self, field: Any, options: FieldOptions) -> forms.Field:
        """Browsers may offer the visitor's own address (WCAG 1.3.5)."""
        return forms.EmailField(**options, widget=forms.EmailInput({"autocomplete": "email"}))

    def get_formatted_field_choices(self, field: Any) -> list[tuple[str, str]]:
        """One answer for each line."""
        choices = (line.strip() for line in field.choices.splitlines())
        return [(choice, choice) for choice in choices if choice]


class EntryForm(HoneypotMixin, forms.Form):
    """What people fill in.

    Args:
        data: what was sent.
        page: whose fields are asked.
    """

    form_key = "form"

    def __init__(self, data: QueryDict | None = None, *, page: FormPage) -> None:
        super().__init__(data if data is None else with_plain_breaks(data), label_suffix="")
        self.rows: list[FormPageField] = list(page.form_fields.all())
        built = EntryFormBuilder(self.rows).formfields
        self.fields.update({PREFIX + name: field for name, field in built.items()})

    @property
    def questions(self) -> list[tuple[FormPageField, forms.BoundField]]:
        """The rows of the page with their fields."""
        return [(row, self[PREFIX + row.clean_name]) for row in self.rows]

    @property
    def typed(self) -> Typed:
        """What was filled in, right or wrong, as it was typed; nothing of what was left empty."""
        found = []
        for row, field in self.questions:
            value = field.value()
            texts = value if isinstance(value, list) else [value]
            if row.field_type == BOX:
                texts = [pgettext("a box", "Yes")] if value else []
            if texts := [str(text) for text in texts if text]:
                found.append((row, texts))
        return found

    @property
    def entry(self) -> dict[str, object]:
        """What was filled in, by identifier."""
        return {row.clean_name: self.cleaned_data[PREFIX + row.clean_name] for row in self.rows}
