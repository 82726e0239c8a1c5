"""The page editor saves by itself while somebody writes: nothing meets or replaces anything."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route, expect
from wagtail.images.tests.utils import get_test_image_file

from cms.models import CustomImage
from demo.builders import build_news, build_news_index
from demo.people import build_editor
from news.models import NewsPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

#: Milliseconds until the editor has saved by itself, also where the computer is busy.
LONG = 15_000
SAVED = ".w-autosave-indicator__state--saved"
TITLE = "[name=title]"


def opened(page: Tab, address: str) -> Tab:
    """The tab with an edit form."""
    page.goto(address)
    return page


def edit(page: NewsPage) -> str:
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def news(house, editor) -> NewsPage:
    """A draft."""
    return build_news(build_news_index(house), editor, title="Hoffest")


@pytest.fixture
def colleague(region):
    """Another editor of the house."""
    return build_editor(region, "kollegin@example.org", first_name="Kim", last_name="Kollegin")


@pytest.fixture
def new_page(tab: Callable[..., Tab], house, editor) -> Tab:
    """The empty form of a news item."""
    index = build_news_index(house)
    return opened(
        tab(editor), reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    )


def titles() -> list[str]:
    """What the latest versions are called."""
    return [page.get_latest_revision().content["title"] for page in NewsPage.objects.all()]


def save(page: Tab) -> None:
    """Save by keyboard, and wait for what the server answers."""
    page.keyboard.press("Control+s")
    expect(page.locator(".messages li").first).to_be_visible(timeout=LONG)


def test_saving_after_the_last_keystroke_makes_one_page(new_page):
    new_page.locator("[name=summary]").fill("Ein Satz.")
    new_page.locator(TITLE).press_sequentially("Tag der offenen Tür", delay=20)
    # In the moment when the first version is on its way.
    with new_page.expect_request(lambda request: request.method == "POST"):
        new_page.locator(TITLE).blur()
    save(new_page)
    expect(new_page.locator(".messages .success")).to_be_visible()
    assert list(NewsPage.objects.values_list("slug", flat=True)) == ["tag-der-offenen-tuer"]


def test_own_saving_is_no_conflict(tab, news, editor):
    page = opened(tab(editor), edit(news))
    page.locator(TITLE).fill("Hoffest am Sonntag")
    expect(page.locator(SAVED)).to_be_visible(timeout=LONG)
    page.locator(TITLE).fill("Hoffest im Mai")
    save(page)
    expect(page.locator(".messages .success")).to_be_visible()
    assert titles() == ["Hoffest im Mai"]


def test_what_is_typed_while_it_saves_is_saved_next(tab, news, editor):
    page, saved = opened(tab(editor), edit(news)), []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not saved:
            saved.append((route, route.fetch()))
        else:
            route.continue_()

    page.route(f"**{edit(news)}", hold)
    page.locator(TITLE).fill("Hoffest am Sonntag")
    while not saved:
        page.wait_for_timeout(50)
    route, answer = saved[0]
    page.locator(TITLE).fill("Hoffest im Mai")
    with page.expect_request(lambda request: request.method == "POST"):
        route.fulfill(response=answer)
    expect(page.locator(SAVED)).to_be_visible(timeout=LONG)
    assert titles() == ["Hoffest im Mai"]


def test_a_colleagues_text_is_not_replaced(tab, news, editor, colleague):
    first, second = opened(tab(editor), edit(news)), opened(tab(colleague), edit(news))
    second.locator(TITLE).fill("Hoffest am Sonntag")
    expect(second.locator(SAVED)).to_be_visible(timeout=LONG)
    first.locator(TITLE).fill("Hoffest im Mai")
    told = first.get_by_role("alert").filter(has_text="Kim Kollegin hat diese Seite gespeichert")
    expect(told).to_be_visible(timeout=LONG)
    assert titles() == ["Hoffest am Sonntag"]
    assert first.input_value(TITLE) == "Hoffest im Mai"


def test_whoever_saves_second_decides_with_a_button(tab, news, editor, colleague):
    first, second = opened(tab(editor), edit(news)), opened(tab(colleague), edit(news))
    second.locator(TITLE).fill("Hoffest am Sonntag")
    save(second)
    first.locator(TITLE).fill("Hoffest im Mai")
    save(first)
    expect(first.locator(".messages")).to_contain_text("Kim Kollegin hat diese Seite gespeichert")
    # Longer than it takes to save by itself.
    first.wait_for_timeout(5000)
    assert titles() == ["Hoffest am Sonntag"]
    assert first.input_value(TITLE) == "Hoffest im Mai"
    save(first)
    expect(first.locator(".messages .success")).to_be_visible()
    assert titles() == ["Hoffest im Mai"]


def test_two_windows_of_one_person(tab, news, editor):
    first = opened(tab(editor), edit(news))
    second = opened(first.context.new_page(), edit(news))
    second.locator(TITLE).fill("Hoffest am Sonntag")
    expect(second.locator(SAVED)).to_be_visible(timeout=LONG)
    first.locator(TITLE).fill("Hoffest im Mai")
    told = first.get_by_role("alert").filter(has_text="in einem anderen Fenster gespeichert")
    expect(told).to_be_visible(timeout=LONG)
    assert titles() == ["Hoffest am Sonntag"]


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_the_last_letters_of_a_text_are_sent(tab, news, editor, by_keyboard):
    """Draftail hands on what is typed a quarter of a second later."""
    page = opened(tab(editor), edit(news))
    text = page.locator("[data-draftail-editor-wrapper] [contenteditable=true]").first
    text.press("Control+End")
    page.keyboard.insert_text(" Auch Kuchen.")
    if by_keyboard:
        page.keyboard.press("Control+s")
    else:
        # As fast as no script of a test could click.
        page.evaluate("document.querySelector('[data-edit-form]').requestSubmit()")
    expect(page.locator(".messages .success")).to_be_visible(timeout=LONG)
    draft = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    assert "Auch Kuchen." in str(draft.body)


def test_letters_are_counted(new_page):
    new_page.locator("[name=summary]").fill("x" * 290)
    expect(new_page.get_by_text("Noch 10 Zeichen.")).to_be_visible()
    new_page.locator("[name=summary]").fill("x" * 303)
    expect(new_page.get_by_text("3 Zeichen zu viel.")).to_be_visible()


def test_a_long_title_is_seen_whole_and_stays_one_line(new_page):
    title = new_page.locator(TITLE)
    title.press_sequentially("Werkzeug leihen " * 6)
    title.press("Enter")
    assert title.evaluate("field => field.scrollWidth <= field.clientWidth")
    assert "\n" not in title.input_value()
    expect(new_page.locator("[name=slug]")).to_have_value("-".join(["werkzeug-leihen"] * 6))


def test_whoever_is_signed_out_is_told(new_page):
    new_page.context.clear_cookies(name="sessionid")
    new_page.locator(TITLE).fill("Hoffest am Sonntag")
    expect(new_page.get_by_role("alert").filter(has_text="abgemeldet")).to_be_visible(timeout=LONG)
    assert new_page.input_value(TITLE) == "Hoffest am Sonntag"


def test_an_error_on_another_tab_is_shown(tab, news, editor):
    other = build_news(news.get_parent(), editor, title="Lauf")
    page = opened(tab(editor), edit(news))
    page.get_by_role("tab", name="Adresse").click()
    page.locator("[name=slug]").fill(other.slug)
    page.get_by_role("tab", name="Inhalt").click()
    page.locator(TITLE).focus()
    save(page)
    expect(page.locator("[name=slug]")).to_be_focused()


def test_an_error_of_a_picture_far_below_is_shown(tab, house, editor):
    picture = CustomImage.objects.create(title="Werkstatt", file=get_test_image_file())
    picture.contextual_alt_text, picture.decorative = "Eine Werkbank", False
    lead_image = [("image", {"image": picture, "caption": ""})]
    news = build_news(build_news_index(house), editor, lead_image=lead_image)
    page = opened(tab(editor), edit(news))
    page.get_by_role("button", name="Zur Prüfung einreichen").click()
    expect(page.get_by_text("Noch fehlt, wer dieses Bild gemacht hat").first).to_be_in_viewport()
    expect(page.locator(".chooser").get_by_role("button", name="Aktionen")).to_be_focused()
