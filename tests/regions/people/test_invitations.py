"""The public page behind an invitation, from the first look to every kind of worthless link."""

import datetime

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from checks.filling.mailing import MailLinkForm
from cms.models import User
from demo.builders import build_invitation
from demo.people import build_lead
from regions.archiving import archive
from regions.models import Invitation
from regions.people.admin_forms import InviteForm
from regions.people.invitation_links import INVITATION_LINK
from regions.people.invitations import invite, send_again, withdraw
from regions.people.leaving import close_account, leave
from tests.signing_in import is_signed_in, set_up_factor

PASSWORD = "drei Wörter hintereinander"
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def invitation(region, lead) -> Invitation:
    """An open invitation of the region's lead."""
    return build_invitation(region, lead)


def address(invitation: Invitation) -> str:
    fresh = Invitation.objects.get(pk=invitation.pk)
    return reverse("invitation", args=[fresh.uuid, INVITATION_LINK.signature(fresh)])


def accept(client, where: str, **typed: str):
    data = {"first_name": "Nele", "last_name": "Neumann", "password": PASSWORD}
    data = {**data, "repeated": PASSWORD, **typed}
    return client.post(where, data, **ORIGIN)


def test_link_shows_what_one_is_invited_to(client, invitation):
    response = client.get(address(invitation))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Kreis Steinfurt" in shown
    assert "neu@example.org" in shown


def test_page_gives_no_cookie_and_tells_its_address_to_nobody(client, invitation):
    response = client.get(address(invitation))
    assert not response.cookies
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("form", ["invite", "mail"])
def test_address_longer_than_the_column_is_refused(region, lead, form):
    typed = QueryDict(mutable=True)
    typed["email"] = "n@" + ".".join(["b" * 60] * 5) + ".org"
    filled = InviteForm(region, lead, typed) if form == "invite" else MailLinkForm(typed)
    assert "254" in str(filled.errors["email"])


def test_looking_does_not_use_it_up(client, invitation):
    client.get(address(invitation))
    client.head(address(invitation))
    assert client.get(address(invitation)).status_code == 200


@pytest.mark.parametrize("role, group", [("editor", "editors_group"), ("lead", "leads_group")])
def test_accepting_makes_an_account_in_exactly_that_role(client, region, lead, role, group):
    invitation = build_invitation(region, lead, role=role)
    response = accept(client, address(invitation))
    user = User.objects.get(email="neu@example.org")
    assert response["Location"] == reverse("wagtailadmin_home")
    assert list(user.groups.all()) == [getattr(region, group)]
    assert user.check_password(PASSWORD)
    assert (user.is_active, user.is_superuser) == (True, False)


def test_accepting_signs_in(client, invitation):
    accept(client, address(invitation))
    response = client.get(reverse("wagtailadmin_home"))
    assert "Guten Tag, Nele" in response.content.decode()


def test_who_needs_a_second_factor_sets_it_up_first(client, invitation, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    accept(client, address(invitation))
    response = client.get(reverse("wagtailadmin_home"))
    assert response["Location"] == reverse("mfa_activate_totp")


def test_who_comes_back_with_a_factor_is_asked_for_it(client, region, lead, editor):
    set_up_factor(editor)
    leave(region, editor, lead, expected_role="editor")
    invitation = build_invitation(region, lead, email=editor.email)
    response = accept(client, address(invitation))
    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_accepting_ends_the_session_of_somebody_else(client, invitation, lead):
    client.force_login(lead)
    accept(client, address(invitation))
    assert client.session["_auth_user_id"] == str(User.objects.get(email="neu@example.org").pk)


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "boss@example.org"},
        {"role": "lead"},
        {"region": "2"},
        {"is_superuser": "on"},
        {"groups": "1"},
    ],
)
def test_nothing_but_name_and_password_counts(client, region, invitation, typed):
    accept(client, address(invitation), **typed)
    user = User.objects.get(email="neu@example.org")
    assert list(user.groups.all()) == [region.editors_group]
    assert not user.is_superuser


@pytest.mark.parametrize(
    "typed, wanted",
    [
        ({"password": "kurz", "repeated": "kurz"}, "zu kurz"),
        ({"password": "passwort", "repeated": "passwort"}, "üblich"),
        ({"repeated": "etwas anderes hier"}, "verschieden"),
        ({"first_name": ""}, "Vornamen"),
        ({"password": "", "repeated": ""}, "wählen Sie ein Passwort"),
    ],
)
def test_mistake_is_named_and_nothing_is_made(client, invitation, typed, wanted):
    response = accept(client, address(invitation), **typed)
    assert wanted in response.content.decode()
    assert not User.objects.filter(email="neu@example.org").exists()


def test_password_is_not_sent_back(client, invitation):
    response = accept(client, address(invitation), first_name="")
    assert PASSWORD not in response.content.decode()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_form_of_another_site_is_refused(client, invitation, origin):
    data = {"first_name": "N", "last_name": "N", "password": PASSWORD, "repeated": PASSWORD}
    client.post(address(invitation), data, **({"HTTP_ORIGIN": origin} if origin else {}))
    assert not User.objects.filter(email="neu@example.org").exists()


