"""Dates typed into the admin in a real browser: nothing is replaced, errors are in German."""

import pytest
from playwright.sync_api import Page, expect

from demo.builders import build_news, build_news_index

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TYPED = ["März 2026", "03/2026", "2026-03-01", "gestern", "31.02.2026", "1.3.26", "2026-02-31"]

#: Blocks and other forms call the same functions for their inputs.
INPUTS = """() => {
  for (const kind of ["Date", "DateTime", "Time"]) {
    const input = document.createElement("input");
    input.id = `typed-${kind}`;
    document.querySelector("main").prepend(input);
    const format = { Date: "d.m.Y", DateTime: "d.m.Y H:i", Time: "H:i" }[kind];
    window[`init${kind}Chooser`](input.id, { format, formatTime: "H:i" });
  }
}"""


def leave(page: Page, selector: str, typed: str) -> str:
    """What stands in a field after somebody has typed into it and gone on."""
    field = page.locator(selector)
    field.fill(typed)
    # The picker opens a moment after the field has the focus.
    page.locator(".xdsoft_datetimepicker:visible").first.wait_for()
    field.blur()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    return field.input_value()


def choose_time(page: Page, selector: str, typed: str) -> str:
    """What stands in a field after somebody has typed a day and chosen a time beside it."""
    field = page.locator(selector)
    field.fill(typed)
    page.locator(".xdsoft_time:visible", has_text="08:00").dispatch_event("click")
    field.blur()
    return field.input_value()


@pytest.fixture
def edit_page(tab, house, editor) -> Page:
    """A news item's edit page."""
    news = build_news(build_news_index(house), editor)
    page = tab(editor)
    page.goto(f"/admin/pages/{news.pk}/edit/")
    return page


def test_what_was_typed_stays_and_is_an_error_at_the_field(edit_page):
    page = edit_page
    page.evaluate(INPUTS)
    for kind in ("Date", "DateTime", "Time"):
        assert [leave(page, f"#typed-{kind}", typed) for typed in TYPED] == TYPED

    for typed in ("2026-03-01", "1.3.26"):
        assert choose_time(page, "#typed-DateTime", typed) == "01.03.2026 08:00"

    assert leave(page, "[name=date]", "31.02.2026") == "31.02.2026"
    page.keyboard.press("Control+s")
    expect(page.locator("#panel-child-inhalt-child-date-errors")).to_contain_text("01.03.2026")
    assert page.input_value("[name=date]") == "31.02.2026"
