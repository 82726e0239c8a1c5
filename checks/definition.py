"""A self-check as data: what is frozen when it is published, and what answers refer to.

Pure: knows neither database nor request, so that a version of years ago reads as it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Protocol

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SECTION, NEED, SINGLE, MULTIPLE = "section", "need", "radio", "checkboxes"
NUMBER, SHORT_TEXT, LONG_TEXT = "number", "singleline", "multiline"

#: Kinds of rows; the names are those of Wagtail's form builder where it has the kind.
KINDS = (
    (SECTION, _("Section (a new page begins)")),
    (NEED, _("Need for action: green, yellow, red")),
    (SINGLE, _("One of several answers")),
    (MULTIPLE, _("Several answers")),
    (NUMBER, pgettext_lazy("kind of question", "Number")),
    (SHORT_TEXT, _("Short text")),
    (LONG_TEXT, _("Long text")),
)

GREEN, YELLOW, RED, NOT_APPLICABLE = "gruen", "gelb", "rot", "entfaellt"
#: The answers to a need for action: key, words, symbol. Never told by colour alone.
NEED_ANSWERS = (
    (GREEN, _("That works well"), "✓"),
    (YELLOW, _("Need for action"), "!"),
    (RED, _("Urgent need for action"), "‼"),
    (NOT_APPLICABLE, _("Does not apply to us"), "–"),
)
#: How long somebody takes to read and answer, in seconds.
SECONDS = {NEED: 20, SINGLE: 15, MULTIPLE: 20, NUMBER: 15, SHORT_TEXT: 30, LONG_TEXT: 60}
MOST_SHORT, MOST_LONG = 200, 2000

#: What somebody answered: text, or the chosen ones of several answers.
Answer = str | list[str]
#: By the identifier of the question.
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Item:
    """One question.

    Args:
        clean_name: its identifier; survives translation, reordering and rewording.
        field_type: one of :data:`KINDS`, but no section.
        label: the question.
        help_text: what it means.
        choices: a choice a line, its advice after a bar.
        advice: the next step where there is need for action.
        advice_urgent: the next step where it is urgent; else ``advice``.
        source: chapter of the guide.
        tags: words by which fitting pages are found, separated by commas.
        meaning: raised by editors when a changed question means something else, so that answers
            are no longer compared.
    """

    clean_name: str
    field_type: str
    label: str
    help_text: str = ""
    choices: str = ""
    advice: str = ""
    advice_urgent: str = ""
    source: str = ""
    tags: str = ""
    meaning: int = 1

    @cached_property
    def advice_by_choice(self) -> dict[str, str]:
        """The choices in their order, with the advice of each."""
        return parse_choices(self.choices)

    @property
    def seconds(self) -> int:
        """How long an answer takes."""
        return SECONDS[self.field_type]


@dataclass(frozen=True)
class Section:
    """Questions of one page. ``clean_name`` identifies it, ``help_text`` introduces it."""

    clean_name: str
    label: str
    help_text: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Definition:
    """All questions of a check, as one version has them."""

    sections: tuple[Section, ...]

    def items(self) -> Iterator[Item]:
        """The questions of all sections, in order."""
        for section in self.sections:
            yield from section.items

    @property
    def minutes(self) -> int:
        """How long the whole check takes, rounded up."""
        return minutes_for(self.items())

    def as_json(self) -> dict[str, object]:
        """For the database; :meth:`from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Definition":
        """What :meth:`as_json` wrote; fields of a later release that are missing are empty."""
        return cls(
            tuple(
                Section(
                    section["clean_name"],
                    section["label"],
                    section.get("help_text", ""),
                    tuple(Item(**item) for item in section["items"]),
                )
                for section in data["sections"]
            )
        )


def minutes_for(items: Iterator[Item] | list[Item]) -> int:
    """Minutes that answering takes, rounded up."""
    return -(-sum(item.seconds for item in items) // 60)


def parse_choices(text: str) -> dict[str, str]:
    """Choices by line, each with what stands after its bar."""
    lines = (line.partition("|") for line in text.splitlines() if line.strip())
    return {choice.strip(): advice.strip() for choice, _bar, advice in lines}


class EditorRow(Protocol):
    """A row of the editor, with what sections and questions have in common."""

    @property
    def clean_name(self) -> str: ...
    @property
    def field_type(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def help_text(self) -> str: ...


def from_rows(rows: Iterable[EditorRow]) -> Definition:
    """Read the flat rows of the editor: a row of the kind section begins a page.

    Args:
        rows: with the attributes of :class:`Item`, in order; the first is a section.
    """
    sections: list[tuple[EditorRow, list[Item]]] = []
    for row in rows:
        if row.field_type == SECTION:
            sections.append((row, []))
        elif sections:
            values = {field.name: getattr(row, field.name) for field in fields(Item)}
            sections[-1][1].append(Item(**values))
    return Definition(
        tuple(
            Section(row.clean_name, row.label, row.help_text, tuple(items))
            for row, items in sections
        )
    )
