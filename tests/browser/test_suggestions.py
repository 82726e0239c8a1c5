"""Suggestions under the search field with the keyboard, and for screen readers."""

import re

import pytest
from playwright.sync_api import Browser, expect

from quality.site import Site

pytestmark = pytest.mark.browser


def test_a_suggestion_is_chosen_with_the_keyboard(browser: Browser, public_site: Site) -> None:
    page = browser.new_context(base_url=public_site.url, locale="de-DE").new_page()
    page.goto("/suche/")
    field = page.locator("#search-text")
    field.press_sequentially("Mento")
    options = page.get_by_role("option")

    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="Vorschläge")).to_be_attached()

    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")

    # New suggestions have the same ids, and nobody has chosen one of them.
    with page.expect_response("**/vorschlaege/**"):
        field.press("r")
    expect(options.first).to_have_attribute("aria-selected", "false")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("Backspace")
    expect(options.first).to_be_visible()

    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("Mento")

    field.press("r")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    address = options.first.get_attribute("data-url")
    field.press("Enter")
    page.wait_for_url(f"**{address}")
    page.context.close()


def test_an_answer_that_comes_after_the_field_was_left_opens_nothing(
    browser: Browser, public_site: Site
) -> None:
    page = browser.new_context(base_url=public_site.url, locale="de-DE").new_page()
    page.goto("/suche/")
    field, asked = page.locator("#search-text"), []
    page.route("**/vorschlaege/**", lambda route: asked.append(route))
    with page.expect_request("**/vorschlaege/**"):
        field.press_sequentially("Mento")
    field.blur()
    with page.expect_response("**/vorschlaege/**"):
        asked.pop().continue_()
    page.wait_for_timeout(200)
    expect(field).to_have_attribute("aria-expanded", "false")
    page.context.close()


def test_the_search_of_every_page_suggests_once_somebody_goes_to_it(
    browser: Browser, public_site: Site
) -> None:
    page = browser.new_context(base_url=public_site.url, locale="de-DE").new_page()
    page.goto("/aktuelles/")
    field = page.locator("#site-search")
    assert field.get_attribute("role") is None

    field.focus()
    expect(field).to_have_attribute("role", "combobox")
    field.press_sequentially("Mento")
    expect(page.get_by_role("option").first).to_be_visible()

    field.press("ArrowDown")
    address = page.get_by_role("option").first.get_attribute("data-url")
    field.press("Enter")
    page.wait_for_url(f"**{address}")
    page.context.close()
