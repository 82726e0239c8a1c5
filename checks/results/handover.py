"""What a house is told: exactly what one chose, as a text that is read before it is sent."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checks.definition import NEED, Answer, Answers, Definition
from checks.results.scoring import Outcome
from regions.models.enquiry import MESSAGE_LENGTH

#: What can be passed on besides the needs of a section.
OVERVIEW, STRENGTHS, OTHER = "uebersicht", "staerken", "angaben"
NEEDS = "bedarf-"


@dataclass(frozen=True)
class Part:
    """Something that can be passed on.

    Args:
        key: of its box.
        label: what it is.
        lines: what the house would read.
        is_default: whether it is ticked beforehand: only where there is need for action.
    """

    key: str
    label: str
    lines: tuple[str, ...]
    is_default: bool = False


def parts(definition: Definition, answers: Answers) -> list[Part]:
    """All that can be passed on of a run; what is empty is left out."""
    outcome = Outcome(definition, answers)
    found = [
        Part(
            f"{NEEDS}{number}",
            _("What we want to do: %(section)s") % {"section": section.label},
            tuple(
                _("%(urgency)s: %(question)s")
                % {
                    "urgency": _("Urgent") if need.is_urgent else _("Need for action"),
                    "question": need.item.label,
                }
                for need in outcome.needs
                if need.section == section and need.is_rated
            ),
            is_default=True,
        )
        for number, section in enumerate(definition.sections, start=1)
    ]
    strengths = tuple(item.label for _section, items in outcome.strengths for item in items)
    found.append(Part(STRENGTHS, _("What works well with us"), strengths))
    other = tuple(
        f"{item.label} {_as_text(answers[item.clean_name])}"
        for item in definition.items()
        if item.field_type != NEED and item.clean_name in answers
    )
    found.append(Part(OTHER, _("Our other answers"), other))
    return [part for part in found if part.lines]


def _as_text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ", ".join(answer)


def told_though_unticked(
    message: str, offered: Collection[Part], chosen: Collection[str]
) -> list[str]:
    """What a message still says of parts that are not chosen, each by its first line."""
    said = {line.strip().removeprefix("- ") for line in message.splitlines()}
    may_be_told = {line for part in offered if part.key in chosen for line in part.lines}
    return [
        first
        for part in offered
        if part.key not in chosen
        for line in part.lines
        if (first := line.splitlines()[0].strip()) in said and line not in may_be_told
    ]


def compose(title: str, offered: Collection[Part], chosen: Collection[str]) -> str:
    """The text of the enquiry, cut at a line if it is too long for one."""
    lines = [_("We have filled in the self-check “%(title)s”.") % {"title": title}]
    for part in offered:
        if part.key in chosen:
            lines += ["", f"{part.label}:", *_entries(part)]
    return _cut(lines)


def recompose(message: str, title: str, offered: Collection[Part], chosen: Collection[str]) -> str:
    """The text after another choice; whatever somebody wrote or deleted in it stays so.

    Args:
        message: as it stands in the form.
        title: of the check.
        offered: all parts.
        chosen: keys of those that the text shall tell now.
    """
    text = "\n".join(message.splitlines()).strip()
    told = [part.key for part in offered if f"{part.label}:" in text.splitlines()]
    if not text or text == compose(title, offered, told):
        return compose(title, offered, chosen)
    stays = {entry for part in offered if part.key in chosen for entry in _entries(part)}
    for part in offered:
        entries = _entries(part)
        if part.key not in chosen:
            for entry in (f"{part.label}:", *entries):
                if entry not in stays:
                    text = f"\n{text}\n".replace(f"\n{entry}\n", "\n").strip("\n")
        elif not any(entry in text for entry in entries):
            text = "\n".join([text, "", f"{part.label}:", *entries])
    return re.sub("\n{3,}", "\n\n", text)


def _entries(part: Part) -> list[str]:
    """How the text says the lines of a part."""
    return [f"- {line}" for line in part.lines]


def _cut(lines: list[str]) -> str:
    text = "\n".join(lines)
    if len(text) <= MESSAGE_LENGTH:
        return text
    note = _("(More than fits into one message. We can talk about the rest.)")
    while lines and len("\n".join([*lines, note])) > MESSAGE_LENGTH:
        lines = lines[:-1]
    return "\n".join([*lines, note])
