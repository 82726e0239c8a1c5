"""Marked text: safe, readable, cut at words."""

import re
from html import unescape

import pytest
from django.utils.safestring import SafeString

from search.analysis import highlight, query_tokens

FILLER = "Hier steht etwas anderes, das niemand sucht. "


def mark(text: str, query: str, max_chars: int | None = None, language: str = "de") -> str:
    return highlight(text, query_tokens(query, language), language, max_chars)


def plain(html: str) -> str:
    return re.sub(r"</?mark>|…", "", html)


def test_marks_the_word_as_written():
    assert mark("Viele Vereine helfen.", "verein") == "Viele <mark>Vereine</mark> helfen."


def test_marks_a_compound_that_has_the_word_as_part():
    assert mark("Neue Fördermittel!", "Mittel") == "Neue <mark>Fördermittel</mark>!"


def test_parts_of_the_query_mark_only_where_nothing_better_is():
    assert mark("Mittel fehlen.", "Fördermittel") == "<mark>Mittel</mark> fehlen."
    wanted = "Mittel und <mark>Fördermittel</mark>"
    assert mark("Mittel und Fördermittel", "Fördermittel") == wanted


def test_markup_in_the_text_is_escaped():
    html = mark("<b>Verein</b> & <script>alert('x')</script>", "Verein")
    assert html == (
        "&lt;b&gt;<mark>Verein</mark>&lt;/b&gt; &amp; "
        "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"
    )


def test_result_is_safe():
    assert isinstance(highlight("Verein", [], "de"), SafeString)


@pytest.mark.parametrize("query", ["", '"', "😀", "nirgendwo"])
def test_without_hits_the_text_is_unmarked(query):
    assert mark("Ein Verein.", query) == "Ein Verein."


def test_passage_shows_the_hits():
    text = FILLER * 20 + "Der Förderverein tagt. " + FILLER * 20
    html = mark(text, "Förderverein", max_chars=120)
    assert "<mark>Förderverein</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")


def test_passage_prefers_the_place_with_most_different_words():
    text = "Verein Verein Verein. " + FILLER * 20 + "Verein und Messe. " + FILLER * 20
    assert "<mark>Messe</mark>" in mark(text, "Messe Verein", max_chars=100)


@pytest.mark.parametrize("size", [1, 2, 7, 20, 33, 80, 150, 299])
@pytest.mark.parametrize("query", ["Förderverein", "sucht", "nirgendwo"])
def test_passage_cuts_only_between_words(size, query):
    text = FILLER * 3 + "Der Förderverein & Freunde <tagt>. " + FILLER * 3
    shown = unescape(plain(mark(text, query, max_chars=size)))
    at = text.index(shown)
    words = set(text.split())
    assert at >= 0
    assert set(shown.split()) <= words
    longest = max(len(word) for word in words)
    assert len(shown) <= max(size, longest)


def test_short_text_is_not_cut():
    assert mark("Ein Verein.", "Verein", max_chars=200) == "Ein <mark>Verein</mark>."


def test_cut_without_hits_begins_at_the_beginning():
    assert mark(FILLER * 5, "nirgendwo", max_chars=30) == "Hier steht etwas anderes, das…"


def test_one_endless_word_is_kept_whole():
    assert plain(mark("x" * 500, "y", max_chars=50)) == "x" * 500
