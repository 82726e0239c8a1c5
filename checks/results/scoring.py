"""Strengths and needs from the answers: pure, without database; no grade, no ranking.

F49: nobody is graded. Open questions are said to be open, never counted as strengths.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from checks.definition import (
    GREEN,
    MULTIPLE,
    NEED,
    NEED_ANSWERS,
    NOT_APPLICABLE,
    RED,
    SINGLE,
    YELLOW,
    Answer,
    Answers,
    Definition,
    Item,
    Section,
)


@dataclass(frozen=True)
class Need:
    """A question in which somebody sees need for action, or whose answer has advice.

    Args:
        item: the question.
        section: in which it stands.
        advice: the next step.
        is_urgent: whether it was answered red.
        is_rated: whether it was answered by the need for action, not by a choice.
        answer: the choice that has the advice.
    """

    item: Item
    section: Section
    advice: str
    is_urgent: bool = False
    is_rated: bool = True
    answer: str = ""

    @property
    def keywords(self) -> tuple[str, ...]:
        """By which fitting pages are found."""
        return tuple(word.strip() for word in self.item.tags.split(",") if word.strip())


@dataclass(frozen=True)
class SectionResult:
    """How the questions of a section that ask for the need for action were answered."""

    section: Section
    counts: Mapping[str, int]
    open_count: int

    @property
    def total(self) -> int:
        """All questions of the section that ask for the need for action."""
        return sum(self.counts.values()) + self.open_count

    @property
    def green(self) -> int:
        """How many questions say that it works well."""
        return self.counts[GREEN]

    @property
    def yellow(self) -> int:
        """Where there is need for action."""
        return self.counts[YELLOW]

    @property
    def red(self) -> int:
        """Where it is urgent."""
        return self.counts[RED]

    @property
    def not_applicable(self) -> int:
        """What does not apply."""
        return self.counts[NOT_APPLICABLE]


@dataclass(frozen=True)
class Outcome:
    """The result of a run."""

    definition: Definition
    answers: Answers

    @cached_property
    def sections(self) -> list[SectionResult]:
        """Counts by section, without those that ask for no need for action."""
        results = []
        for section in self.definition.sections:
            rated = [item for item in section.items if item.field_type == NEED]
            given = [self.answers.get(item.clean_name) for item in rated]
            counts = {key: given.count(key) for key, _words, _symbol in NEED_ANSWERS}
            if rated:
                open_count = len(rated) - sum(counts.values())
                results.append(SectionResult(section, counts, open_count))
        return results

    @cached_property
    def strengths(self) -> list[tuple[Section, list[Item]]]:
        """What works well, by section."""
        found = []
        for section in self.definition.sections:
            items = [
                item
                for item in section.items
                if item.field_type == NEED and self.answers.get(item.clean_name) == GREEN
            ]
            if items:
                found.append((section, items))
        return found

    @cached_property
    def needs(self) -> list[Need]:
        """What there is to do: the urgent first, else in the order of the check."""
        found = [
            need
            for section in self.definition.sections
            for item in section.items
            for need in _needs_of(item, section, self.answers.get(item.clean_name))
        ]
        return sorted(found, key=lambda need: (not need.is_urgent, not need.is_rated))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not any(item.clean_name in self.answers for item in self.definition.items())

    @property
    def open_count(self) -> int:
        """How many questions were not answered."""
        return sum(item.clean_name not in self.answers for item in self.definition.items())


def _needs_of(item: Item, section: Section, answer: Answer | None) -> list[Need]:
    if item.field_type == NEED and answer in (YELLOW, RED):
        is_urgent = answer == RED
        advice = (item.advice_urgent if is_urgent else "") or item.advice
        return [Need(item, section, advice, is_urgent)]
    if item.field_type in (SINGLE, MULTIPLE):
        chosen = answer if isinstance(answer, list) else [answer]
        return [
            Need(item, section, advice, is_rated=False, answer=choice)
            for choice, advice in item.advice_by_choice.items()
            if advice and choice in chosen
        ]
    return []
