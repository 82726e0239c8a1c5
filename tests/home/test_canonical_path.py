"""Addresses as people type and copy them lead to the page they mean."""

import unicodedata

import pytest

from demo.review import publish
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "/haeuser/Kreis-Steinfurt/",
        "/Haeuser/kreis-steinfurt/",
        "/haeuser/Kreis-Steinfurt",
        "/häuser/kreis-steinfurt/",
        unicodedata.normalize("NFD", "/häuser/kreis-steinfurt/"),
    ],
)
def test_leads_to_the_page(client, house, typed):
    run_on_commit_callbacks()
    response = client.get(typed, follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/haeuser/kreis-steinfurt/"


def test_keeps_the_filters(client, house):
    run_on_commit_callbacks()
    response = client.get("/Suche/?q=haus")
    assert (response.status_code, response["Location"]) == (301, "/suche/?q=haus")


@pytest.mark.parametrize("typed", ["/Gibt/Es/Nicht/", "/gibt-es-nicht/", "/%00Suche/"])
def test_what_exists_in_no_spelling_is_not_found(client, house, typed):
    run_on_commit_callbacks()
    assert client.get(typed).status_code == 404


def test_a_draft_is_not_given_away(client, news):
    run_on_commit_callbacks()
    assert client.get(news.url.upper()).status_code == 404


def test_a_public_page_in_capitals_costs_one_redirect(client, news, editor, lead):
    publish(news, editor)
    run_on_commit_callbacks()
    response = client.get(news.url.upper())
    assert (response.status_code, response["Location"]) == (301, news.url)


def test_the_icon_that_programs_guess_is_there(client):
    assert client.get("/favicon.ico")["Location"].endswith(".png")
