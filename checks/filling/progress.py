"""How far a run is: by section, and how many minutes are left."""

from dataclasses import dataclass

from checks.definition import Answers, Definition, Section, minutes_for


@dataclass(frozen=True)
class SectionProgress:
    """A section with what is answered of it.

    Args:
        section: the section.
        answered: how many of its questions are.
    """

    section: Section
    answered: int

    @property
    def total(self) -> int:
        """How many questions it has."""
        return len(self.section.items)

    @property
    def is_complete(self) -> bool:
        """Whether all are answered."""
        return self.answered == self.total


@dataclass(frozen=True)
class Progress:
    """The sections of a run, and the whole."""

    sections: tuple[SectionProgress, ...]
    minutes_left: int

    @property
    def answered(self) -> int:
        """Answered questions of all sections."""
        return sum(section.answered for section in self.sections)

    @property
    def total(self) -> int:
        """Questions of all sections."""
        return sum(section.total for section in self.sections)


def progress_of(definition: Definition, answers: Answers) -> Progress:
    """How far a run is.

    Args:
        definition: the questions.
        answers: by identifier.
    """
    sections = tuple(
        SectionProgress(section, sum(item.clean_name in answers for item in section.items))
        for section in definition.sections
    )
    open_items = [item for item in definition.items() if item.clean_name not in answers]
    return Progress(sections, minutes_for(open_items))
