"""The page of a house: whom it serves, whether it is open, what its editors may enter."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.edit_page import untouched

pytestmark = pytest.mark.django_db


def test_the_page_says_where_when_and_how_to_get_there(house: Any, client: Client) -> None:
    house.opening_hours = "täglich 0–24 Uhr\nan Feiertagen 0–24 Uhr"
    house.getting_there = "Bus 7 bis zum Markt"
    house.save()
    html = client.get(house.url).content.decode()

    assert "Jetzt geöffnet" in html
    assert "Bus 7 bis zum Markt" in html
    for name in house.region_record.kreise.values_list("name", flat=True):
        assert name in html


def test_hours_that_are_not_understood_are_shown_as_they_are(house: Any, client: Client) -> None:
    house.opening_hours = "Donnerstag bis 18 Uhr"
    house.save()
    html = client.get(house.url).content.decode()

    assert "Donnerstag bis 18\u00a0Uhr" in html
    assert "Jetzt ge" not in html


def test_an_archived_house_is_not_open(house: Any) -> None:
    house.opening_hours = "täglich 0–24 Uhr"
    assert house.opening_state(timezone.now())
    house.region_record.archived_on = datetime.date(2026, 1, 1)
    assert house.opening_state(timezone.now()) is None


def test_the_list_shows_town_telephone_and_hours(house: Any, client: Client) -> None:
    house.address_plz, house.address_place = "48431", "Rheine"
    house.contact_phone, house.opening_hours = "0221 4710 214", "Dienstag 15–18 Uhr"
    house.save()
    html = client.get("/haeuser/").content.decode()

    assert "48431 Rheine" in html
    assert 'href="tel:+492214710214"' in html
    assert "Dienstag 15–18\u00a0Uhr" in html


def test_a_holiday_of_another_state_is_refused_and_stays_typed(
    house: Any, lead: Any, client: Client
) -> None:
    client.force_login(lead)
    address = reverse("wagtailadmin_pages:edit", args=[house.pk])
    typed = "Dienstag 15–18 Uhr\nBuß- und Bettag 9–12 Uhr"
    sent = untouched(client.get(address)) | {"opening_hours": typed}
    form = client.post(address, sent).context["form"]

    assert "kein gesetzlicher Feiertag" in str(form.errors["opening_hours"])
    assert form["opening_hours"].value() == typed
