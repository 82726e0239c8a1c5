"""The drawings that lists show, in one file."""

import pytest

from cms.assets import illustrations
from cms.assets.illustrations import AGAIN, ILLUSTRATIONS, TOPICS, distinct, of_topics, sprite
from demo import content
from tests.site.test_pages import Document

KEYS = [key for key, _label in ILLUSTRATIONS]


def test_every_drawing_an_editor_can_choose_is_there():
    found = Document(sprite())
    assert [symbol["id"] for symbol in found.all("symbol")] == [key for key, _ in ILLUSTRATIONS]
    assert len(found.all("path")) > 3 * len(ILLUSTRATIONS)


def test_every_drawing_keeps_its_proportions():
    assert {symbol["viewbox"] for symbol in Document(sprite()).all("symbol")} == {"0 0 320 200"}


def test_a_drawing_that_refers_to_itself_is_refused(tmp_path, settings, monkeypatch):
    folder = tmp_path / "static" / "illustrations"
    folder.mkdir(parents=True)
    (folder / "neu.svg").write_text('<svg viewBox="0 0 1 1"><clipPath id="a"/></svg>')
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(illustrations, "ILLUSTRATIONS", [("neu", "Neu")])
    with pytest.raises(ValueError, match=r"neu\.svg"):
        sprite()


def test_every_form_of_cooperation_has_two_drawings():
    forms = {form["illustration"] for form in content.load("forms")["forms"]}
    assert len(forms) == 11
    assert [form for form in forms if not set(AGAIN.get(form, ())) & set(KEYS)] == []


def test_every_topic_has_a_drawing_of_its_own():
    topics = [topic["key"] for topic in content.load("terms")["topic"]]
    drawings = [TOPICS[topic] for topic in topics]
    assert set(drawings) <= set(KEYS)
    assert len(set(drawings)) == len(topics)


def test_no_two_drawings_are_alike():
    shapes = [str(symbol) for symbol in sprite().split("<symbol")[1:]]
    assert len({shape.partition(">")[2] for shape in shapes}) == len(KEYS)


def test_a_drawing_that_is_shown_gives_way_to_another_of_the_same_idea():
    assert distinct("mentoring", {"haus"}, "x") == "mentoring"
    assert distinct("mentoring", {"mentoring"}, "x") == "mentoring-2"


def test_a_list_of_one_form_shows_no_drawing_twice_and_always_the_same():
    def shown(number: int) -> list[str]:
        found: list[str] = []
        for entry in range(number):
            found.append(distinct("mentoring", found, f"Beispiel {entry}"))
        return found

    assert len(set(shown(24))) == 24
    assert shown(24)[:12] == shown(12)


def test_a_page_without_a_drawing_has_that_of_its_topic():
    assert of_topics(["verein", "kultur", "sport"]) == "thema-kultur"
    assert of_topics([]) == ""
