"""Nothing we serve is stopped by our own Content-Security-Policy."""

import pytest
from playwright.sync_api import Page as Tab
from wagtail.models import Locale, Page

from demo.builders import (
    build_example,
    build_example_index,
    build_form,
    build_home,
    build_news,
    build_news_index,
    build_standard,
)
from demo.review import publish
from tests.translating import translated

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def news(house, editor, lead, second_national_editor):
    """A public piece of news."""
    return publish(build_news(build_news_index(house), editor), editor)


def watch(tab: Tab) -> list[str]:
    """Collect what the browser refuses, with the address it happened on."""
    found: list[str] = []

    def listen(message) -> None:
        if "Content Security Policy" in message.text or "Permissions-Policy" in message.text:
            found.append(f"{tab.url}: {message.text}")

    tab.on("console", listen)
    return found


def test_no_template_breaks_the_policy(tab, news, house, editor, national_editor):
    publish(build_form(user=national_editor), national_editor)
    publish(build_standard(user=national_editor), national_editor)
    publish(build_example(build_example_index(house), editor), editor)
    pages = Page.objects.live().filter(depth__gt=1).specific()
    addresses = list({type(page): page.get_url() for page in pages}.values())
    visitor = tab()
    refused = watch(visitor)

    for address in [*addresses, "/suche/?q=ausbildung", "/gibt-es-nicht/"]:
        visitor.goto(address, wait_until="load")
    assert refused == []

    # What would be refused is heard.
    visitor.evaluate("document.body.setAttribute('onclick', '1')")
    visitor.evaluate("document.body.click()")
    assert len(refused) == 1


def test_the_editor_with_its_preview_breaks_no_policy(tab, news, administrator):
    desk = tab(administrator)
    refused = watch(desk)

    desk.goto("/admin/")
    desk.goto(f"/admin/pages/{news.pk}/edit/")
    desk.locator("[data-side-panel-toggle=preview]").click()
    frame = desk.frame_locator("#w-preview-iframe")
    frame.get_by_role("heading", level=1).wait_for()
    desk.locator("#body-root button.c-sf-add-button").first.click()
    desk.get_by_role("option", name="Bild").first.click()
    desk.get_by_role("button", name="Bild auswählen").first.click()
    desk.locator(".modal-body input[type=file]").wait_for(state="attached")
    desk.goto("/admin/images/add/", wait_until="load")
    assert refused == []


def test_the_editor_of_translations_breaks_no_policy(
    tab, administrator, national_editor, second_national_editor
):
    build_home()
    page = publish(build_standard(user=national_editor), national_editor)
    _translation, target = translated(page, Locale.objects.get(language_code="en"), administrator)
    desk = tab(administrator)
    refused = watch(desk)

    desk.goto(f"/admin/pages/{target.pk}/edit/", wait_until="load")
    desk.get_by_text(page.summary).first.wait_for()
    assert refused == []
