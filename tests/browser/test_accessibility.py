"""The site without JavaScript, and its first stop with the keyboard."""

import pytest

from demo.builders import build_example, build_example_index, build_form
from demo.review import publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def examples(house, editor, lead, national_editor, second_national_editor) -> None:
    """A list with something in it."""
    publish(build_form(user=national_editor), national_editor)
    publish(build_example(build_example_index(house), editor), editor)


def test_filters_work_without_javascript(tab, examples):
    page = tab(javascript=False, width=360)
    page.goto("/beispiele/")
    page.locator("main summary", has_text="Filter").click()
    topics = page.locator("main details", has=page.locator("input[name=thema]")).last
    if not topics.locator("input").first.is_visible():
        topics.locator("summary").click()
    topics.locator("input").first.check()
    page.locator("main form button[type=submit]").first.click()
    assert "thema=ausbildung" in page.url


def test_the_skip_link_is_the_first_stop(tab, examples):
    page = tab()
    page.goto("/beispiele/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == focused
