"""What is pasted into a text keeps what was meant, and what it cannot keep is said."""

import json
import re

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
  const given = { clipboardData: data, bubbles: true, cancelable: true };
  element.dispatchEvent(new ClipboardEvent("paste", given));
}"""
PASTED = (
    '<b style="font-weight:normal"><ol><li>Eins</li></ol></b><h2>Titel</h2>'
    '<p><a href="tel:+493012345">Telefon</a> <a href="/kooperationsformen/">Formen</a></p>'
    "<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>"
)


def test_pasted_text_keeps_its_links_and_lists_and_loses_no_cell(tab, house, editor):
    news = build_news(build_news_index(house), editor)
    news.body = [("paragraph", "<p></p>")]
    news.save_revision(user=editor)
    page = tab(editor)
    page.goto(f"/admin/pages/{news.pk}/edit/")
    text = (
        page.locator("[name='body-0-value']").locator("xpath=..").locator("[contenteditable=true]")
    )
    text.evaluate(PASTE, PASTED)
    expect(text).to_contain_text("C | D")
    kept = page.locator("[name='body-0-value']")
    expect(kept).to_have_value(re.compile(r"C \| D"))  # the editor writes there a moment later
    stored = json.loads(kept.input_value())
    lines = {block["text"]: block for block in stored["blocks"]}
    assert {"Eins", "Titel", "A | B", "C | D"} <= lines.keys()
    assert lines["Eins"]["type"] == "ordered-list-item"
    assert not lines["Eins"]["inlineStyleRanges"]
    urls = {entity["data"].get("url", "") for entity in stored["entityMap"].values()}
    assert "mailto:tel:+493012345" in urls
    assert any(url.endswith("/kooperationsformen/") for url in urls)
    expect(page.get_by_role("status").filter(has_text="Tabelle")).to_be_visible()
