"""Tasks of somebody who comes for the first time: on a phone, from the home page, no script.

Ten of them take three steps at most, a step being an address that is opened, and none ends where
nobody can be called and nothing leads on.

What they found when first walked, and what was mended, stands in docs/reference/accessibility.md.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from quality.site import Site
from quality.walk import PHONE

pytestmark = pytest.mark.browser

MOST_STEPS = 3


@pytest.fixture
def home(browser: Browser, public_site: Site) -> Iterator[Page]:
    """The home page on a phone without JavaScript."""
    context = browser.new_context(
        base_url=public_site.url,
        java_script_enabled=False,
        locale="de-DE",
        viewport={"width": PHONE, "height": 740},
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


@pytest.fixture
def three_steps(home: Page) -> Iterator[None]:
    """Fails where a task took more than three steps, or ended without a way on and a telephone."""
    steps: list[str] = []
    home.on("framenavigated", lambda frame: steps.append(frame.url))
    yield
    assert len(steps) <= MOST_STEPS, steps
    assert home.locator("main a[href]").count() > 0
    assert home.locator('a[href^="tel:"]').count() > 0


ten_tasks = pytest.mark.usefixtures("three_steps")


def choose(page: Page, group: str, value: str) -> None:
    """Open a group of filters if it is closed, and tick a value."""
    details = page.locator("details.facet", has=page.locator(f"summary:has-text('{group}')"))
    box = details.get_by_label(value)
    if not box.is_visible():
        details.locator("summary").click()
    box.check()


def look_for(page: Page, words: str) -> None:
    """Use the search of the menu."""
    page.locator(".site-head summary").click()
    page.locator(".site-head input[name=q]").fill(words)
    page.locator(".site-head .search-form button").click()


def title(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\u00ad", "")


def test_find_an_example_of_mentoring_nearby(home):
    home.get_by_role("link", name="Ich suche Beispiele und Partner").click()
    home.locator("summary.facets__button").click()
    choose(home, "Kooperationsform", "Mentoring")
    choose(home, "Region", "Kreis Steinfurt")
    home.get_by_role("button", name="Treffer anzeigen").click()
    home.get_by_role("link", name="Ein Tandem in der Backstube").click()
    expect(home.locator(".contact__name").first).to_contain_text("Annette Brinkhoff")


@ten_tasks
def test_find_mentoring_by_searching(home):
    look_for(home, "Mentoring")
    home.get_by_role("link", name="Thema „Mentoring“: alles zeigen").click()
    home.get_by_role("link", name="Ein Tandem in der Backstube").click()
    assert title(home) == "Ein Tandem in der Backstube"


@ten_tasks
def test_learn_who_helps_in_a_place(home):
    home.get_by_label("Ihre Postleitzahl oder Ihr Ort").fill("48431")
    home.get_by_role("button", name="Kontakt anzeigen").click()
    expect(home.locator("#antwort .contact__name")).to_be_in_viewport()
    expect(home.locator('#antwort a[href^="tel:"]')).to_be_visible()


def test_learn_who_helps_by_searching(home):
    look_for(home, "Wer hilft mir in 48431?")
    home.locator(".ways-on").get_by_role("link", name="Wer hilft mir in 48431 Rheine?").click()
    expect(home.locator("#antwort .contact__name")).to_contain_text("Annette Brinkhoff")


def test_ask_for_funding(home):
    home.get_by_role("link", name="Ich suche Förderung").click()
    home.get_by_label("Wer sind Sie?").select_option(index=1)
    home.get_by_label("Wo? Postleitzahl oder Ort").fill("48431")
    home.locator(".questions button").click()
    expect(home.locator(".funding-hit").first).to_be_visible()
    expect(home.locator(".fit").first).to_contain_text("asst")


def test_find_funding_by_searching(home):
    look_for(home, "Fördermittel")
    home.get_by_role("link", name="Finanzielle Unterstützung").click()
    expect(home.get_by_role("link", name="Förderdatenbank des Bundes")).to_be_visible()


def open_example(home):
    """Follow the first example on the home page; gives its title."""
    link = home.locator(".teaser__link[href*='/beispiele/']").first
    name = link.inner_text()
    link.click()
    expect(home.get_by_role("heading", level=1)).to_have_text(name)
    return name


def test_ask_for_something_like_an_example(home):
    name = open_example(home)
    home.get_by_role("link", name="So etwas möchten wir auch").first.click()
    expect(home.locator(".form-subject")).to_contain_text(name)
    home.get_by_label("Ihr Name").fill("Mirko Feldhaus")
    home.get_by_label("Für wen schreiben Sie?").select_option(index=1)
    home.get_by_label("Ihre E-Mail-Adresse").fill("mirko.feldhaus@example.org")
    home.get_by_label("Worum geht es?").fill("Wir möchten auch Bäume pflanzen.")
    home.locator("input[name=consent]").check()
    # Faster than a human being can read the form, it would not be believed.
    home.wait_for_timeout(4_000)
    home.get_by_role("button", name="Anfrage absenden").click()
    assert title(home).startswith("Vielen Dank")


def test_understand_both_worlds_and_choose_a_form(home):
    home.locator("footer").get_by_role("link", name="Zwei Welten im Vergleich").click()
    assert title(home) == "Zwei Welten im Vergleich"
    home.locator("main").get_by_role("link", name="Formen der Zusammenarbeit").click()
    home.get_by_role("link", name="Mentoring: zu zweit durch die Ausbildung").click()
    expect(home.get_by_role("heading", name="Was beide Seiten davon haben")).to_be_visible()


def test_learn_what_a_word_means(home):
    look_for(home, "Was bedeutet Freistellung?")
    home.get_by_role("link", name="Was bedeutet „Freistellung“?").click()
    expect(home.locator("#wort-freistellung-corporate-volunteering")).to_be_in_viewport()


def test_ask_for_funding_in_a_place(home):
    look_for(home, "Welche Förderung gibt es in Görlitz?")
    home.get_by_role("link", name="Wer hilft mir in Görlitz?").click()
    expect(home.locator("#antwort .contact__name")).to_contain_text("Katrin Noack")


def test_a_slip_of_the_pen_is_no_dead_end(home):
    look_for(home, "Mentorring")
    expect(home.locator(".search-notes")).to_contain_text("denn „Mentorring“ kommt nirgends vor")
    expect(home.get_by_role("link", name="Mentoring: zu zweit durch")).to_be_visible()


@ten_tasks
def test_learn_where_we_stand(home):
    home.get_by_role("link", name="Ich will wissen, wo wir stehen").click()
    assert title(home) == "Selbstchecks"
    home.locator("main").get_by_role("link", name="Selbstcheck für Betriebe").click()
    home.get_by_role("link", name="Check beginnen").click()
    assert title(home) == "Grundlagen der Zusammenarbeit"


@ten_tasks
def test_learn_what_an_association_gains(home):
    open_example(home)
    expect(home.get_by_role("heading", name="Für Vereine und Initiativen")).to_be_visible()


@ten_tasks
def test_learn_what_a_small_company_is(home):
    look_for(home, "Was ist ein KMU?")
    home.locator(".ways-on a, .hits .teaser__link").first.click()
    expect(home.locator("main")).to_contain_text("250 Beschäftigte")


@ten_tasks
def test_find_the_page_for_a_chamber(home):
    look_for(home, "Ich bin Handwerkskammer")
    home.get_by_role("link", name="Für Kammern und Verbände").first.click()
    assert title(home) == "Für Kammern und Verbände"


@ten_tasks
def test_call_from_every_page(home):
    home.locator(".site-head summary").click()
    expect(home.locator('.site-head a[href^="tel:"]')).to_be_visible()


@ten_tasks
def test_read_english(home):
    home.locator(".site-head summary").click()
    home.locator(".site-head").get_by_role("link", name="English").click()
    expect(home.locator("html")).to_have_attribute("lang", "en")
    home.locator("main .teaser__link").first.click()
    expect(home.locator("html")).to_have_attribute("lang", "en")


@ten_tasks
def test_pass_a_page_on(home):
    open_example(home)
    share = home.locator(".pass-on")
    expect(share.locator(".pass-on__address")).to_have_text(home.url)
    expect(share.get_by_role("link", name="Per E-Mail senden")).to_be_visible()
    expect(share.get_by_role("button")).to_have_count(0)


@ten_tasks
def test_follow_the_news_of_a_house(home):
    home.get_by_label("Ihre Postleitzahl oder Ihr Ort").fill("48431")
    home.get_by_role("button", name="Kontakt anzeigen").click()
    home.locator("#antwort").get_by_role("link", name="Haus der Kooperation").first.click()
    follow = home.get_by_role("link", name="Aktuelles – Haus der Kooperation Kreis Steinfurt")
    expect(follow).to_have_attribute("type", "application/rss+xml")
