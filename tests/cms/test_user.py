"""Accounts: an e-mail address is the log-in, whatever its case."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["erika@example.org", "Erika@Example.ORG", " erika@example.org "])
def test_sign_in_in_any_case(client, typed):
    User.objects.create_superuser("Erika@example.org", "geheim-genug")
    data = {"login": typed, "password": "geheim-genug"}
    response = client.post(reverse("account_login"), data)
    assert response.status_code == 302
    assert "_auth_user_id" in client.session


def test_wrong_password_is_refused(client):
    User.objects.create_superuser("erika@example.org", "geheim-genug")
    data = {"login": "erika@example.org", "password": "falsch"}
    client.post(reverse("account_login"), data)
    assert "_auth_user_id" not in client.session


def test_inactive_account_is_refused(client):
    User.objects.create_superuser("erika@example.org", "geheim-genug", is_active=False)
    data = {"login": "erika@example.org", "password": "geheim-genug"}
    client.post(reverse("account_login"), data)
    assert "_auth_user_id" not in client.session


def test_address_is_unique_in_any_case():
    User.objects.create_user("erika@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ERIKA@example.org")])


def test_a_second_account_gets_a_message_in_german():
    User.objects.create_user("erika@example.org")
    second = User(email="ERIKA@example.org", password="x")
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert "bereits" in str(refused.value) or "schon" in str(refused.value)


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_name_falls_back_to_the_address():
    assert User(email="erika@example.org").get_full_name() == "erika@example.org"
