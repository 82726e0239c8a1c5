"""What a phone of 360 × 740 pixels shows before anybody scrolls, without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from quality.site import Site

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 360, 740


@pytest.fixture
def phone(browser: Browser, public_site: Site) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(
        base_url=public_site.url,
        locale="de-DE",
        java_script_enabled=False,
        viewport={"width": WIDTH, "height": HEIGHT},
    )
    yield context.new_page()
    context.close()


def bottom(page: Page, selector: str) -> float:
    """Lower edge of the last element that is found, in pixels from the top."""
    box = page.locator(selector).last.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_home_page_takes_a_place_and_shows_the_ways_in(phone: Page) -> None:
    phone.goto("/")
    assert bottom(phone, ".way") <= HEIGHT
    phone.get_by_label("Wer hilft mir? Ihre Postleitzahl oder Ihr Ort").fill("48431")
    phone.get_by_role("button", name="Kontakt anzeigen").click()
    expect(phone.get_by_text("Haus der Kooperation Kreis Steinfurt").first).to_be_visible()


def test_house_says_who_helps_when_where_and_how_to_get_there(phone: Page) -> None:
    phone.goto("/haeuser/kreis-steinfurt/")
    assert bottom(phone, ".house-glance") <= HEIGHT


@pytest.mark.parametrize("address", ["/", "/suche/?q=mentoring", "/haeuser/kreis-steinfurt/"])
def test_menu_leads_to_somebody_to_call(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.locator(".menu__button").click()
    menu = phone.locator(".menu__panel")
    expect(menu.get_by_role("link", name="Telefon")).to_be_visible()
    expect(menu.get_by_role("link", name="Wer hilft mir?")).to_be_visible()
