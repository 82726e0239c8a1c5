"""One rule for passwords, in every form that takes a new one."""

import pytest
from django import forms

from cms.accounts.forms import ChangePasswordForm, NewPasswordForm
from cms.accounts.passwords import PASSWORD_RULE
from regions.models import Invitation
from regions.people.forms import AcceptForm

RULE = "Mindestens acht Zeichen, nicht nur Ziffern."
OLD = "kooperation"


def change(first: str, second: str, user) -> forms.Form:
    return ChangePasswordForm(
        data={"oldpassword": OLD, "password1": first, "password2": second}, user=user
    )


def reset(first: str, second: str, user) -> forms.Form:
    return NewPasswordForm(data={"password1": first, "password2": second}, user=user)


def accept(first: str, second: str, user) -> forms.Form:
    names = {"first_name": user.first_name, "last_name": user.last_name}
    return AcceptForm(Invitation(email=user.email), names | {"password": first, "repeated": second})


@pytest.mark.django_db
@pytest.mark.parametrize("form", [change, reset, accept])
def test_the_rule_is_said_and_held(rf, editor, form) -> None:
    def accepted(password: str, repeated: str = "") -> bool:
        return form(password, repeated or password, editor).is_valid()

    texts = [str(field.help_text) for field in form("", "", editor).fields.values()]
    assert str(PASSWORD_RULE) in texts
    assert PASSWORD_RULE.startswith(RULE)
    assert accepted("geht-gut")
    assert not accepted("geht-gu")
    assert not accepted("8234917465")
    assert not accepted("passwort")
    assert not accepted(editor.email)
    assert not accepted("geht-gut", "geht-auch")
