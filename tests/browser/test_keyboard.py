"""Main jobs with the keyboard alone: a visitor finds an example and writes; an editor edits."""

import pytest
from playwright.sync_api import Page, expect

from demo.builders import (
    build_example,
    build_example_index,
    build_form,
    build_news,
    build_news_index,
    build_standard,
)
from demo.review import publish
from news.models import NewsPage
from regions.models import Enquiry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

MOST_STOPS = 120


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what ``selector`` means; what has it must be seen."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    pytest.fail(f"the keyboard does not reach {selector} on {page.url}")


@pytest.fixture
def example(house, editor, lead, national_editor, second_national_editor):
    """A published example of a house that can be written to."""
    house.contact_name, house.contact_email = "Annette Haus", "haus@example.org"
    house.save_revision(user=editor)
    publish(house, editor)
    publish(build_form(user=national_editor), national_editor)
    return publish(build_example(build_example_index(house), editor), editor)


def test_a_visitor_searches_filters_reads_and_writes(tab, example):
    page = tab()
    page.goto("/")
    tab_to(page, "input[name=q]")
    page.keyboard.type("Werkstatt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/**")

    topic = page.locator("main input[name=thema]").first
    expect(topic).to_be_attached()
    # A group of filters that is closed is opened first, as a reader would.
    if not topic.is_visible():
        tab_to(page, "main details:not([open]):has(input[name=thema]) > summary")
        page.keyboard.press("Enter")
        expect(topic).to_be_visible()
    tab_to(page, "main input[name=thema]")
    page.keyboard.press("Space")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**thema=ausbildung**")

    tab_to(page, f"main a[href='{example.get_url()}']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(example.title)

    tab_to(page, "main a[href*='/anfrage/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/anfrage/**")
    # The fields have a name each; the browser's own bubbles are not what we test.
    page.locator("main form[method=post]").evaluate("form => { form.noValidate = true; }")
    tab_to(page, "main form[method=post] button")
    page.keyboard.press("Enter")
    summary = page.locator("main [role=alert], main .error-summary").first
    expect(summary).to_be_focused()
    expect(page.locator("main [aria-invalid=true]")).to_have_count(5)

    fill_enquiry(page)
    # Whoever is faster than three seconds is taken for a machine.
    page.wait_for_timeout(3200)
    tab_to(page, "main form[method=post] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/danke/?gesendet=*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert Enquiry.objects.get().name == "Mirko Feldhaus"


def fill_enquiry(page: Page) -> None:
    """Everything that must be filled in."""
    tab_to(page, "[name=name]")
    page.keyboard.type("Mirko Feldhaus")
    tab_to(page, "select[name=side]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=email]")
    page.keyboard.type("mirko@example.org")
    tab_to(page, "[name=message]")
    page.keyboard.type("Wir suchen einen Betrieb.")
    tab_to(page, "[name=consent]")
    page.keyboard.press("Space")


def test_an_editor_writes_and_saves(tab, house, editor):
    news = build_news(build_news_index(house), editor, title="Mit der")
    page = tab(editor)
    page.goto(f"/admin/pages/{news.pk}/edit/")
    tab_to(page, "[name=title]")
    page.keyboard.press("End")
    page.keyboard.type(" Tastatur")
    page.keyboard.press("Control+s")
    # The page may also save by itself before the key is pressed: the outcome is the same.
    for _moment in range(50):
        page.wait_for_timeout(200)
        if NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().title != news.title:
            break
    draft = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    assert draft.title == "Mit der Tastatur"
    page.wait_for_load_state("networkidle")  # what is still being saved must end before the test


def test_a_reader_has_a_word_explained_and_reads_on(tab, national_editor, second_national_editor):
    entry = {"zo": "Spende", "kmu": "Sponsoring", "explanation": "Mit oder ohne Gegenleistung."}
    glossary = [("glossary", {"entries": [entry]})]
    text = [("paragraph", "<p>Eine Spende.</p>"), *[("paragraph", "<p>Mehr Text.</p>")] * 40]
    for title, body in (("Wörterbuch", glossary), ("Geld", text)):
        page = build_standard(user=national_editor, title=title, body=body)
        publish(page, national_editor)
    reader = tab(javascript=False, width=360)
    reader.goto("/geld/")
    reader.locator("a.word").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("Mit oder ohne Gegenleistung.")).to_be_in_viewport()
    expect(reader.locator("a.word")).to_be_in_viewport()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("Mit oder ohne Gegenleistung.")).not_to_be_in_viewport()
    expect(reader.locator("a.word")).to_be_in_viewport()
