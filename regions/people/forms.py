"""What an invited person fills in."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from cms.models import User
from regions.models import Invitation


class AcceptForm(forms.Form):
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
        help_text=_("At least eight characters; three or four words in a row are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Please choose a password.")},
    )
    repeated = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Please type the password once more.")},
    )

    def __init__(self, invitation: Invitation, data: Any = None) -> None:
        self.invitation = invitation
        names = {"first_name": invitation.first_name, "last_name": invitation.last_name}
        super().__init__(data, initial=names)

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that differ, and those that are easy to guess."""
        cleaned = super().clean() or {}
        password, repeated = cleaned.get("password"), cleaned.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", _("The two passwords differ. Please type both again."))
        elif password:
            names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
            person = User(email=self.invitation.email, **names)
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
