"""The forms of django-allauth in our words: labels instead of placeholders."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from cms.accounts.passwords import PASSWORD_RULE
from cms.models import User
from cms.text import compose

CODE_ATTRIBUTES = {"autocapitalize": "off", "spellcheck": "false"}


class PlainForm(BaseForm):
    """Takes the placeholders away and words the fields that a form names in ``words``."""

    words: ClassVar[Mapping[str, tuple[StrOrPromise, StrOrPromise]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
            if name in self.words:
                field.label, field.help_text = self.words[name]


EMAIL = (_("E-mail address"), "")
PASSWORD = (_("Password"), "")
NEW_PASSWORD = (_("New password"), PASSWORD_RULE)
AGAIN = (_("The new password once more"), "")
CODE = (
    _("Code"),
    _("The six digits of your authenticator app, or one of your recovery codes."),
)


class SignInForm(PlainForm, account.LoginForm):
    """Sign-in by e-mail address and password; the second factor is asked for on the next page."""

    words = {"login": EMAIL, "password": PASSWORD}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ForgottenPasswordForm(PlainForm, account.ResetPasswordForm):
    """Ask for a link; known and unknown addresses get the same answer, after the same work."""

    words = {"email": EMAIL}

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Send the link, or do about as much for an address that has no account."""
        if not self.users:
            nobody = User(pk=0, email=self.cleaned_data["email"])
            nobody.set_unusable_password()
            token = default_token_generator.make_token(nobody)
            url = get_adapter().get_reset_password_from_key_url(f"0-{token}")
            words = {"user": nobody, "password_reset_url": url, "request": request}
            get_adapter().render_mail("account/email/password_reset_key", nobody.email, words)
        return super().save(request, **kwargs)


class NewPasswordForm(PlainForm, account.ResetPasswordKeyForm):
    """Set a new password with a link."""

    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePasswordForm(PlainForm, account.ChangePasswordForm):
    """Set a new password with the old one."""

    words = {
        "oldpassword": (_("Current password"), ""),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class ConfirmPasswordForm(PlainForm, account.ReauthenticateForm):
    """Say once more who you are, by password."""

    words = {"password": PASSWORD}


class CodeField(PlainForm):
    """A form with a code from an app, typed or pasted in any way that people write it.

    A code of the app counts once for as long as it would fit, wherever it was given: allauth
    remembers it for one period, and with tolerance for clocks it would fit for three; the code
    that sets an app up it does not remember at all.
    """

    user: User

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_ATTRIBUTES)

    def _join(self) -> None:
        """Take out blanks of any kind: apps and mails group digits with a no-break space."""
        self.cleaned_data["code"] = "".join(compose(self.cleaned_data["code"]).split())

    def _spend(self, code: str) -> None:
        """Refuse a code that has been given before."""
        fits_for = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
        digits = "".join(filter(str.isdigit, code))
        if not cache.add(f"allauth:spent:{self.user.pk}:{digits}", 1, fits_for):
            raise get_adapter().validation_error("incorrect_code")


class OneTimeCode(CodeField, mfa.BaseAuthenticateForm):
    """A code of the app, or a recovery code."""

    words = {"code": CODE}

    def clean_code(self) -> str:
        """Refuse a code of the app that has been used."""
        self._join()
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            self._spend(code)
        return code


class CodeForm(OneTimeCode, mfa.AuthenticateForm):
    """The second step of signing in."""


class ConfirmCodeForm(OneTimeCode, mfa.ReauthenticateForm):
    """Say once more who you are, by code."""


class SetUpForm(CodeField, totp.ActivateTOTPForm):
    """The first code of an app proves that it was set up right."""

    words = {"code": (_("Code"), _("The six digits that the app shows now."))}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Refuse a code that has been used; this one then signs nobody in."""
        self._join()
        code = super().clean_code()
        self._spend(code)
        return code
