"""The second factor: who needs it, setting it up, and that nothing is reached without it."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from cms.accounts import mfa
from demo.people import build_person
from tests.signing_in import (
    code_for_secret,
    code_of,
    give_code,
    give_password,
    is_signed_in,
    recovery_codes_of,
    set_up_factor,
)

pytestmark = pytest.mark.django_db

SET_UP = "/konto/zweiter-faktor/einrichten/"


def set_up_by_form(client: Client):
    """Set the factor up as people do; returns the answer to the first code."""
    page = client.get(reverse("mfa_activate_totp"))
    return client.post(SET_UP, {"code": code_for_secret(page.context["form"].secret)})


@pytest.mark.parametrize("role", ["editor", "lead", "national_editor", "administrator"])
def test_who_reviews_or_reads_enquiries_needs_one(request, required, role) -> None:
    assert mfa.is_required(request.getfixturevalue(role))


def test_others_do_not_need_one(required, region) -> None:
    assert not mfa.is_required(build_person("gast@example.org"))


@pytest.mark.parametrize("role", ["editor", "lead", "national_editor", "administrator"])
def test_who_has_none_is_led_to_setting_it_up(request, client, required, role) -> None:
    give_password(client, request.getfixturevalue(role))
    assert client.get("/admin/").url == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_nothing_of_the_admin_is_reached_before(client, required, lead, house) -> None:
    client.force_login(lead)
    edit = f"/admin/pages/{house.pk}/edit/"
    for address in ("/admin/", edit, "/admin/api/main/pages/", "/admin/anfragen/", "/admin/x/"):
        assert client.get(address).url == SET_UP
        assert client.post(address, {"title": "Neu"}).status_code == 403
        api = client.get(address, headers={"Accept": "application/json"})
        assert api.status_code == 403
    assert "Ihr zweiter Faktor fehlt" in api.content.decode()


def test_outside_the_admin_such_a_session_is_nobodys(rf, required, lead) -> None:
    from cms.accounts.middleware import SecondFactorMiddleware

    request = rf.get("/documents/1/geheim.pdf")
    request.session, request.user = {}, lead
    seen = []
    SecondFactorMiddleware(lambda request: seen.append(request.user.is_authenticated))(request)
    assert seen == [False]


def test_signing_out_works_without_it(client, required, lead) -> None:
    give_password(client, lead)
    client.post("/admin/logout/")
    assert not is_signed_in(client)


def test_setting_it_up_opens_the_admin_and_shows_recovery_codes(client, required, lead) -> None:
    give_password(client, lead)
    response = set_up_by_form(client)
    assert response.url == reverse("mfa_view_recovery_codes")
    page = client.get(response.url).content.decode()
    assert all(code in page for code in recovery_codes_of(lead))
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client, required, lead) -> None:
    give_password(client, lead)
    page = client.get(SET_UP)
    wrong = f"{(int(code_for_secret(page.context['form'].secret)) + 1) % 10**6:06}"
    response = client.post(SET_UP, {"code": wrong})
    assert "Dieser Code passt nicht." in response.content.decode()
    assert not mfa.has_one(lead)


def test_setting_it_up_ends_the_sessions_without_it(client, lead) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        give_password(browser, lead)
    assert elsewhere.get("/admin/").status_code == 200
    set_up_by_form(client)
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").url.startswith("/anmelden/")


def test_signing_in_takes_both_steps(client, required, lead) -> None:
    set_up_factor(lead)
    response = give_password(client, lead, next_page="/admin/pages/")
    assert response.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get("/admin/").url == "/anmelden/?next=/admin/"
    assert give_code(client, code_of(lead)).url == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_half_a_sign_in_opens_nothing_even_where_the_factor_is_optional(client, lead) -> None:
    set_up_factor(lead)
    client.force_login(lead)
    assert client.get("/admin/").url == "/konto/bestaetigen/code/?next=%2Fadmin%2F"
    for address in ("/konto/", "/konto/zweiter-faktor/abschalten/", "/konto/passwort/"):
        assert client.get(address).url.startswith("/konto/bestaetigen/code/")
        assert client.post(address).status_code == 403
    response = client.post("/konto/bestaetigen/code/?next=/admin/", {"code": code_of(lead)})
    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_password_link_does_not_get_past_it(client, required, lead) -> None:
    from cms.models import OutgoingMail

    set_up_factor(lead)
    client.post(reverse("account_reset_password"), {"email": lead.email})
    body = OutgoingMail.objects.get(recipient=lead.email).body
    link = next(word for word in body.split() if "/anmelden/passwort/" in word)
    form = client.get(link[link.index("/anmelden") :]).url
    new = {"password1": "ein-neues-passwort", "password2": "ein-neues-passwort"}
    assert client.post(form, new).url == reverse("account_reset_password_from_key_done")
    assert not is_signed_in(client)
    assert give_password(client, lead, "ein-neues-passwort").url == reverse("mfa_authenticate")


def test_a_code_works_once(client, lead) -> None:
    set_up_factor(lead)
    code = code_of(lead)
    give_password(client, lead)
    give_code(client, code)
    assert is_signed_in(client)
    again = Client()
    give_password(again, lead)
    assert "Dieser Code passt nicht." in give_code(again, code).content.decode()
    assert not is_signed_in(again)


def test_a_code_works_once_as_long_as_it_fits(client, lead, monkeypatch) -> None:
    """With tolerance for clocks a code fits for 90 seconds; allauth alone remembers it for 30."""
    import time

    from django.core.cache import cache

    set_up_factor(lead)
    code = code_of(lead, periods_off=1)
    give_password(client, lead)
    give_code(client, code)
    assert is_signed_in(client)
    cache.delete(f"allauth.mfa.totp.used?user={lead.pk}&code={code}")
    later = time.time() + 31
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
    again = Client()
    give_password(again, lead)
    give_code(again, code)
    assert not is_signed_in(again)


@pytest.mark.parametrize("periods_off, fits", [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_wrong(client, lead, periods_off, fits, monkeypatch) -> None:
    import time

    # In the middle of a period, so that the clock cannot move on between code and check.
    now = int(time.time()) // 30 * 30 + 15
    monkeypatch.setattr("time.time", lambda: float(now))
    set_up_factor(lead)
    give_password(client, lead)
    give_code(client, code_of(lead, periods_off))
    assert is_signed_in(client) is fits


def test_the_code_that_set_the_factor_up_signs_nobody_in(client, lead) -> None:
    give_password(client, lead)
    page = client.get(SET_UP)
    code = code_for_secret(page.context["form"].secret)
    client.post(SET_UP, {"code": code})
    assert mfa.has_one(lead)
    again = Client()
    give_password(again, lead)
    assert "Dieser Code passt nicht." in give_code(again, code).content.decode()
    assert not is_signed_in(again)


BLANKS = ["\u00a0", "\u202f", "\u2009", "\u200b", " "]


@pytest.mark.parametrize("blank", BLANKS)
def test_any_blank_in_a_code_is_a_blank(client, lead, blank) -> None:
    set_up_factor(lead)
    give_password(client, lead)
    code = code_of(lead)
    give_code(client, f"{code[:3]}{blank}{code[3:]}{blank}")
    assert is_signed_in(client)


@pytest.mark.parametrize("blank", BLANKS)
def test_any_blank_in_the_first_code_is_a_blank(client, lead, blank) -> None:
    give_password(client, lead)
    code = code_for_secret(client.get(SET_UP).context["form"].secret)
    client.post(SET_UP, {"code": f"{code[:3]}{blank}{code[3:]}"})
    assert mfa.has_one(lead)


def test_a_code_with_a_blank_is_the_same_code(client, lead) -> None:
    set_up_factor(lead)
    code = code_of(lead)
    give_password(client, lead)
    give_code(client, code)
    again = Client()
    give_password(again, lead)
    give_code(again, f"{code[:3]}\u00a0{code[3:]}")
    assert not is_signed_in(again)


def test_a_recovery_code_works_once(client, lead) -> None:
    set_up_factor(lead)
    code = recovery_codes_of(lead)[0]
    give_password(client, lead)
    give_code(client, code)
    assert is_signed_in(client)
    again = Client()
    give_password(again, lead)
    give_code(again, code)
    assert not is_signed_in(again)


def test_where_it_is_needed_it_cannot_be_switched_off(client, required, lead) -> None:
    set_up_factor(lead)
    give_password(client, lead)
    give_code(client, code_of(lead))
    response = client.post(reverse("mfa_deactivate_totp"))
    assert "Ihre Rolle braucht den zweiten Faktor" in response.content.decode()
    assert mfa.has_one(lead)


def test_where_it_is_offered_it_can_be_switched_off(client, lead) -> None:
    set_up_factor(lead)
    give_password(client, lead)
    give_code(client, code_of(lead))
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=lead).exists()
    assert client.get("/admin/").status_code == 200


def test_who_gets_a_role_after_switching_off_sets_it_up_anew(client, settings, lead) -> None:
    set_up_factor(lead)
    give_password(client, lead)
    give_code(client, code_of(lead))
    client.post(reverse("mfa_deactivate_totp"))
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/admin/").url == SET_UP


def test_the_keys_are_not_readable_in_the_database(lead) -> None:
    app = set_up_factor(lead)
    client = Client()
    assert app.data["secret"].startswith("gAAAA")
    give_password(client, lead)
    give_code(client, code_of(lead))
    assert is_signed_in(client)


def test_another_secret_key_makes_no_code_fit_and_the_old_one_may_stay(settings, lead) -> None:
    from allauth.mfa.utils import decrypt

    stored = set_up_factor(lead).data["secret"]
    key = decrypt(stored)
    old = django_settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert decrypt(stored) != key
    assert decrypt(stored) != decrypt(stored)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert decrypt(stored) == key


def test_the_code_to_scan_fits_the_public_policy(client, lead) -> None:
    give_password(client, lead)
    response = client.get(SET_UP)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
