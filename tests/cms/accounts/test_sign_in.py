"""Signing in and out with a password."""

import pytest
from django.urls import reverse

from tests.signing_in import give_password, is_signed_in

pytestmark = pytest.mark.django_db


def test_signing_in_leads_to_the_editing(client, editor) -> None:
    response = give_password(client, editor)
    assert response.url == reverse("wagtailadmin_home")
    assert is_signed_in(client)
    assert client.get(response.url).status_code == 200


def test_the_admin_asks_for_signing_in_and_goes_on_where_one_wanted(client, editor) -> None:
    asked = client.get("/admin/pages/")
    assert asked.url == "/anmelden/?next=/admin/pages/"
    page = client.get(asked.url).content.decode()
    assert 'name="next" value="/admin/pages/"' in page
    assert give_password(client, editor, next_page="/admin/pages/").url == "/admin/pages/"


@pytest.mark.parametrize(
    "foreign", ["https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com"]
)
def test_next_leads_to_no_other_site(client, editor, foreign) -> None:
    assert give_password(client, editor, next_page=foreign).url == reverse("wagtailadmin_home")


def test_a_wrong_password_says_so_in_german(client, editor) -> None:
    response = give_password(client, editor, "falsch")
    assert "E-Mail-Adresse und Passwort passen nicht zusammen." in response.content.decode()
    assert not is_signed_in(client)


def test_unknown_and_known_addresses_get_the_same_answer(client, editor) -> None:
    known = give_password(client, editor, "falsch").content.decode()
    editor.email = "gibtesnicht@example.org"
    unknown = give_password(client, editor, "falsch").content.decode()
    masked = known.replace("editor@example.org", "gibtesnicht@example.org")
    csrf = r'name="csrfmiddlewaretoken" value="[^"]+"'
    import re

    assert re.sub(csrf, "", masked) == re.sub(csrf, "", unknown)


def test_an_inactive_account_is_told_that_it_is_deactivated(client, editor) -> None:
    editor.is_active = False
    editor.save()
    response = give_password(client, editor)
    assert response.url == reverse("account_inactive")
    assert "Ihr Konto ruht" in client.get(response.url).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["/admin/logout/", "/abmelden/"])
def test_signing_out(client, editor, address) -> None:
    give_password(client, editor)
    assert client.get(address).status_code == 200
    assert is_signed_in(client)
    response = client.post(address)
    assert response.url == reverse("account_login")
    assert not is_signed_in(client)
    assert "Sie sind abgemeldet." in client.get(response.url).content.decode()


def test_somebody_without_rights_lands_at_the_own_account_and_not_in_a_loop(client) -> None:
    from demo.people import build_person

    person = build_person("niemand@example.org")
    response = give_password(client, person)
    for _step in range(4):
        if response.status_code != 302:
            break
        response = client.get(response.url)
    assert response.request["PATH_INFO"] == reverse("account_home")
    assert "Ihr Konto hat noch keine Rechte." in response.content.decode()


def test_pages_of_sign_in_are_kept_by_nobody_and_found_by_no_search_engine(client) -> None:
    response = client.get(reverse("account_login"))
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_reader_of_the_site_gets_no_cookie(client, house) -> None:
    for address in ("/", "/suche/", "/gibt-es-nicht/"):
        client.get(address)
    assert not client.cookies
