"""Counting answers, and what of the counts is published: pure, without database.

F49: nobody is ranked. Only questions whose answers exclude one another are counted, each by itself
and for one check, so for one kind of organisation: no figure is the sum of two others but the
nation's. Sizes of organisations are such a question. Sections have no counts of their own: they are
told from the published cells of their questions, so that they reveal nothing more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from checks.definition import GREEN, NEED, RED, SINGLE, YELLOW, Answers, Definition, Item
from checks.statistics.suppression import Published, Row, Scope, Totals, publish, publish_totals

#: The column of who left a question open, was not asked it, or to whom it does not apply.
OTHER = ""
NEED_COLUMNS = (GREEN, YELLOW, RED, OTHER)
#: Fewer answers, or less time, is nobody's honest check.
LEAST_ANSWERS, LEAST_SECONDS = 10, 60


@dataclass(frozen=True)
class FilledIn:
    """A filled-in check as it is counted.

    Args:
        scope: the region, or ``None``.
        language: of its questions.
        questions: of its version, by identifier.
        answers: by identifier.
    """

    scope: Scope
    language: str
    questions: Mapping[str, Item]
    answers: Answers


class QuestionTable(TypedDict):
    """The published cells of a question, by column; as JSON."""

    question: str
    columns: list[str]
    cells: Row


class SectionTables(TypedDict):
    """The tables of a section; as JSON."""

    title: str
    questions: list[QuestionTable]


class ScopeTables(TypedDict):
    """What one scope may read of a check; as JSON."""

    total: int
    sections: list[SectionTables]


class CheckOfQuarter(ScopeTables):
    """The same with its check, as :attr:`checks.models.QuarterTables.tables` keeps it."""

    title: str
    audience: str


@dataclass(frozen=True)
class CheckTables:
    """The tables of one check, with small cells hidden."""

    totals: Totals
    by_question: Mapping[str, Published]

    def of(self, scope: Scope, definition: Definition) -> ScopeTables | None:
        """What one region's house may read, or for ``None`` the desk of the nation."""
        total = self.totals.by_scope.get(scope) if scope else self.totals.nation
        if total is None:
            return None
        sections: list[SectionTables] = []
        for section in definition.sections:
            found: list[QuestionTable] = []
            for item in section.items:
                published = self.by_question.get(item.clean_name, Published())
                cells = published.by_scope.get(scope) if scope else published.nation
                if cells:
                    columns = list(columns_of(item))
                    found.append({"question": item.label, "columns": columns, "cells": cells})
            if found:
                sections.append({"title": section.label, "questions": found})
        return {"total": total, "sections": sections}


def columns_of(item: Item) -> tuple[str, ...]:
    """The answers that are counted, the rest last; empty for questions that are not counted."""
    if item.field_type == NEED:
        return NEED_COLUMNS
    if item.field_type == SINGLE:
        return (*item.advice_by_choice, OTHER)
    return ()


def tabulate(definition: Definition, language: str, runs: Iterable[FilledIn]) -> CheckTables:
    """Count the checks of one kind, and hide what is small.

    Args:
        definition: the questions by which all are counted.
        language: of ``definition``.
        runs: also of other versions and languages.
    """
    items = {item.clean_name: item for item in definition.items() if columns_of(item)}
    totals: dict[Scope, int] = {None: 0}
    counts: dict[str, dict[Scope, list[int]]] = {
        name: {None: [0] * len(columns_of(item))} for name, item in items.items()
    }
    for run in runs:
        totals[run.scope] = totals.get(run.scope, 0) + 1
        for name, item in items.items():
            cells = counts[name].setdefault(run.scope, [0] * len(columns_of(item)))
            cells[_column(item, language, run)] += 1
    published = publish_totals(totals)
    return CheckTables(
        published,
        {name: publish(counts[name], published, _give_way(item)) for name, item in items.items()},
    )


def _column(item: Item, language: str, run: FilledIn) -> int:
    """The column of an answer; the last one if it cannot be compared."""
    columns = columns_of(item)
    last = len(columns) - 1
    asked, answer = run.questions.get(item.clean_name), run.answers.get(item.clean_name)
    if asked is None or (asked.meaning, asked.field_type) != (item.meaning, item.field_type):
        return last
    if item.field_type == SINGLE and run.language != language:
        # Translated choices are in the same order.
        own = columns_of(asked)
        return own.index(answer) if len(own) == len(columns) and answer in own else last
    return columns.index(answer) if answer in columns else last


def _give_way(item: Item) -> tuple[int, ...]:
    """What is hidden first: the rest; then what works well, as its neighbours tell more."""
    return (3, 0) if item.field_type == NEED else (len(columns_of(item)) - 1,)


@dataclass(frozen=True)
class Share:
    """How many answers of a section name a need for action: between two percentages."""

    least: int
    most: int


def need_share(questions: Iterable[QuestionTable], total: int) -> Share | None:
    """What the published cells tell of a section; ``None`` where they tell nothing.

    Args:
        questions: of a section, from :meth:`CheckTables.of`.
        total: how many took part.
    """
    named, hidden, answers = 0, 0, 0
    for question in questions:
        if tuple(question["columns"]) != NEED_COLUMNS:
            continue
        cells = dict(zip(NEED_COLUMNS, question["cells"], strict=True))
        answers += total
        named += sum(cells[key] or 0 for key in (YELLOW, RED))
        if None in (cells[YELLOW], cells[RED]):
            hidden += total - sum(cell or 0 for cell in cells.values())
    if not answers:
        return None
    return Share(100 * named // answers, -(-100 * (named + hidden) // answers))
