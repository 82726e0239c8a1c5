"""The pages for the roles call things what the screen calls them."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize

from scripts.check_messages import CATALOGUE, ROOT

PAGES = sorted((ROOT / "docs" / "rollen").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def quoted_labels(page: Path) -> list[str]:
    """What stands in bold, unless it is emphasis: a sentence, the start of one, or no noun."""
    labels = []
    for found in BOLD.findall(page.read_text(encoding="utf-8")):
        phrase = " ".join(found.split())
        if phrase[0].isupper() and not phrase.endswith((".", ":")):
            labels += phrase.split(" → ")
    return labels


@cache
def words_on_the_screen() -> frozenset[str]:
    """German texts of our catalogue and of the packages that make up the admin."""
    files = [str(ROOT / CATALOGUE)]
    for package in (wagtail, wagtail_localize):
        folder = Path(package.__file__).parent
        files += [str(path) for path in folder.rglob("locale/de/LC_MESSAGES/django.mo")]
    texts = set()
    for file in files:
        for entry in polib.pofile(file) if file.endswith(".po") else polib.mofile(file):
            texts.update((entry.msgstr, *entry.msgstr_plural.values()))
    return frozenset(text.strip().casefold() for text in texts)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_quoted_labels_are_on_the_screen(page: Path) -> None:
    missing = [
        label for label in quoted_labels(page) if label.casefold() not in words_on_the_screen()
    ]
    assert missing == []


def test_labels_are_found_in_the_pages() -> None:
    assert "Zur Prüfung einreichen" in quoted_labels(ROOT / "docs" / "rollen" / "redaktion.md")
