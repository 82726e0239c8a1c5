"""No way of signing in or setting a password but ours."""

import inspect
from collections.abc import Iterator

import pytest
from django.contrib.auth import views as auth_views
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation
from wagtail.admin.views import account as wagtail_account

from cms.models import User

pytestmark = pytest.mark.django_db

STOCK = tuple(
    view
    for module in (auth_views, wagtail_account)
    for _name, view in inspect.getmembers(module, inspect.isclass)
    if issubclass(
        view,
        (
            auth_views.LoginView,
            auth_views.LogoutView,
            auth_views.PasswordContextMixin,
            wagtail_account.PasswordResetEnabledViewMixin,
        ),
    )
)
#: Values for what stands in the addresses; a new kind of argument fails the test.
VALUES = {"uidb64": "MQ", "token": "abc-def"}


def patterns(found=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address Django knows, as a path with its arguments filled in where we can."""
    for entry in found if found is not None else get_resolver().url_patterns:
        path = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, path)
        else:
            yield path, entry


def stock_addresses() -> list[str]:
    """Addresses where a stock view that signs in, out or sets passwords is registered."""
    return sorted({path for language in ("de", "en") for path in _stock_addresses_in(language)})


def _stock_addresses_in(language: str) -> Iterator[str]:
    """The same in one language: English addresses have a prefix."""
    with translation.override(language):
        for path, entry in patterns():
            view = getattr(entry.callback, "view_class", None)
            if view and issubclass(view, STOCK):
                for name, value in VALUES.items():
                    path = path.replace(f"<{name}>", value)
                yield "/" + path


def test_the_stock_views_are_found() -> None:
    found = set(stock_addresses())
    expected = {"/admin/login/", "/admin/logout/", "/admin/password_reset/"}
    expected |= {"/_util/login/", "/en/_util/login/"}
    assert expected <= found
    assert not [address for address in found if "<" in address]


@pytest.mark.parametrize("address", sorted(set(stock_addresses())))
def test_each_stock_address_is_ours(client, address) -> None:
    match = resolve(address)
    assert not issubclass(getattr(match.func, "view_class", object), STOCK)

    User.objects.create_superuser("erika@example.org", "geheim-genug")
    data = {
        "username": "erika@example.org",
        "password": "geheim-genug",
        "email": "erika@example.org",
    }
    for response in (client.get(address), client.post(address, data)):
        assert response.status_code == 302
        assert response.url in (reverse("account_login"), reverse("account_reset_password"))
    assert "_auth_user_id" not in client.session


def test_the_page_that_was_wanted_comes_along(client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/3/")
    assert response.url == "/anmelden/?next=%2Fadmin%2Fpages%2F3%2F"


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_set_password",
        "account_confirm_email",
        "account_request_login_code",
    ],
)
def test_what_allauth_could_do_more_is_not_offered(name) -> None:
    assert name not in get_resolver().reverse_dict


def test_nobody_can_change_password_or_address_on_wagtails_account_page(
    sign_in, administrator
) -> None:
    client = sign_in(administrator)
    page = client.get("/admin/account/").content.decode()
    assert "password" not in page.lower().replace('href="/konto/passwort/"', "")
    data = {
        "name_email-first_name": "Ines",
        "name_email-email": "neu@example.org",
        "password-new_password1": "ganz-neues-passwort",
        "password-new_password2": "ganz-neues-passwort",
        "password-old_password": "kooperation",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }
    client.post("/admin/account/", data)
    administrator.refresh_from_db()
    assert administrator.email == "admin@example.org"
    assert administrator.check_password("kooperation")
