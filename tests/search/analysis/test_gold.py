"""Precision and recall of the compound analysis on a hand-made list (see gold_de.toml)."""

import tomllib
from pathlib import Path

import pytest

from search.analysis import analyse
from search.analysis.lemmas import FAMILY_MARK

GOLD = tomllib.loads((Path(__file__).parent / "gold_de.toml").read_text(encoding="utf-8"))
MIN_PRECISION = 0.97
MIN_RECALL = 0.98


def alternatives(word: str) -> set[str]:
    (token,) = analyse(word)
    return {token.form, *token.parts}


def parts(word: str) -> set[str]:
    (token,) = analyse(word)
    return {part for part in token.parts if not part.startswith(FAMILY_MARK)}


def trap_failures() -> list[str]:
    traps = GOLD["traps"]
    failures = [word for word in traps["whole"] if parts(word)]
    failures += [word for word, bad in traps["never"].items() if parts(word) & set(bad)]
    pairs = traps["distinct"]["pairs"]
    return failures + [f"{a}={b}" for a, b in pairs if alternatives(a) & alternatives(b)]


def measure(which: str = "compounds") -> tuple[float, float, list[str]]:
    """Return precision, recall and what went wrong; every failed trap is one false part."""
    right = wrong = missed = 0
    notes = trap_failures() if which == "compounds" else []
    wrong += len(notes)
    for word, wanted in GOLD[which].items():
        found, expected = parts(word), set(wanted)
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            notes.append(f"{word}: {sorted(found)}")
    return right / (right + wrong), right / (right + missed), notes


def test_gold_list_has_the_promised_size():
    traps = GOLD["traps"]
    count = len(traps["whole"]) + len(traps["never"]) + len(traps["distinct"]["pairs"])
    assert (len(GOLD["compounds"]), count) == (60, 30)


def test_precision_of_parts():
    precision, _, notes = measure()
    assert precision >= MIN_PRECISION, notes


def test_recall_of_parts():
    _, recall, notes = measure()
    assert recall >= MIN_RECALL, notes


def test_wider_list_does_not_fall_back():
    precision, recall, notes = measure("wider")
    assert precision >= 0.94, notes
    assert recall >= 0.96, notes


@pytest.mark.parametrize("one, other", GOLD["traps"]["distinct"]["pairs"])
def test_pairs_of_the_field_stay_apart(one, other):
    assert not alternatives(one) & alternatives(other)
