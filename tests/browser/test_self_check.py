"""A self-check in a real browser: on a phone without JavaScript, from the page to the house."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cms.spam_protection import honeypot
from demo.builders import build_form
from demo.builders.checks import build_check_index, check_from_file
from demo.review import publish
from regions.models import Enquiry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def check(house, national_editor, second_national_editor, monkeypatch):
    """The check for organisations that ships, and a form of cooperation."""
    monkeypatch.setattr(honeypot, "LEAST_SECONDS", 0)
    publish(build_form(user=national_editor), national_editor)
    page = check_from_file("zo", build_check_index(), national_editor, "vereine")
    return publish(page, national_editor)


def look(page: Page, name: str) -> None:
    """No violation, nothing wider than the window; a picture where somebody wants one."""
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [n["target"] for n in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("CHECK_PICTURES"):
        width = page.viewport_size["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def answer(page: Page, value: str) -> None:
    """Give all questions of the section that ask for the need for action the same answer."""
    for choice in page.locator(f"main input[type=radio][value={value}]").all():
        choice.check()


def fill_in(page: Page, seen: str = "") -> None:
    """Walk through all sections, with other answers in each."""
    page.get_by_role("link", name="Check beginnen").click()
    values = ("gelb", "rot", "gruen")
    for number in range(5):
        expect(page.locator("main")).to_contain_text(f"Abschnitt {number + 1} von 5")
        if seen and number < 2:
            look(page, f"{seen}section{number + 1}")
        answer(page, values[number % 3])
        if seen and number == 1:
            expect(page.get_by_role("status")).to_contain_text("Gespeichert")
        page.locator("main form button[value=weiter]").click()


def test_a_check_is_filled_in_on_a_phone_without_javascript(tab, check):
    page = tab(javascript=False, width=360)
    page.goto(check.url)
    fill_in(page)
    expect(page.get_by_role("heading", name="Ihr Ergebnis")).to_be_visible()
    page.get_by_role("link", name="Besprechen mit").click()
    page.get_by_label("Ihr Name").fill("Mirko Feldhaus")
    page.get_by_label("Ihre E-Mail-Adresse").fill("mirko@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name="Genau diesen Text senden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("angekommen")
    assert "Dringend" in Enquiry.objects.get().message


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_a_check_is_accessible(tab, check, width):
    page = tab(width=width)
    page.goto(check.url)
    look(page, "page")
    fill_in(page, "x")
    look(page, "result")
    page.get_by_role("link", name="Besprechen mit").click()
    look(page, "handover")
    page.go_back()
    page.get_by_role("link", name="Alle Abschnitte, Ihr Link, löschen").click()
    look(page, "overview")
    page.get_by_role("link", name="Jetzt löschen").click()
    look(page, "delete")
    page.get_by_role("button", name="Jetzt löschen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gelöscht")


def test_the_next_paper_is_no_part_of_the_one_before(tab, check):
    page = tab()
    page.goto(f"/selbstcheck/{check.pk}/papier/")
    token = page.locator("[name=token]")
    before = token.input_value()
    # As browsers do that bring a page back as it was left; those of tests never do.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(token).not_to_have_value(before)
