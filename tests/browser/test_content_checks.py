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


def image_block(alt: str, *, decorative: bool = False) -> tuple[str, dict]:
    image = get_image_model().objects.create(title="Werkstatt", file=get_test_image_file_jpeg())
    return ("image", {"image": {"image": image.pk, "alt_text": alt, "decorative": decorative}})


def link(text: str) -> tuple[str, str]:
    return paragraph(f"<p>Bitte <a href='/x/'>{text}</a> lesen.</p>")


#: What to look at again, and how often in :data:`BAD`.
SENTENCES = {
    "Ein Unterabschnitt steht vor dem ersten": 1,
    "Ein Link sagt nicht": 6,
    "Ein Link zeigt seine Adresse": 3,
    "Eine fette Zeile steht da": 1,
    "Ein Bild hat keine Beschreibung": 1,
    "sieht aus wie ein Dateiname": 3,
}


def bad_blocks() -> list[tuple[str, object]]:
    """A body with every fault, in paragraphs and inside other blocks."""
    return [
        ("heading", {"text": "Zuerst", "level": "3"}),
        *[link(text) for text in ("hier", "Mehr …", " klicken  Sie hier", "<b>Weiterlesen</b>")],
        *[link(text) for text in ("https://example.org/a?b=c", "www.example.org", "example.org/a")],
        paragraph("<p><b>So geht es</b></p>"),
        ("links", {"links": [{"title": "Mehr", "url": "https://x.org/"}]}),
        ("callout", {"title": "Achtung", "text": "<p>Bitte <a href='/x/'>hier</a>.</p>"}),
        *[image_block(alt) for alt in ("", "DSC 204", "IMG_2044.jpg", "Foto 12")],
    ]


def test_what_is_bad_is_named_with_its_places(checks_of):
    page, panel = checks_of(paragraph(GOOD), *bad_blocks())
    count = panel.locator("[data-content-checker-count]")
    expect(count).not_to_have_text("0", timeout=15_000)
    for sentence, number in SENTENCES.items():
        rows = panel.locator("[data-content-checker-row]", has_text=sentence)
        expect(rows).to_have_count(number)
    expect(count).to_have_text(str(sum(SENTENCES.values())))
    # The places are marked in the preview.
    page.locator("[data-side-panel-toggle=preview]").click()
    marks = page.frame_locator("#w-preview-iframe").locator("[data-inline-userbar-toggle]")
    expect(marks.first).to_be_attached()


def test_a_good_text_has_nothing_to_look_at(checks_of):
    good = image_block("Zwei Menschen an einer Werkbank"), image_block("", decorative=True)
    heads = ("heading", {"text": "A", "level": "2"}), ("heading", {"text": "B", "level": "3"})
    _page, panel = checks_of(*heads, paragraph(GOOD), *good)
    expect(panel.locator("[data-content-checker-count]")).to_have_text("0")
    expect(panel.locator("[data-content-checker-row]")).to_have_count(0)


def test_what_is_mended_vanishes_while_writing(checks_of):
    page, panel = checks_of(("heading", {"text": "Zuerst", "level": "3"}))
    rows = panel.locator("[data-content-checker-row]")
    expect(rows).to_have_count(1)
    page.wait_for_timeout(2500)  # what is changed sooner Wagtail takes for what was there
    page.select_option("[name=body-0-value-level]", "2")
    expect(rows).to_have_count(0, timeout=15_000)
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
