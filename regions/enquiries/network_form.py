"""The public form to propose a network: an enquiry with a few questions more."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.spam_protection.honeypot import age_of, new_stamp
from regions.enquiries.forms import EnquiryForm
from regions.enquiries.networks import known_as
from regions.house_blocks import network_key
from regions.models import Enquiry, NetworkProposal, Region

PURPOSE_LENGTH = 400


class NetworkForm(EnquiryForm):
    """A proposed network, and who proposes it.

    Args:
        data: what was sent.
        region: of the house that it is proposed to.
    """

    form_key = "network"

    network_name = forms.CharField(
        label=_("Name of the network"),
        max_length=120,
        error_messages={"required": _("Please enter what the network is called.")},
    )
    message = forms.CharField(
        label=_("What is it for?"),
        max_length=PURPOSE_LENGTH,
        help_text=_("One or two sentences, 400 characters at most. They will be public."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Please write what the network is for."),
            "max_length": EnquiryForm.Meta.error_messages["message"]["max_length"],
        },
    )
    meets = forms.CharField(
        label=_("Who meets when?"),
        max_length=200,
        required=False,
        help_text=_("For example “Companies and schools, every first Tuesday at 6 pm”."),
    )
    url = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Please check the address, for example www.example.org.")},
    )
    shows_contact = forms.BooleanField(
        label=_("My name and my e-mail address may stand on the page of the house as contact."),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, region: Region | None) -> None:
        super().__init__(data)
        self.region = region
        self.fields["message"].widget.attrs.pop("maxlength", None)
        self.fields["consent"].label = _(
            "I agree that my details are stored and used to look at my proposal and to answer me."
        )
        self.fields["consent"].help_text = _(
            "We delete them 12 months after your proposal has been settled. You can withdraw your "
            "consent at any time."
        )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The network first, then who proposes it."""
        names = ("network_name", "message", "meets", "url", "name", "organisation", "side")
        return [self[name] for name in (*names, "email", "phone")]

    def clean_network_name(self) -> str:
        """Refuse what the house knows already.

        Raises:
            ValidationError: it does.
        """
        name: str = self.cleaned_data["network_name"]
        if not network_key(name):
            raise forms.ValidationError(_("Please enter what the network is called."))
        if self.region and (known := known_as(self.region, name)):
            raise forms.ValidationError(known)
        return name

    def keep_details(self, enquiry: Enquiry) -> None:
        """Keep the network with its enquiry."""
        sent = self.cleaned_data
        NetworkProposal.objects.create(
            enquiry=enquiry,
            name=sent["network_name"],
            key=network_key(sent["network_name"]),
            **{name: sent[name] for name in ("meets", "url", "shows_contact")},
        )


def as_enquiry(typed: QueryDict) -> QueryDict:
    """What was typed into the form, as an enquiry to somebody who has no networks."""
    data = typed.copy()
    fields = NetworkForm(None, region=None).fields
    answers = [
        f"{fields[name].label}\n{answer}"
        for name in ("network_name", "message", "meets", "url")
        if (answer := str(typed.get(name, "")).strip())
    ]
    data["message"] = "\n\n".join(answers)
    age = age_of(typed.get("stamp", ""), NetworkForm.form_key)
    if age is not None:
        data["stamp"] = new_stamp(EnquiryForm.form_key, age)
    return data