# Worthless links


def tampered(client, invitation, lead):
    link = address(invitation)
    return link[:-2] + ("0" if link[-2] != "0" else "1") + "/"


def of_another(client, invitation, lead):
    other = build_invitation(invitation.region, lead, email="zweite@example.org")
    return reverse("invitation", args=[invitation.uuid, INVITATION_LINK.signature(other)])


def expired(client, invitation, lead):
    week = timezone.now() - datetime.timedelta(days=7, seconds=1)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=week)
    return address(invitation)


def used(client, invitation, lead):
    accept(client, address(invitation))
    User.objects.filter(email="neu@example.org").delete()
    return address(invitation)


def withdrawn(client, invitation, lead):
    withdraw(invitation, lead)
    return address(invitation)


def replaced(client, invitation, lead):
    link = address(invitation)
    send_again(invitation, lead)
    return link


def of_a_closed_house(client, invitation, lead):
    archive(invitation.region)
    return address(invitation)


def of_a_lead_who_is_none_any_more(client, invitation, lead):
    lead.groups.set([invitation.region.editors_group])
    return address(invitation)


def of_a_deactivated_lead(client, invitation, lead):
    close_account(lead)
    return address(invitation)


def with_an_account_meanwhile(client, invitation, lead):
    User.objects.create_user("neu@example.org", "x")
    return address(invitation)


WORTHLESS = [
    tampered,
    of_another,
    expired,
    used,
    withdrawn,
    replaced,
    of_a_closed_house,
    of_a_lead_who_is_none_any_more,
    of_a_deactivated_lead,
    with_an_account_meanwhile,
]


@pytest.mark.parametrize("spoil", WORTHLESS, ids=lambda spoil: spoil.__name__)
def test_worthless_link_gives_nothing(client, invitation, lead, spoil):
    link = spoil(client, invitation, lead)
    before = list(User.objects.values_list("pk", "password").order_by("pk"))
    shown = client.get(link)
    answer = accept(client, link)
    assert (shown.status_code, answer.status_code) == (410, 410)
    assert list(User.objects.values_list("pk", "password").order_by("pk")) == before
    assert not User.objects.filter(email="neu@example.org", groups__isnull=False).exists()


def test_link_is_no_key_to_an_account_that_works_here_meanwhile(client, invitation, editor):
    User.objects.filter(pk=editor.pk).update(email=invitation.email)
    assert accept(client, address(invitation)).status_code == 410
    editor.refresh_from_db()
    assert editor.check_password("kooperation")


@pytest.mark.parametrize("spoil", [tampered, of_another])
def test_forged_link_learns_nothing(client, invitation, lead, spoil):
    shown = client.get(spoil(client, invitation, lead)).content.decode()
    assert "Kreis Steinfurt" not in shown
    assert "neu@example.org" not in shown


def test_last_moment_counts(client, invitation):
    almost = timezone.now() - datetime.timedelta(days=6, hours=23)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=almost)
    assert client.get(address(invitation)).status_code == 200


def test_sending_again_starts_seven_new_days(client, invitation, lead):
    link = expired(client, invitation, lead)
    send_again(invitation, lead)
    assert client.get(link).status_code == 410
    assert client.get(address(invitation)).status_code == 200


def test_another_lead_sends_a_void_one_again(client, invitation, lead, region):
    second = build_lead(region, "zweite@example.org")
    lead.groups.clear()
    send_again(invitation, second)
    assert client.get(address(invitation)).status_code == 200


def test_invitation_of_a_lead_who_left_in_order_stays_valid(client, invitation, lead, region):
    second = build_lead(region, "zweite@example.org")
    leave(region, lead, second, expected_role="lead")
    assert client.get(address(invitation)).status_code == 200


def test_former_person_comes_back_with_a_new_password(client, region, lead, editor):
    close_account(editor)
    invite(region, lead, email=editor.email, first_name="Selma", last_name="S", role="lead")
    accept(client, address(Invitation.objects.get()))
    editor.refresh_from_db()
    assert editor.is_active
    assert editor.check_password(PASSWORD)
    assert list(editor.groups.all()) == [region.leads_group]


@pytest.mark.parametrize("elsewhere", ["second house", "superuser"])
def test_former_person_with_another_task_does_not_come_back(
    client, region, other_region, lead, editor, elsewhere
):
    close_account(editor)
    invitation = build_invitation(region, lead, email=editor.email)
    if elsewhere == "superuser":
        User.objects.filter(pk=editor.pk).update(is_superuser=True)
    else:
        editor.groups.add(other_region.editors_group)
    assert accept(client, address(invitation)).status_code == 410
    editor.refresh_from_db()
    assert not editor.is_active


def test_link_in_the_mail_works(client, region, lead):
    from cms.models import OutgoingMail

    invitation = invite(
        region, lead, email="neu@example.org", first_name="N", last_name="N", role="editor"
    )
    assert INVITATION_LINK.url(invitation) in OutgoingMail.objects.get().body
    assert client.get(INVITATION_LINK.url(invitation)).status_code == 200
