"""The pages of the server's own troubles: 500, and 503 where the database is away."""

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Locale

from cms.delivery import errors
from tests.translating import public, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch):
    """Gives the answer to a page that fails with an exception."""

    def broken(error: Exception):
        def fail(*args, **kwargs):
            raise error

        # The first that this page would ask the database for.
        monkeypatch.setattr("home.routing.request_cache.prepare", fail)
        return Client(raise_request_exception=False).get("/suche/")

    return broken


def test_failure_of_the_program_is_500(broken):
    assert broken(ValueError("wrong")).status_code == 500


def test_silent_database_is_503(broken):
    assert broken(OperationalError("no connection")).status_code == 503


def test_503_says_when_to_come_back(broken):
    assert int(broken(OperationalError("no connection"))["Retry-After"]) > 0


@pytest.mark.parametrize("error", [ValueError("wrong"), OperationalError("away")])
def test_page_needs_no_database(broken, error, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Häuser der Kooperation" in broken(error).content.decode()


def test_reason_is_not_shown(broken):
    assert "wrong" not in broken(ValueError("wrong")).content.decode()


# What Wagtail's own views leave to the database


def delete(client, name, pk):
    return client.post(reverse(f"{name}:delete", args=[pk]), follow=True)


def test_group_of_a_region_is_not_deleted_by_itself(region, administrator, sign_in):
    delete(sign_in(administrator), "wagtailusers_groups", region.leads_group_id)
    assert Group.objects.filter(pk=region.leads_group_id).exists()


def test_who_needs_it_is_said_in_words(region, administrator, sign_in):
    answer = delete(sign_in(administrator), "wagtailusers_groups", region.leads_group_id)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == reverse(
        "wagtailusers_groups:edit", args=[region.leads_group_id]
    )
    assert "Wird noch gebraucht von: Region „Kreis Steinfurt“." in answer.content.decode()


def test_empty_collection_of_a_region_is_not_deleted_by_itself(region, administrator, sign_in):
    answer = delete(sign_in(administrator), "wagtailadmin_collections", region.collection_id)
    assert "Wird noch gebraucht von: Region „Kreis Steinfurt“." in answer.content.decode()
    assert Collection.objects.filter(pk=region.collection_id).exists()


def test_group_that_nobody_needs_is_deleted(administrator, sign_in):
    group = Group.objects.create(name="Ausgedient")
    delete(sign_in(administrator), "wagtailusers_groups", group.pk)
    assert not Group.objects.filter(pk=group.pk).exists()


def test_form_without_its_file_is_a_bad_request_in_german(
    house, news, editor, national_editor, sign_in
):
    english = Locale.objects.get(language_code="en")
    translated(house, english, national_editor)
    translation, _page = translated(public(news, editor), english, editor)
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    answer = sign_in(national_editor).post(address)
    assert answer.status_code == 400
    assert "Diese Anfrage war nicht zu verstehen" in answer.content.decode()


# Refusals of Django that have no words of their own


@pytest.mark.parametrize("address", ["/", "/suche/", "/gibt-es-nicht/"])
def test_what_can_only_be_read_takes_no_form(region, address):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address, {"text": "Hallo"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Diese Seite kann man nur lesen" in response.text


def test_wrong_method_is_said_in_german(client):
    response = client.delete("/anfrage/")
    assert response.status_code == 405
    assert "Diese Seite kann man nur lesen" in response.text


def test_too_many_fields_are_too_large(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = client.post("/anfrage/", {f"field{number}": "1" for number in range(9)})
    assert response.status_code == 413
    assert "zu viel auf einmal" in response.text


def test_an_address_too_long_is_refused(client):
    response = client.get("/suche/", {"q": "a" * 9000})
    assert response.status_code == 414
    assert "Adresse ist zu lang" in response.text


def test_a_form_sent_as_something_else_is_refused(client):
    response = client.post("/anfrage/", '{"name": "Mirko"}', content_type="application/json")
    assert response.status_code == 415
    assert "nichts gespeichert" in response.text


@pytest.mark.parametrize("status", [405, 413, 414, 415])
def test_words_of_a_refusal_need_no_database(status, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.error_page(status).status_code == status
