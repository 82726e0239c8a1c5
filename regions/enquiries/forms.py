"""The form a visitor fills in. Whatever is wrong, nothing typed is lost."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.models.sides import SENDER_SIDES
from cms.spam_protection.honeypot import HoneypotMixin
from cms.text import one_character_a_break
from regions.models import Enquiry

REQUIRED_SIDE = _("Please choose for whom you are writing.")


class EnquiryForm(HoneypotMixin, forms.ModelForm[Enquiry]):
    """An enquiry, with its consent and what keeps machines out."""

    form_key = "enquiry"

    side = forms.ChoiceField(
        label=_("For whom are you writing?"),
        choices=[("", _("Please choose")), *SENDER_SIDES],
        error_messages={"required": REQUIRED_SIDE, "invalid_choice": REQUIRED_SIDE},
    )
    consent = forms.BooleanField(
        label=_("I agree that my details are stored and used to answer my enquiry."),
        help_text=_(
            "We delete them 12 months after your enquiry has been settled. You can withdraw your "
            "consent at any time."
        ),
        error_messages={
            "required": _("Please tick the box: without your consent we may not answer.")
        },
    )

    class Meta:
        model = Enquiry
        fields = ("name", "organisation", "side", "email", "phone", "message")
        labels = {
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "phone": _("Telephone"),
            "message": _("What is it about?"),
        }
        help_texts = {
            "email": _("We answer to this address."),
            "message": _("2,000 characters at most."),
        }
        error_messages = {
            "name": {"required": _("Please enter your name.")},
            "email": {
                "required": _("Please enter your e-mail address, so that we can answer."),
                "invalid": _("Please check the e-mail address, for example name@example.org."),
            },
            "message": {
                "required": _("Please write what it is about."),
                "max_length": _(
                    "Your text has %(show_value)s characters; %(limit_value)s at most fit in."
                ),
            },
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(
                attrs={"autocomplete": "tel", "type": "tel", "inputmode": "tel"}
            ),
            "message": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(
        self, data: QueryDict | None = None, *, initial: Mapping[str, object] | None = None
    ) -> None:
        if data is not None:
            data = data.copy()
            data["message"] = one_character_a_break(data.get("message", ""))
        super().__init__(data, initial=initial)
        # A browser would cut a long text off without a word; we count and say so.
        self.fields["message"].widget.attrs.pop("maxlength", None)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What a visitor fills in, without consent and protection."""
        return [self[name] for name in self.Meta.fields]

    def keep_details(self, enquiry: Enquiry) -> None:
        """Keep what a form asks beyond the enquiry; this one asks nothing."""
