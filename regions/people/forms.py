"""What an invited person fills in."""

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.accounts.passwords import PASSWORD_RULE, PASSWORDS_DIFFER
from cms.models import User
from regions.models import Invitation


class AcceptForm(SetPasswordMixin, forms.Form):  # type: ignore[type-arg]  # generic in stubs only
    """Name and password; address, house and role come from the invitation alone.

    Args:
        invitation: what is accepted.
    """

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Please enter your first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Please enter your last name.")},
    )
    password = forms.CharField(
        label=_("Your new password"),
        strip=False,
        help_text=PASSWORD_RULE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Please choose a password.")},
    )
    repeated = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Please type the password once more.")},
    )

    error_messages = {"password_mismatch": PASSWORDS_DIFFER}

    def __init__(self, invitation: Invitation, data: QueryDict | None = None) -> None:
        self.invitation = invitation
        names = {"first_name": invitation.first_name, "last_name": invitation.last_name}
        super().__init__(data, initial=names)

    def clean(self) -> dict[str, object]:
        """Refuse passwords that differ, and those that are easy to guess."""
        cleaned = super().clean() or {}
        self.validate_passwords("password", "repeated")
        names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
        person = User(email=self.invitation.email, **names)
        self.validate_password_for_user(person, "password")
        return cleaned
