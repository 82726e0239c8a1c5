"""The form of one section, made of the questions by Wagtail's form builder."""

import re
from collections.abc import Sequence
from typing import TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from wagtail.contrib.forms.forms import FormBuilder

from checks.definition import MOST_LONG, MOST_SHORT, NEED_ANSWERS, Answer, Answers, Item, Section
from cms.spam_protection.honeypot import HoneypotMixin
from cms.text import one_character_a_break

#: Names of fields begin with it, so that no identifier of a question meets another field's name.
PREFIX = "frage-"
INVALID_CHOICE = gettext_lazy("Please choose one of the answers.")
#: Larger numbers are typing errors.
LARGEST_NUMBER = 10**9
#: Dots and blanks stand before three digits, or they separate something else.
NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+")


class FieldOptions(TypedDict):
    """What fields of all kinds are made with."""

    label: StrOrPromise
    help_text: StrOrPromise
    required: bool


class CheckFormBuilder(FormBuilder):
    """Wagtail's builder, with the need for action and German limits that lose nothing typed."""

    def get_field_options(self, field: Item) -> FieldOptions:
        """No question must be answered; help is text, never markup."""
        return {"label": field.label, "help_text": field.help_text, "required": False}

    def get_formatted_field_choices(self, field: Item) -> list[tuple[str, str]]:
        """The choices without their advice."""
        return [(choice, choice) for choice in field.advice_by_choice]

    def create_need_field(self, field: Item, options: FieldOptions) -> forms.Field:
        """Green, yellow, red, or does not apply."""
        choices = [(key, words) for key, words, _symbol in NEED_ANSWERS]
        return self._choice(choices, options)

    def create_radio_field(self, field: Item, options: FieldOptions) -> forms.Field:
        return self._choice(self.get_formatted_field_choices(field), options)

    def _choice(
        self, choices: Sequence[tuple[str, StrOrPromise]], options: FieldOptions
    ) -> forms.Field:
        return forms.ChoiceField(
            **options,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": INVALID_CHOICE},
        )

    def create_checkboxes_field(self, field: Item, options: FieldOptions) -> forms.Field:
        return forms.MultipleChoiceField(
            **options,
            choices=self.get_formatted_field_choices(field),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": INVALID_CHOICE, "invalid_list": INVALID_CHOICE},
        )

    def create_number_field(self, field: Item, options: FieldOptions) -> forms.Field:
        return WholeNumberField(
            **options, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "12"})
        )

    def create_singleline_field(self, field: Item, options: FieldOptions) -> forms.Field:
        return forms.CharField(**options, validators=[length_limit(MOST_SHORT)])

    def create_multiline_field(self, field: Item, options: FieldOptions) -> forms.Field:
        return forms.CharField(
            **options,
            widget=forms.Textarea(attrs={"rows": 4}),
            validators=[length_limit(MOST_LONG)],
        )


def length_limit(most: int) -> MaxLengthValidator:
    """A limit that counts and says so; ``maxlength`` would cut without a word."""
    return MaxLengthValidator(
        most,
        gettext_lazy("Your text has %(show_value)s characters; %(limit_value)s at most fit in."),
    )


class WholeNumberField(forms.CharField):
    """A whole number, kept as text; 1.200 is one thousand two hundred in German."""

    def clean(self, value: object) -> str:
        """The digits; empty if nothing was typed."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        digits = re.sub("[. ]", "", typed).lstrip("0") or "0"
        is_short = len(digits) <= len(str(LARGEST_NUMBER))
        if not (NUMBER.fullmatch(typed) and is_short and int(digits) <= LARGEST_NUMBER):
            raise ValidationError(_("Please enter a whole number, for example 12."))
        return digits


class SectionForm(forms.Form):
    """The questions of one section.

    Args:
        data: what was sent.
        section: the section.
        answers: what was answered before, by identifier.
        seen: the step of the run that the visitor is shown.
        initial: of further fields.
    """

    #: Another window may be further than the step this one was shown.
    step = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        section: Section,
        answers: Answers | None = None,
        seen: int = 0,
        initial: dict[str, object] | None = None,
    ) -> None:
        self.section = section
        before = {PREFIX + name: value for name, value in (answers or {}).items()}
        super().__init__(
            data if data is None else with_plain_breaks(data),
            initial={**before, "step": seen, **(initial or {})},
            label_suffix="",
        )
        built = CheckFormBuilder(section.items).formfields
        self.fields.update({PREFIX + name: field for name, field in built.items()})

    @property
    def questions(self) -> list[tuple[Item, forms.BoundField]]:
        """The questions with their fields."""
        return [(item, self[PREFIX + item.clean_name]) for item in self.section.items]

    @property
    def answers(self) -> dict[str, Answer]:
        """What was answered properly, by identifier; empty where nothing was."""
        names = (item.clean_name for item in self.section.items)
        return {
            name: self.cleaned_data[PREFIX + name]
            for name in names
            if PREFIX + name in self.cleaned_data
        }

    @property
    def seen_step(self) -> int:
        """The step the visitor saw."""
        return self.cleaned_data.get("step") or 0


class FirstSectionForm(HoneypotMixin, SectionForm):
    """A section that is sent before there is a run: nothing is stored until then."""

    form_key = "check"

    token = forms.CharField(required=False, widget=forms.HiddenInput)


def with_plain_breaks(data: QueryDict) -> QueryDict:
    """A copy of what was sent, in which a line break is one character."""
    data = data.copy()
    for name in data:
        data.setlist(name, [one_character_a_break(value) for value in data.getlist(name)])
    return data
