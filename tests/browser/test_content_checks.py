"""Beside the preview, editors see in plain German what to look at again, while they write."""

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg

from demo.builders import build_news, build_news_index
from regions.models import HousePage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

GOOD = (
    "<p>Alles zum <a href='https://example.org/'>Tag der offenen Tür</a> am <b>3.</b> Mai: "
    "<a href='mailto:haus@example.org'>haus@example.org</a></p>"
)


def opened(page: Page, address: str) -> Locator:
    """The side panel with the checks of this page."""
    page.goto(address)
    page.locator("[data-side-panel-toggle=checks]").click()
    return page.locator("[data-side-panel=checks]")


def a_picture(alt: str) -> tuple[str, dict]:
    image = get_image_model().objects.create(title="Werkstatt", file=get_test_image_file_jpeg())
    return ("image", {"image": {"image": image.pk, "alt_text": alt, "decorative": False}})


def paragraph(html: str) -> tuple[str, str]:
    return ("paragraph", html)


@pytest.fixture
def named_house(house) -> HousePage:
    """The house with somebody to turn to."""
    house.contact_name, house.contact_email = "Lea Haus", "lea@example.org"
    house.contact_phone = "02551 1"
    house.save()
    return house


@pytest.fixture
def checks_of(tab, named_house, editor):
    """Open the checks of a piece of news with this body."""

    def checks_of(*body) -> tuple[Page, Locator]:
        parts = [
            {"type": name, "value": value, "id": str(number)}
            for number, (name, value) in enumerate(body)
        ]
        news = build_news(build_news_index(named_house), editor)
        news.body = news._meta.get_field("body").stream_block.to_python(parts)
        news.save_revision(user=editor)
        page = tab(editor)
        return page, opened(page, f"/admin/pages/{news.pk}/edit/")

    return checks_of


@pytest.mark.parametrize(
    "bad, sentence",
    [
        (("heading", {"text": "Zuerst", "level": "3"}), "Ein Unterabschnitt steht vor dem ersten"),
        (paragraph("<p>Bitte <a href='/x/'>hier klicken</a>.</p>"), "Ein Link sagt nicht"),
        (paragraph("<p><a href='/x/'>www.example.org</a></p>"), "Ein Link zeigt seine Adresse"),
        (paragraph("<p><b>So geht es</b></p>"), "Eine fette Zeile steht da"),
        (("links", {"links": [{"title": "Mehr", "url": "https://x.org/"}]}), "Ein Link sagt nicht"),
    ],
)
def test_what_is_bad_is_named_once(checks_of, bad, sentence):
    _page, panel = checks_of(paragraph(GOOD), bad)
    expect(panel.locator("[data-content-checker-row]")).to_have_count(1)
    expect(panel.locator("[data-content-checker-name]")).to_contain_text(sentence)
    expect(panel.locator("[data-content-checker-count]")).to_have_text("1")


@pytest.mark.parametrize(
    "alt, sentence",
    [("", "Ein Bild hat keine Beschreibung"), ("DSC 204", "sieht aus wie ein Dateiname")],
)
def test_pictures_need_a_description(checks_of, alt, sentence):
    page, panel = checks_of(a_picture(alt))
    expect(panel.locator("[data-content-checker-name]")).to_contain_text(sentence)
    # The place is marked in the preview.
    page.locator("[data-side-panel-toggle=preview]").click()
    marks = page.frame_locator("#w-preview-iframe").locator("[data-inline-userbar-toggle]")
    expect(marks).to_have_count(1)


def test_what_is_mended_vanishes_while_writing(checks_of):
    page, panel = checks_of(("heading", {"text": "Zuerst", "level": "3"}))
    rows = panel.locator("[data-content-checker-row]")
    expect(rows).to_have_count(1)
    expect(page.locator("#content-checks")).to_contain_text("Ein Unterabschnitt")
    page.wait_for_timeout(2500)  # what is changed sooner Wagtail takes for what was there
    page.select_option("[name=body-0-value-level]", "2")
    expect(rows).to_have_count(0, timeout=15_000)
    # The box above the form goes as soon as the page has saved itself.
    expect(page.locator("#content-checks")).to_be_hidden()
    expect(panel.locator("[data-content-checker-count]")).to_have_text("0")


def test_a_page_never_saved_is_checked_too(tab, named_house, editor):
    page = tab(editor)
    index = build_news_index(named_house)
    panel = opened(page, f"/admin/pages/add/news/newspage/{index.pk}/")
    page.fill("[name=title]", "Neu")
    expect(panel.locator("[data-content-checker-name]")).to_have_text("Die Zusammenfassung fehlt.")


def test_a_contact_without_telephone_is_named(checks_of, named_house):
    HousePage.objects.filter(pk=named_house.pk).update(contact_phone="")
    _page, panel = checks_of(paragraph(GOOD))
    sentence = "Die Ansprechperson hat keine Telefonnummer."
    expect(panel.locator("[data-content-checker-name]")).to_have_text(sentence)


def test_a_contact_nobody_can_reach_is_named(checks_of, named_house):
    HousePage.objects.filter(pk=named_house.pk).update(contact_email="")
    _page, panel = checks_of(paragraph(GOOD))
    sentence = "Die Seite nennt niemanden, an den man sich wenden kann."
    expect(panel.locator("[data-content-checker-name]")).to_have_text(sentence)
