"""What a screen reader is told, as readable text: a change shows in the review of a change.

``make snapshots`` writes the files anew; read the difference before committing it.
"""

import os
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).with_name("snapshots")
NAMES = [
    "de-HomePage",
    "en-HomePage",
    "de-HouseIndexPage-answer",
    "de-HousePage",
    "de-CooperationFormPage",
    "de-ExampleIndexPage-filtered",
    "de-ExamplePage",
    "de-NewsPage",
    "de-FundingIndexPage-answer",
    "de-FundingPage",
    "de-search-empty",
    "de-national-enquiry",
    "de-account-login",
    "de-404",
]
_DATE = re.compile(r"\d{1,2}\.? ?(?:\d{1,2}\.|[A-Z][a-zä]+) ?\d{4}")
#: Whether a house is open depends on the moment.
_NOW = re.compile(
    r"Jetzt geöffnet, bis [^\n\"]*Uhr|(?:Jetzt geschlossen|Heute geschlossen)[^\n\"]*Uhr\."
)
#: Which pages are related depends on all others.
_RELATED = re.compile(
    r'^( *)(- region "Verwandte Inhalte"):\n\1  - heading .*\n\1  - list:\n(?:\1    .*\n)+',
    re.MULTILINE,
)
#: The address that is passed on has the port of the server.
_PORT = re.compile(r"(127\.0\.0\.1(?::|%3A))\d+")


def settled(tree: str) -> str:
    """Without what depends on the day the demo was built, on the moment, a port, or other pages."""
    dated = _DATE.sub("(Datum)", _NOW.sub("(jetzt)", f"{tree}\n"))
    return _RELATED.sub(r"\1\2\n", _PORT.sub(r"\1(Port)", dated))


@pytest.mark.parametrize("name", NAMES)
def test_screen_readers_are_told_the_same(browser, public_site, name):
    (template,) = [entry for entry in public_site.templates if entry.name == name]
    context = browser.new_context(base_url=public_site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(template.address)
    found = settled(page.locator("body").aria_snapshot())
    context.close()
    file = FOLDER / f"{name}.yaml"
    if os.environ.get("RENEW_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8"), "make snapshots writes it anew"


def test_no_snapshot_is_left_over():
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(NAMES)
