"""The two worlds side by side, and their words."""

import re

import pytest
from django.core.exceptions import ValidationError

from cms.blocks import BodyBlock
from cms.blocks.worlds import ComparisonBlock, GlossaryBlock
from demo.content import load, page_body


def comparison(**row: str) -> str:
    values = {"topic": "Geld", "zo": "Spenden\n\nBeiträge ", "kmu": "Umsatz", **row}
    block = ComparisonBlock()
    return block.render(block.to_python({"title": "Vergleich", "rows": [values]}))


def glossary(*pairs: tuple[str, str]) -> str:
    entries = [{"zo": zo, "kmu": kmu, "explanation": "Beides."} for zo, kmu in pairs]
    block = GlossaryBlock()
    return block.render(block.to_python({"entries": entries}))


def test_each_line_is_a_point():
    points = re.findall(r'<dd class="comparison__point">(.*?)</dd>', comparison())
    assert points == ["Spenden", "Beiträge", "Umsatz"]


def test_topics_stand_below_the_title():
    html = comparison()
    assert re.findall(r"<h(\d)", html) == ["2", "3"]


def test_worlds_may_have_words_of_their_own():
    assert ">Liquidität</span>" in comparison(kmu_title="Liquidität")


def test_comparison_is_escaped():
    assert "<b>" not in comparison(zo="<b>Geld</b>")


def test_entries_are_sorted_as_in_a_german_dictionary():
    html = glossary(("Zeit", "Termin"), ("Übung", "Training"), ("Uhr", "Takt"), ("Ufer", "Rand"))
    assert re.findall(r"--zo\"[^>]*><dfn>(.*?)</dfn>", html) == ["Übung", "Ufer", "Uhr", "Zeit"]


def test_words_of_both_worlds_are_listed():
    html = glossary(("Spende", "Sponsoring"), ("Ehrenamt", "Personal"))
    links = re.findall(r'href="#(wort-[\w-]+)"', html)
    assert links == ["wort-ehrenamt", "wort-personal", "wort-spende", "wort-sponsoring"]


def test_every_listed_word_is_there_once():
    html = glossary(("Mentoring", "Mentoring"), ("Ehrenamt", "Mentoring"))
    anchors = re.findall(r' id="(wort-[\w-]+)"', html)
    assert sorted(anchors) == sorted(set(re.findall(r'href="#(wort-[\w-]+)"', html)))
    assert len(set(anchors)) == 4


def test_word_of_one_world_stands_alone():
    html = glossary(("Ehrenamtspauschale", ""))
    assert html.count("<dfn>") == 1
    assert re.findall(r'href="#(wort-[\w-]+)"', html) == ["wort-ehrenamtspauschale"]


def test_entry_without_a_word_is_refused():
    block = GlossaryBlock()
    value = block.to_python({"entries": [{"zo": "", "kmu": "", "explanation": "Nichts."}]})
    with pytest.raises(ValidationError):
        block.clean(value)


def test_words_are_found_by_the_search():
    body = BodyBlock().to_python(
        [{"type": "glossary", "value": {"entries": [{"zo": "Amt", "kmu": "Job"}]}}]
    )
    assert "Job" in BodyBlock().get_searchable_content(body)


def test_the_guides_four_pairs_are_explained():
    pages = {page["slug"]: page for page in load("worlds")["pages"]}
    pairs = {(entry["zo"], entry["kmu"]) for entry in pages["woerterbuch"]["glossary"]}
    assert pairs >= {
        ("Menschen", "Personalführung"),
        ("Finanzierung", "Liquidität"),
        ("Kommunikation", "Marketing"),
        ("Lokale Zusammenarbeit", "Kundenkommunikation"),
    }


def test_content_of_both_pages_is_built():
    kinds = [[kind for kind, _ in page_body(page)] for page in load("worlds")["pages"]]
    assert [kind.count("comparison") for kind in kinds] == [2, 0]
    assert [kind.count("glossary") for kind in kinds] == [0, 1]
