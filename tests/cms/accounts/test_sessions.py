"""Sessions: listed, ended everywhere, cleared."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.accounts.sessions import clear_expired, end_sessions
from cms.jobs import registry
from cms.models import OutgoingMail
from tests.signing_in import give_password

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def elsewhere(editor) -> Client:
    """The editor, signed in on another device."""
    browser = Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="192.0.2.7")
    give_password(browser, editor)
    return browser


def is_inside(client: Client) -> bool:
    """Whether the admin opens."""
    return client.get("/admin/").status_code == 200


def test_the_list_names_the_own_sessions_only(client, editor, lead, elsewhere) -> None:
    give_password(Client(REMOTE_ADDR="192.0.2.99"), lead)
    give_password(client, editor)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Linux" in page
    assert "192.0.2.7" in page
    assert "192.0.2.99" not in page
    assert page.count("(hier)") == 1


def test_sign_out_everywhere_else(client, editor, lead, elsewhere) -> None:
    other = Client()
    give_password(other, lead)
    give_password(client, editor)
    client.post(reverse("usersessions_list"))
    assert not is_inside(elsewhere)
    assert is_inside(client)
    assert is_inside(other)


def test_a_session_that_is_in_no_list_ends_too(client, editor, elsewhere) -> None:
    UserSession.objects.all().delete()
    give_password(client, editor)
    client.post(reverse("usersessions_list"))
    assert not is_inside(elsewhere)


def test_ending_sessions_reads_none_of_the_site(editor, lead, elsewhere) -> None:
    with CaptureQueriesContext(connection) as captured:
        end_sessions(editor)
    assert not [query for query in captured if "django_session" in query["sql"]]
    assert not is_inside(elsewhere)


def test_sessions_go_on_when_the_secret_key_is_replaced(settings, editor, elsewhere) -> None:
    end_sessions(editor)
    give_password(elsewhere, editor)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-secret-key-of-the-site"
    assert is_inside(elsewhere)


def test_the_session_that_ended_the_others_stays_listed(client, editor, elsewhere) -> None:
    give_password(client, editor)
    client.post(reverse("usersessions_list"))
    (listed,) = UserSession.objects.filter(user=editor)
    assert listed.session_key == client.session.session_key


def test_a_session_stays_listed_when_wagtail_gives_it_another_key(editor, elsewhere) -> None:
    before = elsewhere.session.session_key
    page = elsewhere.get("/admin/account/")
    assert page.status_code == 200
    data = {"name_email-first_name": "Selma", "name_email-last_name": "S", "theme-theme": "dark"}
    data |= {"theme-contrast": "system", "theme-density": "default"}
    assert elsewhere.post("/admin/account/", data).status_code == 302
    after = elsewhere.session.session_key
    assert after != before
    assert UserSession.objects.filter(session_key=after, user=editor).exists()


def test_a_new_password_ends_all_other_sessions(client, editor, elsewhere) -> None:
    give_password(client, editor)
    data = {
        "oldpassword": "kooperation",
        "password1": "ein-neues-passwort",
        "password2": "ein-neues-passwort",
    }
    client.post(reverse("account_change_password"), data)
    assert is_inside(client)
    assert not is_inside(elsewhere)
    mail = OutgoingMail.objects.get(recipient=editor.email)
    assert mail.subject == "Ihr Passwort wurde geändert"
    assert "von der Adresse 127.0.0.1" in mail.body


def test_changing_the_password_takes_the_old_one(client, editor) -> None:
    give_password(client, editor)
    data = {"oldpassword": "falsch", "password1": "ein-neues-pw", "password2": "ein-neues-pw"}
    page = client.post(reverse("account_change_password"), data).content.decode()
    assert "Das ist nicht Ihr jetziges Passwort." in page
    editor.refresh_from_db()
    assert editor.check_password("kooperation")


def test_an_account_that_is_switched_off_is_out_at_once(editor, elsewhere) -> None:
    editor.is_active = False
    editor.save()
    assert not is_inside(elsewhere)


def test_no_session_comes_back_with_the_account(editor, elsewhere) -> None:
    for is_active in (False, True):
        editor.is_active = is_active
        editor.save(update_fields=["is_active"])
    assert not is_inside(elsewhere)


def test_what_is_known_of_expired_sessions_is_deleted_daily(editor, elsewhere) -> None:
    give_password(Client(), editor)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Session.objects.filter(pk=elsewhere.session.session_key).update(expire_date=yesterday)
    assert clear_expired() == "1 abgelaufene Sitzungen gelöscht"
    assert UserSession.objects.count() == Session.objects.count() == 1
    work = next(work for work in registry.registered() if work.name == "sessions")
    assert work.every == datetime.timedelta(days=1)


def test_a_session_ends_after_twelve_hours(client, editor) -> None:
    give_password(client, editor)
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == 12 * 60 * 60
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_cookies_stay_on_encrypted_connections_in_production(client, editor, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    give_password(client, editor)
    assert client.cookies["sessionid"]["secure"]
    assert client.cookies["known_browser"]["secure"]
    assert client.cookies["known_browser"]["httponly"]
    assert client.cookies["known_browser"]["path"] == "/anmelden/"
