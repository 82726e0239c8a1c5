"""A lost phone: who may help, and what happens."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.accounts.mfa_reset import may_reset, reset
from cms.models import OutgoingMail
from demo.people import build_administrator, build_editor
from tests.signing_in import code_of, give_code, give_password, set_up_factor

pytestmark = pytest.mark.django_db


def address(user) -> str:
    """Where the factor of ``user`` is reset."""
    return f"/admin/konten/{user.pk}/zweiter-faktor/"


def test_an_administrator_resets_it_and_all_sides_know(sign_in, administrator, editor) -> None:
    set_up_factor(editor)
    device = Client()
    give_password(device, editor)
    give_code(device, code_of(editor))
    client = sign_in(administrator)
    assert "Selma Schreiber" in client.get(address(editor)).content.decode()

    client.post(address(editor))

    assert not Authenticator.objects.filter(user=editor).exists()
    assert device.get("/admin/").url.startswith("/anmelden/")
    mail = OutgoingMail.objects.get(recipient=editor.email)
    assert "Ines Admin hat den zweiten Faktor Ihres Kontos zurückgesetzt" in mail.body
    entry = ModelLogEntry.objects.get(action="cms.second_factor_reset")
    assert entry.user == administrator
    assert entry.object_id == str(editor.pk)


def test_the_person_sets_up_another_one_at_the_next_sign_in(client, required, lead) -> None:
    set_up_factor(lead)
    reset(lead, None)
    give_password(client, lead)
    assert client.get("/admin/").url == "/konto/zweiter-faktor/einrichten/"


@pytest.mark.parametrize(
    "actor, person, may",
    [
        ("administrator", "editor", True),
        ("administrator", "lead", True),
        ("administrator", "national_editor", True),
        ("administrator", "administrator", False),
        ("lead", "editor", True),
        ("lead", "lead", False),
        ("lead", "administrator", False),
        ("lead", "national_editor", False),
        ("lead", "other_lead", False),
        ("other_lead", "editor", False),
        ("national_editor", "editor", False),
        ("editor", "lead", False),
    ],
)
def test_who_may(request, sign_in, actor, person, may) -> None:
    actor, person = request.getfixturevalue(actor), request.getfixturevalue(person)
    set_up_factor(person)
    assert may_reset(actor, person) is may
    client = sign_in(actor)
    if actor != person:
        client.post(address(person))
        assert Authenticator.objects.filter(user=person).exists() is not may


def test_nobody_resets_the_own_one(client, administrator) -> None:
    set_up_factor(administrator)
    give_password(client, administrator)
    give_code(client, code_of(administrator))
    client.post(address(administrator))
    assert Authenticator.objects.filter(user=administrator).exists()


def test_a_lead_leaves_alone_who_also_works_elsewhere(region, other_region, lead) -> None:
    both = build_editor(region, "beide@example.org")
    both.groups.add(other_region.leads_group)
    assert not may_reset(lead, both)


def test_it_is_offered_where_people_are_looked_after(sign_in, lead, region, editor) -> None:
    client = sign_in(lead)
    page = client.get(reverse("person", args=[region.slug, editor.pk]))
    assert address(editor) in page.content.decode()
    listing = sign_in(build_administrator("zweite@example.org")).get("/admin/users/")
    assert address(editor) in listing.content.decode()


def test_the_operator_can_reset_the_last_administrators(administrator, capsys) -> None:
    set_up_factor(administrator)
    call_command("reset_second_factor", "ADMIN@example.org")
    assert not Authenticator.objects.filter(user=administrator).exists()
    call_command("reset_second_factor", "admin@example.org")
    assert "nothing to reset" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "niemand@example.org")
