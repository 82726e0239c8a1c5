"""Honeypot and time trap of public forms: what keeps machines out and never loses a text."""

import time
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

#: A human being takes longer to fill in a form, in seconds.
LEAST_SECONDS = 3
#: A form may stay open for so many seconds.
STAMP_LIVES = 24 * 60 * 60


def new_stamp(form_key: str, seconds_ago: float = 0) -> str:
    """Says, signed, when a form was handed out."""
    return signing.dumps(int(time.time() - seconds_ago), salt=_salt(form_key))


def age_of(stamp: str, form_key: str) -> float | None:
    """Seconds since ``stamp`` was handed out; ``None`` if it is not this form's or too old."""
    try:
        handed_out = signing.loads(stamp, salt=_salt(form_key), max_age=STAMP_LIVES)
    except signing.BadSignature:
        return None
    return time.time() - handed_out


def _salt(form_key: str) -> str:
    return f"cms.spam_protection.stamp:{form_key}"


class HoneypotMixin(forms.BaseForm, metaclass=DeclarativeFieldsMetaclass):
    """A form with a field nobody can see, and a signed time at which it was handed out.

    Stands before :class:`~django.forms.Form` or ``ModelForm`` among the bases, and is shown by
    ``forms/honeypot.html``.
    """

    #: Tells the form's stamps from those of others.
    form_key: ClassVar[str]

    # People do not see it; whoever fills it in is a machine.
    subject_line = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, object] | None = None,
        **further: Any,
    ) -> None:
        # What is shown again has a stamp that is valid, and no bait swallowed.
        self.typed_stamp, self.typed_bait = "", ""
        if data is not None:
            data = data.copy()
            self.typed_stamp, self.typed_bait = data.get("stamp", ""), data.get("subject_line", "")
            data["subject_line"] = ""
            if age_of(self.typed_stamp, self.form_key) is None:
                data["stamp"] = new_stamp(self.form_key)
        initial = {"stamp": new_stamp(self.form_key), **(initial or {})}
        super().__init__(data, initial=initial, **further)

    def clean(self) -> dict[str, object]:
        """Refuse what a machine would send, and say what a human being can do."""
        cleaned = super().clean() or {}
        age = age_of(self.typed_stamp, self.form_key)
        if self.typed_bait:
            self.add_error(
                None,
                _("A field that nobody can see was filled in. If you are human, send it again."),
            )
        elif age is None:
            self.add_error(
                None, _("The form has been open for very long. Please send it once more.")
            )
        # Below zero the clock was set back while the form was open.
        elif 0 <= age < LEAST_SECONDS and not self.errors:
            self.add_error(
                None, _("That was very fast. Please wait a moment, then send it once more.")
            )
        return cleaned
