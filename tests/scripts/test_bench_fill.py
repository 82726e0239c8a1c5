"""What measurements fill their databases with."""

import pytest

from bench import fill
from cms.models import Kreis, Place
from demo import builders

pytestmark = pytest.mark.django_db


def test_pages_of_every_type_that_is_measured_can_be_written(house, editor, lead, monkeypatch):
    """A field that a page type gains must not end a measurement hours later."""
    monkeypatch.setattr(fill, "PICTURES", 1)
    kreis = Kreis.objects.create(code="05566", name="Steinfurt", land="NRW", lat=52.1, lon=7.5)
    Place.objects.create(plz="48431", name="Rheine", kreis=kreis, lat=52.3, lon=7.4)
    builders.build_news_index(house)
    builders.build_example_index(house)
    writer = fill.PageWriter()
    for model in fill._SHARES:
        writer._write(model)
        assert model.objects.exists()
