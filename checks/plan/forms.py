"""The form of a measure. Whatever is wrong, nothing typed is lost."""

import datetime
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.definition import MOST_LONG
from checks.filling.forms import length_limit
from checks.models import Measure
from cms.text import one_character_a_break
from cms.working_days import LAST_YEAR

#: Days before it are typing errors.
FIRST_YEAR = 2020


class MeasureForm(forms.ModelForm[Measure]):
    """What, how urgent, who, until when, how it is seen that it is done, how far it is."""

    #: When the measure was changed last as the visitor saw it.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Measure
        fields = ("text", "urgency", "who", "due", "checked_by", "status")
        error_messages = {
            "text": {"required": gettext_lazy("Please write what you want to do.")},
            "due": {
                "invalid": gettext_lazy("Please enter a day, for example 31.12.2027."),
            },
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "due": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, data: QueryDict | None = None, *, instance: Measure | None = None) -> None:
        if data is not None:
            data = data.copy()
            data["text"] = one_character_a_break(data.get("text", ""))
        # A new one has a name of its own: only the very same form sent twice is one measure.
        seen = seen_of(instance) or secrets.token_urlsafe(9)
        super().__init__(data, instance=instance, initial={"seen": seen})
        self.fields["text"].validators.append(length_limit(MOST_LONG))
        for name in ("who", "checked_by"):
            _count_instead_of_cutting(self.fields[name])

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """What one fills in."""
        return [self[name] for name in self.Meta.fields]

    def clean_due(self) -> datetime.date | None:
        """A day within reach."""
        due: datetime.date | None = self.cleaned_data["due"]
        if due and not FIRST_YEAR <= due.year <= LAST_YEAR:
            raise ValidationError(_("Please check the year."))
        return due


def _count_instead_of_cutting(field: forms.Field) -> None:
    """A browser would cut a long text off without a word."""
    if isinstance(field, forms.CharField) and field.max_length:
        field.widget.attrs.pop("maxlength", None)
        others = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
        field.validators = [*others, length_limit(field.max_length)]


def seen_of(measure: Measure | None) -> str:
    """Says which state of a measure a form shows."""
    return measure.changed_at.isoformat() if measure and measure.pk else ""
