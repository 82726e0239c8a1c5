"""An example on paper: two sheets at most, and whom to call on the first."""

import io

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from quality.site import Site

pytestmark = pytest.mark.browser

EXAMPLE = "/haeuser/kreis-steinfurt/beispiele/tandem-in-der-backstube/"


@pytest.fixture(scope="module")
def sheets(browser: Browser, public_site: Site) -> list[str]:
    """The text of each sheet, A4."""
    context = browser.new_context(base_url=public_site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(EXAMPLE)
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    context.close()
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


def test_example_takes_two_sheets_at_most(sheets: list[str]) -> None:
    assert len(sheets) <= 2


def test_first_sheet_says_whom_to_call(sheets: list[str]) -> None:
    first, *others = sheets
    assert "Annette Brinkhoff" in first
    assert not any(sheet.strip().startswith("Ihr Kontakt") for sheet in others)


def test_paper_has_neither_menu_nor_buttons(sheets: list[str]) -> None:
    text = "\n".join(sheets)
    assert "Menü" not in text
    assert "Diese Seite weitergeben" not in text
