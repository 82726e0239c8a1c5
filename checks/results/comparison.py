"""Then and now: the answers of two rounds side by side. Pure.

F49: in words, without grade or ranking.
"""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from checks.definition import NEED, NEED_ANSWERS, Answer, Answers, Definition, Item, Section

_WORDS = {key: (words, symbol) for key, words, symbol in NEED_ANSWERS}


@dataclass(frozen=True)
class Answered:
    """An answer as one reads it; without words for an open question."""

    key: str
    words: StrOrPromise = ""
    symbol: str = ""


@dataclass(frozen=True)
class Pair:
    """The two answers to one question."""

    item: Item
    then: Answered
    now: Answered

    @property
    def has_changed(self) -> bool:
        """Whether both were answered, and differ."""
        return bool(self.then.key and self.now.key) and self.then != self.now


@dataclass(frozen=True)
class Comparison:
    """The questions of both rounds that can be compared, by section.

    Args:
        sections: with the pairs of each; those without any are left out.
        left_out: how many questions of today the round before did not ask, or not in this sense.
    """

    sections: tuple[tuple[Section, tuple[Pair, ...]], ...]
    left_out: int

    @property
    def changed(self) -> int:
        """How many answers differ."""
        return sum(pair.has_changed for _section, pairs in self.sections for pair in pairs)


def compare(
    then: Definition,
    then_answers: Answers,
    now: Definition,
    now_answers: Answers,
) -> Comparison:
    """Compare two rounds, by the identifier of a question and its edition.

    A question counts only where editors say that it means the same (:attr:`Item.meaning`).
    """
    before = {item.clean_name: item for item in then.items()}
    sections, left_out = [], 0
    for section in now.sections:
        pairs = []
        for item in section.items:
            if item.field_type != NEED:
                continue
            if not _means_the_same(item, before.get(item.clean_name)):
                left_out += 1
                continue
            name = item.clean_name
            pairs.append(Pair(item, _read(then_answers.get(name)), _read(now_answers.get(name))))
        if pairs:
            sections.append((section, tuple(pairs)))
    return Comparison(tuple(sections), left_out)


def _means_the_same(item: Item, other: Item | None) -> bool:
    return other is not None and (item.field_type, item.meaning) == (
        other.field_type,
        other.meaning,
    )


def _read(answer: Answer | None) -> Answered:
    if not isinstance(answer, str) or answer not in _WORDS:
        return Answered("")
    return Answered(answer, *_WORDS[answer])
