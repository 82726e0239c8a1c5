"""The houses as data."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def read(address: str) -> Any:
    response = Client().get(f"/api/v1/{address}")
    assert response.status_code == 200
    return json.loads(response.content)


def test_house_says_whom_it_serves_and_where_it_is(house: Any) -> None:
    record = read("haeuser/kreis-steinfurt/")

    assert record["name"] == house.title
    assert record["adresse"] == f"http://testserver{house.url}"
    assert record["position"]["breite"] == house.region_record.lat
    kreise = house.region_record.kreise.values_list("code", flat=True)
    assert {one["ags"] for one in record["kreise"]} == set(kreise)


def test_nobody_s_name_or_address_is_given(house: Any) -> None:
    house.contact_name, house.contact_email = "Ada Weber", "ada.weber@example.org"
    house.save()
    text = json.dumps(read("haeuser/"))

    assert house.contact_name not in text
    assert house.contact_email not in text


def test_closed_and_unpublished_houses_are_not_given(house: Any, other_region: Any) -> None:
    other_region.archived_on = "2026-01-01"
    other_region.save()
    assert [one["schluessel"] for one in read("haeuser/")["haeuser"]] == ["kreis-steinfurt"]

    house.unpublish()

    assert read("haeuser/") == {"gesamt": 0, "haeuser": []}
    assert Client().get("/api/v1/haeuser/kreis-steinfurt/").status_code == 404


def test_all_houses_cost_few_queries(
    house: Any, other_region: Any, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    read("haeuser/")

    with django_assert_max_num_queries(6):
        read("haeuser/")
