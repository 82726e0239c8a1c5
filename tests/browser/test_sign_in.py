"""Signing in with a second factor in a browser, and coming back after the session has ended."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from demo.builders import build_news, build_news_index
from tests.browser.test_headers import watch
from tests.signing_in import code_for_secret

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def required(settings) -> None:
    """As in production."""
    settings.SECOND_FACTOR_REQUIRED = True


def give_password(page: Page, user, address: str = "/admin/") -> None:
    """The first step, from wherever one wanted to go."""
    page.goto(address)
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "kooperation")
    page.click("main button[type=submit]")


def test_the_second_factor_without_javascript_on_a_phone(tab, required, lead) -> None:
    phone = tab(javascript=False, width=360)
    refused = watch(phone)

    give_password(phone, lead, "/admin/pages/")
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Richten Sie Ihren zweiten Faktor ein"
    )
    picture = phone.locator("main img")
    expect(picture).to_be_visible()
    assert picture.bounding_box()["width"] >= 200
    secret = phone.locator(".account__secret").inner_text()
    phone.fill("[name=code]", code_for_secret(secret, -1))
    phone.get_by_role("button", name="Einrichten").click()
    expect(phone.locator(".account__codes li")).to_have_count(10)

    phone.goto("/abmelden/")
    phone.get_by_role("button", name="Abmelden").click()
    give_password(phone, lead, "/admin/pages/")
    phone.fill("[name=code]", code_for_secret(secret))
    phone.get_by_role("button", name="Anmelden", exact=True).click()
    phone.wait_for_url("**/admin/pages/**")
    assert refused == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_account_violates_axe(tab, required, lead, width) -> None:
    page, axe, found = tab(width=width), Axe(), []

    def look() -> None:
        found.extend((page.url, item["id"]) for item in axe.run(page).response["violations"])
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((page.url, "wide"))

    give_password(page, lead)
    look()
    page.fill("[name=code]", "000000")
    page.get_by_role("button", name="Einrichten").click()
    look()
    page.fill("[name=code]", code_for_secret(page.locator(".account__secret").inner_text(), -1))
    page.get_by_role("button", name="Einrichten").click()
    look()
    for address in (
        "/konto/",
        "/konto/passwort/",
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/abschalten/",
        "/konto/notfallcodes/neu/",
        "/konto/anmeldungen/",
        "/konto/bestaetigen/",
        "/konto/bestaetigen/code/",
        "/abmelden/",
    ):
        page.goto(address)
        look()
    page.get_by_role("button", name="Abmelden").click()
    give_password(page, lead)
    look()
    assert found == []


def test_what_was_typed_survives_the_end_of_the_session(tab, house, editor) -> None:
    news = build_news(build_news_index(house), editor)
    page = tab(editor)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/admin/pages/{news.pk}/edit/")
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=summary]", "Getippt, als die Sitzung schon vorbei war.")
    page.get_by_role("button", name="Mehr Aktionen").last.click()
    page.get_by_role("button", name="Entwurf speichern").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Text ist noch da")
    assert Axe().run(page).response["violations"] == []

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Anmelden (in einem neuen Tab)").click()
    give_password(opened.value, editor, opened.value.url)
    opened.value.wait_for_url("**/admin/")

    page.get_by_role("button", name="Noch einmal senden").click()
    expect(page.locator("[name=summary]")).to_have_value(
        "Getippt, als die Sitzung schon vorbei war."
    )
    news.refresh_from_db()
    saved = news.get_latest_revision_as_object().summary
    assert saved == "Getippt, als die Sitzung schon vorbei war."
