"""With the style sheet blocked a page can be read and used (docs/reference/browsers.md)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from quality.site import Site

pytestmark = pytest.mark.browser

ADDRESSES = ["/", "/haeuser/", "/haeuser/kreis-steinfurt/", "/beispiele/", "/suche/?q=mentoring"]
#: No drawing without a text is taller than a finger: a screen of it would hide the text.
TALLEST = 44
#: A window of 360 pixels, and the margin that browsers give a page.
WIDEST = 376


@pytest.fixture(scope="module")
def bare(browser: Browser, public_site: Site) -> Iterator[Page]:
    """A narrow window to which no style sheet comes."""
    context = browser.new_context(
        base_url=public_site.url,
        locale="de-DE",
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    yield page
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_usable_without_its_style(bare: Page, address: str) -> None:
    bare.goto(address)
    look = bare.evaluate(
        """() => ({
            width: document.documentElement.scrollWidth,
            icons: [...document.querySelectorAll(".icon")].map((icon) => icon.clientHeight),
            first: document.querySelector("a, button, input").getAttribute("href"),
            order: [...document.querySelectorAll("nav, h1, footer")].map((e) => e.localName),
        })"""
    )
    assert look["width"] <= WIDEST
    assert max(look["icons"]) <= TALLEST
    assert look["first"] == "#content"
    order = [name for name in look["order"] if name != "nav"]
    assert order[:1] + order[-1:] == ["h1", "footer"]
    assert look["order"][0] == "nav"
