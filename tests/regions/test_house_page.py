"""The page of a house: whom it serves, whether it is open, what its editors may enter."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.segments.extract import extract_segments

from cms.models import CustomImage, Term
from regions import teasers
from regions.models import HousePage
from regions.search_documents import HouseDocument
from search.engines.base import Preference
from search.presets import Preset
from tests.built import run_on_commit_callbacks
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


PERSON = {"name": "Selma Aydoğan", "role": "Beratung", "phone": "0221 4710 216"}


def block_errors(field: str, *blocks: tuple[str, dict[str, object]]) -> str:
    """What the editor is told about blocks that are submitted."""
    stream = HousePage._meta.get_field(field).stream_block
    value = stream.to_python([{"type": kind, "value": content} for kind, content in blocks])
    with pytest.raises(ValidationError) as caught:
        stream.clean(value)
    return str(caught.value.as_json_data())


@pytest.mark.parametrize(
    ("field", "blocks", "told"),
    [
        ("partners", [("partner", {"name": "TV Ochtrup"})], "Art der Organisation"),
        ("partners", [("partner", {"name": "TV", "kind": "verein"})], "Art der Organisation"),
        ("people", [("person", PERSON | {"phone": ""})], "Telefonnummer oder eine E-Mail-Adresse"),
        ("people", [("person", PERSON | {"name": ""})], "muss ausgefüllt werden"),
        (
            "networks",
            [
                ("network", {"name": "Runder Tisch Förderung", "purpose": "Reden"}),
                ("network", {"name": "RUNDER TISCH: Foerderung", "purpose": "Reden"}),
            ],
            "steht schon in der Liste",
        ),
    ],
)
def test_what_is_missing_or_there_twice_is_said(
    field: str, blocks: list[tuple[str, dict[str, object]]], told: str
) -> None:
    assert told in block_errors(field, *blocks)


def test_the_page_shows_people_partners_networks_and_priorities(house: Any, client: Client) -> None:
    about = {"credit": "Foto: Erika Muster", "licence": "CC BY 4.0"}
    portrait = CustomImage.objects.create(title="S.", file=get_test_image_file(), **about)
    portrait.get_renditions(*(f"format-{name}|width-480" for name in ("avif", "webp", "jpeg")))
    fill(house, portrait)
    client.get(house.url)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(house.url).content.decode()

    for text in (*FINDABLE, 'href="tel:+492214710216"', "Vereine und Initiativen", "Ausbildung"):
        assert text in html
    assert f"/suche/?region={house.region_record.slug}&amp;thema=ausbildung" in html
    (shown,) = re.findall(r"<img[^>]*person__portrait[^>]*>", html)
    assert 'alt=""' in shown
    assert "Foto: Erika Muster (CC BY 4.0)" in html
    assert "pass-on.js" in html
    assert len(queries) <= 12


def test_a_house_without_networks_asks_for_the_first(house: Any, client: Client) -> None:
    html = client.get(house.url).content.decode()
    assert "/haeuser/kreis-steinfurt/netzwerk-vorschlagen/" in html


def test_people_partners_and_networks_are_found(house: Any) -> None:
    fill(house)
    text = HouseDocument().text(house)
    assert [name for name in (*FINDABLE, "Ausbildung") if name not in text] == []


def test_names_are_not_translated(house: Any) -> None:
    fill(house)
    strings = {getattr(segment, "string", None) for segment in extract_segments(house)}
    assert {str(string.data) for string in strings if string} >= {"Beratung", "Reden"}
    assert not {str(string.data) for string in strings if string} & set(FINDABLE)


def test_a_house_behind_which_nobody_stands_is_not_submitted(
    house: Any, lead: Any, client: Client
) -> None:
    client.force_login(lead)
    address = reverse("wagtailadmin_pages:edit", args=[house.pk])
    sent = untouched(client.get(address)) | {"contact_name": house.title.upper()}
    form = client.post(address, sent | {"action-submit": "x"}).context["form"]

    assert "nennen Sie eine Person" in str(form.errors["contact_name"])
    assert client.post(address, sent).status_code == 302  # a draft may


def test_examples_and_funding_on_the_priorities_come_first(
    house: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Preset] = {}
    monkeypatch.setattr(
        teasers,
        "latest_lists",
        lambda _request, lists: asked.update(lists) or {key: [] for key in lists},
    )
    fill(house)
    house.get_context(RequestFactory().get("/"))

    wanted = (Preference("thema", ("ausbildung",)),)
    wishes = {key: preset.preferences for key, preset in asked.items()}
    assert wishes == {"aktuelles": (), "beispiel": wanted, "foerderung": wanted}


FINDABLE = ("Selma Aydoğan", "TV Ochtrup", "Runder Tisch")


def fill(house: Any, portrait: CustomImage | None = None) -> None:
    """Everything the page of a house can say."""
    term, _created = Term.objects.get_or_create(vocabulary="topic", key="ausbildung")
    term.labels.get_or_create(language="de", defaults={"name": "Ausbildung"})
    house.people = [("person", PERSON | {"portrait": portrait})]
    house.partners = [("partner", {"name": "TV Ochtrup", "kind": "zo"})]
    house.networks = [("network", {"name": "Runder Tisch", "purpose": "Reden"})]
    house.priorities = [("priority", {"topic": "ausbildung", "text": "Jeder findet eine Lehre"})]
    house.save()
    run_on_commit_callbacks()
