"""axe on every public template, on a phone and on a desk, and the site without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from wagtail.models import Page

from demo import content
from demo.builders import (
    build_example,
    build_example_index,
    build_form,
    build_news,
    build_news_index,
    build_standard,
)
from demo.review import publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def addresses(house, editor, lead, national_editor, second_national_editor) -> list[str]:
    """One public address of every template."""
    publish(build_form(user=national_editor), national_editor)
    worlds = [
        block for page in content.load("worlds")["pages"] for block in content.page_body(page)
    ]
    publish(build_standard(user=national_editor, body=worlds), national_editor)
    publish(build_news(build_news_index(house), editor), editor)
    publish(build_example(build_example_index(house), editor), editor)
    pages = Page.objects.live().filter(depth__gt=1).specific()
    by_type = {type(page): page.get_url() for page in pages}
    return [
        *by_type.values(),
        "/haeuser/?ort=gibtesnicht",
        "/suche/",
        "/suche/?q=ausbildung",
        "/suche/?q=gibtesnicht",
        "/gibt-es-nicht/",
        "/anmelden/",
        "/anmelden/passwort/",
        "/anmelden/passwort/unterwegs/",
        "/anmelden/passwort/1-abgelaufen/",
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_template_violates_axe(tab, addresses, width):
    page = tab(width=width)
    axe = Axe()
    found = []
    for address in addresses:
        page.goto(address)
        violations = axe.run(page).response["violations"]
        found += [(address, violation["id"]) for violation in violations]
    assert found == []


def test_no_page_is_wider_than_a_phone(tab, addresses):
    page = tab(width=320)
    wide = []
    for address in addresses:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


def test_readers_get_no_cookie_and_call_nobody_else(tab, addresses, live_server):
    page = tab()
    foreign = []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(live_server.url) else foreign.append(request.url)
        ),
    )
    for address in addresses:
        if not address.startswith("/anmelden"):
            page.goto(address)
    assert foreign == []
    assert page.context.cookies() == []


def test_filters_work_without_javascript(tab, addresses):
    page = tab(javascript=False, width=360)
    page.goto("/beispiele/")
    page.locator("main summary", has_text="Filter").click()
    topics = page.locator("main details", has=page.locator("input[name=thema]")).last
    if not topics.locator("input").first.is_visible():
        topics.locator("summary").click()
    topics.locator("input").first.check()
    page.locator("main form button[type=submit]").first.click()
    assert "thema=ausbildung" in page.url


def test_the_skip_link_is_the_first_stop(tab, addresses):
    page = tab()
    page.goto("/beispiele/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == focused
