"""Rooms bring their own addresses."""

from types import SimpleNamespace

import pytest
from django.apps import apps

from cms.urls import urls_of_rooms


@pytest.mark.parametrize("attribute", ["public_urls", "root_urls"])
def test_addresses_of_every_room_are_included(monkeypatch, attribute):
    rooms = [SimpleNamespace(**{attribute: "search.urls"}), SimpleNamespace()]
    monkeypatch.setattr(apps, "get_app_configs", lambda: rooms)
    (found,) = urls_of_rooms(attribute)
    assert found.urlconf_name.__name__ == "search.urls"
