"""What is pasted into a text keeps what was meant, and what it cannot keep is said."""

import json

import pytest
from playwright.sync_api import expect

from demo.builders import build_news, build_news_index

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PASTE = """(element, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "x");
  element.focus();
  const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "clipboardData", { value: data });
  element.dispatchEvent(event);
}"""
#: As Firefox has it: a clipboard that is given to the constructor is left out.
FIREFOX = """(() => {
  const Known = ClipboardEvent;
  window.ClipboardEvent = class extends Known {
    constructor(kind, given) {
      super(kind, { ...given, clipboardData: new DataTransfer() });
    }
  };
})()"""
#: As on a slow computer: 50 milliseconds pass at once, and Draftail is there half a second later.
SLOW = """(() => {
  const later = setTimeout, find = Element.prototype.querySelector, begun = performance.now();
  window.setTimeout = (f, wait, ...rest) => later(f, wait === 50 ? 0 : wait, ...rest);
  Element.prototype.querySelector = function (wanted) {
    const isEarly = this.dataset.contentpath && performance.now() < begun + 500;
    return isEarly && wanted === "[contenteditable=true]" ? null : find.call(this, wanted);
  };
})()"""
PASTED = (
    '<b style="font-weight:normal"><ol><li>Eins</li><li>Zwei</li></ol></b><h2>Titel</h2>'
    '<p><a href="tel:+493012345">Telefon</a> <a href="/kooperationsformen/">Formen</a></p>'
    "<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>"
)


def paste(page, text, html: str) -> None:
    """Paste at the end of a text."""
    text.evaluate(PASTE, html)
    page.wait_for_timeout(500)  # the editor writes into its field a moment later


@pytest.fixture
def editor_of(tab, house, editor):
    """The edit page of a piece of news, and its first text as one types in it."""

    def opened(text: str = "<p></p>"):
        news = build_news(build_news_index(house), editor)
        news.body = [("paragraph", text)]
        news.save_revision(user=editor)
        page = tab(editor)
        page.goto(f"/admin/pages/{news.pk}/edit/")
        field = page.locator("[name='body-0-value']").locator("xpath=..")
        return page, field.locator("[contenteditable=true]")

    return opened


def lines_of(page, number: int) -> dict[str, dict]:
    """The lines of a text block as the editor stores them."""
    stored = json.loads(page.locator(f"[name='body-{number}-value']").input_value())
    return {block["text"]: block for block in stored["blocks"]}


def test_pasted_tables_and_headings_become_blocks_and_texts_keep_what_was_meant(editor_of):
    page, text = editor_of()
    page.evaluate(FIREFOX)
    paste(page, text, PASTED + "<p>Danach</p>")
    lines = lines_of(page, 0)
    assert lines["Eins"]["type"] == "ordered-list-item"
    assert not lines["Eins"]["inlineStyleRanges"]
    expect(page.locator("[name='body-1-value-text']")).to_have_value("Titel")
    expect(page.locator("[name='body-1-value-level']")).to_have_value("2")
    stored = json.loads(page.locator("[name='body-2-value']").input_value())
    urls = {entity["data"].get("url", "") for entity in stored["entityMap"].values()}
    assert "mailto:tel:+493012345" in urls
    assert any(url.endswith("/kooperationsformen/") for url in urls)
    expect(page.locator("[name='body-3-value-rows']")).to_have_value("A | B\nC | D")
    assert "Danach" in lines_of(page, 4)
    expect(page.get_by_role("status").filter(has_text="Tabelle")).to_be_visible()


def test_a_text_behind_a_table_waits_until_its_editor_is_there(editor_of):
    page, text = editor_of()
    page.evaluate(SLOW)
    paste(page, text, PASTED + "<p>Danach</p>")
    page.wait_for_timeout(300)
    assert "Danach" in lines_of(page, 4)


#: As Word writes it: paragraphs in cells, the corner empty, a cell over two columns.
WORD_TABLE = (
    '<div><table class="MsoTableGrid"><tr><td><p class="MsoNormal"><o:p></o:p></p></td>'
    '<td><p class="MsoNormal">Montag</p></td><td>Di|enstag</td></tr><tr><td>Vormittag</td>'
    '<td colspan="2"><a href="https://example.org/">offen</a></td></tr></table></div>'
)


def test_a_table_pasted_into_an_empty_text_takes_its_place(editor_of):
    page, text = editor_of()
    paste(page, text, WORD_TABLE)
    rows = "|  | Montag | Di/enstag |\n| Vormittag | offen (https://example.org/) |  |"
    expect(page.locator("[name='body-1-value-rows']")).to_have_value(rows)
    expect(page.locator("[name='body-0-deleted']")).to_have_value("1")
    expect(page.get_by_role("status").filter(has_text="Tabelle")).to_be_visible()


def test_a_table_pasted_amid_a_text_becomes_lines(editor_of):
    page, text = editor_of("<p>Vorher. Nachher.</p>")
    text.click()
    page.keyboard.press("Home")
    paste(page, text, WORD_TABLE)
    assert any("Montag" in line for line in lines_of(page, 0))
    expect(page.locator("[name='body-count']")).to_have_value("1")
    expect(page.get_by_role("status").filter(has_text="Zeilen")).to_be_visible()
