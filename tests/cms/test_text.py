"""One spelling for comparing, one for addresses, one for sorting."""

import re
from pathlib import Path

import pytest

from cms.text import TRANSLITERATION, fold, restore_umlauts, slugify, sort_key
from demo.builders import build_news, build_news_index
from scripts.check_messages import ROOT
from tests.rooms import LOCAL_APPS


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Förderung", "foerderung"),
        ("GRÖSSE", "groesse"),
        ("Größe", "groesse"),
        ("Café", "cafe"),
        ("Fo\u0308rderung", "foerderung"),
        ("För\u00adderung", "foerderung"),
        ("neue Steuer", "neue steuer"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Förderung für Vereine", "foerderung-fuer-vereine"),
        ("Straße & Café", "strasse-cafe"),
        ("Fo\u0308rderung", "foerderung"),
        ("ÄÖÜ", "aeoeue"),
    ],
)
def test_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("goerlitz", "görlitz"),
        ("Oehringen", "Öhringen"),
        ("Neuenkirchen", "Neuenkirchen"),
        ("Quedlinburg", "Quedlinburg"),
        ("Grossenhain", "Grossenhain"),
    ],
)
def test_umlauts_are_restored(text: str, restored: str) -> None:
    assert restore_umlauts(text) == restored


@pytest.mark.parametrize(
    ("title", "key"), [("Über uns", "uber uns"), ("Straße", "strasse"), ("„A“ – B", "a  b")]
)
def test_sort_key(title: str, key: str) -> None:
    assert sort_key(title) == key


@pytest.mark.django_db
def test_a_page_without_an_address_gets_one_from_its_title(house, editor) -> None:
    page = build_news(build_news_index(house), editor)
    page.title, page.slug = "Förderung", ""
    page.full_clean()
    assert page.slug == "foerderung"


def test_umlauts_are_spelt_in_one_module() -> None:
    """Whoever needs ä as ae takes it from ``cms.text``: eight lists had become unequal."""
    pairs = [rf"[\"'/]{letter}.{{1,12}}[\"'/]{pair}\b" for letter, pair in TRANSLITERATION.items()]
    own = re.compile("|".join(pairs) + r"|[\"'](?:ae|oe|ue)[\"'].{1,8}[äöü]", re.IGNORECASE)
    sources = [path for room in LOCAL_APPS for path in (ROOT / room).rglob("*.py")]
    found = [path for path in sources if own.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT) for path in found] == [Path("cms/text.py")]
