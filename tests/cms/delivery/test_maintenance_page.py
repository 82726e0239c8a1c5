"""The page the reverse proxy shows while the application is down."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from cms.delivery.maintenance_page import HEADERS, maintenance_page
from cms.models import SiteSettings
from tests.site.test_pages import Document, english_left

pytestmark = pytest.mark.django_db

_ADDRESSES = ("src", "srcset", "href", "action", "poster", "data")


@pytest.fixture
def desk() -> SiteSettings:
    """A national desk that can be reached."""
    desk = SiteSettings.load()
    desk.contact_name, desk.contact_email = "Ruth Albers", "kontakt@example.org"
    desk.contact_phone = "030 23125 180"
    desk.save()
    return desk


def test_it_needs_no_other_file(desk):
    page = maintenance_page()
    found = [
        attrs[name] for _, attrs in Document(page).elements for name in _ADDRESSES if name in attrs
    ]
    assert set(found) == {"data:,", "", "mailto:kontakt@example.org", "tel:+493023125180"}
    assert not re.search(r"@import|@font-face|url\(", page)


def test_it_runs_no_script_and_does_not_reload_by_itself(desk):
    elements = Document(maintenance_page()).elements
    assert "script" not in {tag for tag, _ in elements}
    assert not any("http-equiv" in attrs for _, attrs in elements)


def test_it_is_light_and_dark(desk):
    page = maintenance_page()
    assert "prefers-color-scheme: dark" in page
    assert "color: var(--ink)" in page


def test_it_says_so_in_german_and_english(desk):
    document = Document(maintenance_page())
    assert "Wir sind gleich wieder da" in document.texts
    assert [attrs.get("lang") for _, attrs in document.elements if "lang" in attrs] == ["de", "en"]
    left = {text for text in english_left(document) if "closed for a moment" not in text}
    assert left == set()
    assert any("closed for a moment" in text for text in document.texts)


def test_it_names_who_can_be_asked_meanwhile(desk):
    assert {"Ruth Albers", "030 23125 180"} <= set(
        " ".join(Document(maintenance_page()).texts).split("\n")
    ) | set(Document(maintenance_page()).texts)


def test_without_a_contact_it_promises_none():
    SiteSettings.objects.all().delete()
    assert "mailto:" not in maintenance_page()


def test_the_command_writes_it_in_one_step(desk, tmp_path):
    file = tmp_path / "proxy" / "wartung.html"
    for _ in range(2):
        call_command("maintenance_page", file, verbosity=0)
    assert file.read_text(encoding="utf-8") == maintenance_page()
    assert list(file.parent.iterdir()) == [file]


def test_the_proxy_is_told_what_to_send_with_it():
    page = (settings.BASE_DIR / "docs/how-to/run-production.md").read_text(encoding="utf-8")
    text = page.split("location = /wartung.html {")[1].split("}")[0]
    told = dict(re.findall(r'add_header (\S+) "?([^"\n]+?)"? always;', text))
    assert {name: told.get(name) for name in HEADERS} == HEADERS
