"""Whole texts: what is a token, what engines index, what a query asks for."""

import threading
import time

import pytest

from search.analysis import ANALYSIS_VERSION, analyse, index_string, query_tokens

SENTENCE = "Der Förderverein berät Ehrenamtliche und Unternehmen in der Region kostenlos. "


def forms(text: str, language: str = "de") -> list[str]:
    return [token.form for token in analyse(text, language)]


def best_seconds(work, repeats: int = 5) -> float:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def test_positions_point_at_the_surface():
    text = "😀 Fo\u0308rder\u00admittel für Bürger:innen, E-Mail: anna@example.org"
    for token in analyse(text):
        assert text[token.start : token.end] == token.surface


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Industrie 4.0", ["industrie", "4.0"]),
        ("1.000 Euro", ["1000", "euro"]),
        ("1000", ["1000"]),
        ("01307 Dresden", ["01307", "dresden"]),
        ("2024-2026", ["2024", "2026"]),
        ("am 12.05.2026", ["am", "12.05.2026"]),
        ("anna.muster@example.org", ["anna.muster@example.org"]),
        ("CO2 und B2B", ["co2", "und", "b2b"]),
        ("und/oder", ["und", "oder"]),
        ("Vereins- und Verbandsarbeit", ["verein", "und", "verbandsarbeit"]),
    ],
)
def test_numbers_and_addresses_survive(text, wanted):
    assert forms(text) == wanted


def test_a_date_is_found_by_its_year():
    (token,) = analyse("12.05.2026")
    assert token.parts == ("2026",)


@pytest.mark.parametrize("text", ["", '"', "   ", "😀🎉", "\x00\x07\u200b", "* _ - / |", "\u0308"])
def test_nothing_to_search_gives_no_token(text):
    assert analyse(text) == []
    assert query_tokens(text, "de") == []
    assert index_string(text, "de") == ""


@pytest.mark.parametrize(
    "text",
    ["a" * 2000, "verein" * 333, "a-" * 1000, "a*in" * 500, "1." * 1000, "a@" * 1000, "a.b-" * 500],
)
def test_two_thousand_characters_answer_at_once(text):
    assert best_seconds(lambda: analyse(text), repeats=1) < 0.5


@pytest.mark.parametrize("text", ["a" * 2000, "verein" * 333, "x-" * 1000, "a|b c\td\ne"])
def test_tokens_hold_neither_blanks_nor_bars(text):
    for token in analyse(text):
        for word in (token.form, *token.parts):
            assert word
            assert not any(letter.isspace() or letter == "|" for letter in word)
            assert len(word) <= 120


def test_index_string_joins_alternatives_at_one_position():
    text = "Fördermittel für Vereine"
    assert index_string(text, "de") == "foerdermittel|foerder|mittel fuer verein"


def test_query_asks_for_distinct_forms_only():
    found = query_tokens("Verein Vereine VEREINS Messe", "de")
    assert [token.form for token in found] == ["verein", "messe"]


def test_query_is_bounded():
    many = " ".join(f"wort{number}" for number in range(60))
    assert len(query_tokens(many, "de")) == 12
    assert query_tokens(" " * 200 + "Verein", "de") == []


@pytest.mark.parametrize("words", ["Erste Hilfe", "Pass beantragen"])
def test_words_with_a_meaning_are_no_function_words(words):
    assert len(query_tokens(words, "de")) == 2


def test_query_leaves_out_function_words():
    found = query_tokens("Mittel für die Vereine", "de")
    assert [token.form for token in found] == ["mittel", "verein"]


def test_query_leaves_out_what_questions_are_made_of():
    found = query_tokens("Wie könnte ich Geld für MEINEN Verein finden, wenn möglich?", "de")
    assert [token.surface for token in found] == ["Geld", "Verein", "möglich"]
    found = query_tokens("How could we find money for our club", "en")
    assert [token.surface for token in found] == ["find", "money", "club"]


def test_query_of_function_words_alone_asks_for_nothing():
    assert query_tokens("für uns", "de") == []


@pytest.mark.parametrize("word", ["könnten", "gibt", "welches", "unserem", "wären", "gemacht"])
def test_function_words_are_left_out_in_all_their_forms(word):
    assert query_tokens(word, "de") == []


def test_language_variants_follow_their_language():
    assert forms("Häuser", "de-at") == forms("Häuser", "de")
    assert forms("houses", "en-gb") == forms("houses", "en")


def test_threads_agree():
    words = [f"{first}{last}" for first in ("fördernd", "beratend") for last in ("e", "en", "er")]
    text = " ".join(words * 200)
    wanted = forms(text)
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(forms(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [wanted] * 8


def test_a_thousand_words_are_read_quickly():
    text = SENTENCE * 100
    analyse(text)
    assert best_seconds(lambda: analyse(text)) < 0.015


def test_version_is_a_number():
    assert isinstance(ANALYSIS_VERSION, int)
