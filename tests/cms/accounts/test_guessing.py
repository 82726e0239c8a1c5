"""Guessing is slowed, and the owner is never kept out for good."""

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from cms.models import OutgoingMail
from demo.people import build_person
from tests.signing_in import code_of, give_code, give_password, is_signed_in, set_up_factor

pytestmark = pytest.mark.django_db

TOO_MANY = "Zu viele Versuche."


def guess(client: Client, user, times: int):
    """Try wrong passwords; returns the last answer."""
    for attempt in range(times):
        response = give_password(client, user, f"falsch-{attempt}")
    return response


def test_after_five_wrong_passwords_the_right_one_does_not_help_a_stranger(client, editor) -> None:
    assert TOO_MANY not in guess(client, editor, 5).content.decode()
    assert TOO_MANY in give_password(client, editor).content.decode()
    assert not is_signed_in(client)


def test_an_unknown_account_is_counted_alike(client, editor) -> None:
    editor.email = "gibtesnicht@example.org"
    guess(client, editor, 5)
    assert TOO_MANY in give_password(client, editor, "x").content.decode()


def test_other_accounts_and_addresses_are_counted_apart(client, editor, lead) -> None:
    guess(client, editor, 5)
    give_password(client, lead)
    assert is_signed_in(client)


def test_one_address_gets_thirty_guesses_a_minute_over_all_accounts(client, editor, lead) -> None:
    guess(client, editor, 5)
    for attempt in range(25):
        editor.email = f"unbekannt-{attempt}@example.org"
        guess(client, editor, 1)
    assert TOO_MANY in give_password(client, lead).content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    give_password(elsewhere, lead)
    assert is_signed_in(elsewhere)


def test_a_training_room_of_fifty_behind_one_address_signs_in() -> None:
    """Every other one mistypes first, half of them set a password before."""
    people = [build_person(f"teilnehmer-{number}@example.org") for number in range(50)]
    for number, person in enumerate(people):
        client = Client()
        if number % 2:
            guess(client, person, 1)
            give_password(client, person)
        else:
            set_password_by_link(client, person)
            give_password(client, person, "ein-neues-passwort")
        assert is_signed_in(client), number


def test_a_browser_the_owner_knows_is_not_kept_out_by_a_stranger(client, editor) -> None:
    give_password(client, editor)
    client.post(reverse("account_logout"))
    guess(Client(REMOTE_ADDR="192.0.2.9"), editor, 6)
    give_password(client, editor)
    assert is_signed_in(client)


def test_a_known_browser_has_its_own_limit(client, editor) -> None:
    give_password(client, editor)
    client.post(reverse("account_logout"))
    guess(client, editor, 5)
    assert TOO_MANY in give_password(client, editor).content.decode()


def test_the_mark_of_one_account_is_worth_nothing_for_another(client, editor, lead) -> None:
    give_password(client, editor)
    client.post(reverse("account_logout"))
    guess(Client(REMOTE_ADDR="192.0.2.9"), lead, 6)
    assert TOO_MANY in give_password(client, lead).content.decode()


def link_in_mail(user) -> str:
    """The path of the link in the newest mail to ``user``."""
    body = OutgoingMail.objects.filter(recipient=user.email).latest("pk").body
    link = next(word for word in body.split() if "/anmelden/passwort/" in word)
    return link[link.index("/anmelden") :]


def set_password_by_link(client: Client, user):
    """Ask for a link, follow it and set a password; returns the answer."""
    client.post(reverse("account_reset_password"), {"email": user.email})
    form = client.get(link_in_mail(user)).url
    return client.post(form, {"password1": "ein-neues-passwort", "password2": "ein-neues-passwort"})


def test_a_link_lets_the_owner_in_on_a_new_browser_too(client, editor) -> None:
    guess(Client(REMOTE_ADDR="192.0.2.9"), editor, 6)
    set_password_by_link(client, editor)
    # From elsewhere: one address may not guess often enough in a minute.
    guess(Client(REMOTE_ADDR="192.0.2.10"), editor, 6)
    give_password(client, editor, "ein-neues-passwort")
    assert is_signed_in(client)


def test_five_wrong_codes_and_the_right_one_waits(client, editor) -> None:
    set_up_factor(editor)
    give_password(client, editor)
    right = code_of(editor)
    for attempt in range(5):
        give_code(client, f"{(int(right) + 5 + attempt) % 10**6:06}")
    assert TOO_MANY in give_code(client, right).content.decode()
    assert not is_signed_in(client)


def test_attempts_are_counted_by_all_processes_together(client, editor) -> None:
    guess(client, editor, 5)
    cache.clear()  # another process begins with an empty memory
    assert TOO_MANY in give_password(client, editor).content.decode()


def test_what_is_read_on_every_page_stays_in_memory(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        cache.set("wagtail_site_root_paths", "x")
        assert cache.get("wagtail_site_root_paths") == "x"
    assert caches["shared"].get("wagtail_site_root_paths") is None


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_link_is_answered_alike(client, editor, known) -> None:
    email = editor.email if known else "gibtesnicht@example.org"
    response = client.post(reverse("account_reset_password"), {"email": email})
    assert response.url == reverse("account_reset_password_done")
    assert OutgoingMail.objects.filter(recipient=email).exists() is known
    page = client.get(response.url).content.decode()
    assert "Gibt es ein Konto mit dieser Adresse" in page


def test_three_links_an_hour(client, editor) -> None:
    for _time in range(3):
        client.post(reverse("account_reset_password"), {"email": editor.email})
    response = client.post(reverse("account_reset_password"), {"email": editor.email})
    assert response.status_code == 429
    assert TOO_MANY.rstrip(".") in response.content.decode()
    assert OutgoingMail.objects.filter(recipient=editor.email).count() == 3


def test_a_link_works_once(client, editor) -> None:
    client.post(reverse("account_reset_password"), {"email": editor.email})
    link = link_in_mail(editor)
    form = client.get(link).url
    new = {"password1": "ein-neues-passwort", "password2": "ein-neues-passwort"}
    client.post(form, new)
    assert "Dieser Link gilt nicht mehr" in client.get(link).content.decode()
    other = {"password1": "noch-ein-passwort", "password2": "noch-ein-passwort"}
    client.post(form, other)
    editor.refresh_from_db()
    assert editor.check_password("ein-neues-passwort")


def test_a_link_works_for_an_hour(client, editor, settings) -> None:
    client.post(reverse("account_reset_password"), {"email": editor.email})
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Dieser Link gilt nicht mehr" in client.get(link_in_mail(editor)).content.decode()


def test_the_mail_is_german_and_names_the_configured_site(client, editor, settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://haeuser.example"
    client.post(
        reverse("account_reset_password"), {"email": editor.email}, headers={"Host": "localhost"}
    )
    mail = OutgoingMail.objects.get(recipient=editor.email)
    assert mail.subject == "Neues Passwort setzen"
    assert "https://haeuser.example/anmelden/passwort/" in mail.body
    assert "Er gilt einmal und eine Stunde lang" in mail.body


def test_a_mail_server_that_is_down_stops_no_sign_in(client, editor, settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "192.0.2.1"
    response = set_password_by_link(client, editor)
    assert response.url == reverse("account_reset_password_from_key_done")


def test_an_inactive_account_gets_no_link(client, editor) -> None:
    editor.is_active = False
    editor.save()
    client.post(reverse("account_reset_password"), {"email": editor.email})
    assert not OutgoingMail.objects.exists()
