"""Blocks of programmes: rounds of applications, and steps of an application."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from funding.checks import ROUND_PROBLEMS
from funding.deadlines import Problem, Round, problems

_FIELDS = {Problem.ENDS_BEFORE_START: "opens_on", Problem.MIDNIGHT: "closes_at"}
"""Problems of a single round, with the field they belong to."""


class RoundBlock(blocks.StructBlock):
    """A round of applications."""

    opens_on = blocks.DateBlock(label=_("First day"), required=False)
    closes_on = blocks.DateBlock(label=_("Last day"))
    closes_at = blocks.TimeBlock(
        label=_("Hour"),
        required=False,
        help_text=_("Only if the funder states one. Without it, the whole last day counts."),
    )

    class Meta:
        icon = "date"
        label = _("Round of applications")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a round that ends before it begins, and midnight for the end of the day."""
        cleaned = super().clean(value)
        found = [problem for problem in problems("", [as_round(cleaned)]) if problem in _FIELDS]
        if found:
            raise blocks.StructBlockValidationError(
                {_FIELDS[problem]: ValidationError(ROUND_PROBLEMS[problem]) for problem in found}
            )
        return cleaned


def as_round(value: blocks.StructValue) -> Round:
    """The round that a block says."""
    return Round(value["closes_on"], value.get("closes_at"), value.get("opens_on"))


def as_block(entry: Round) -> dict[str, object]:
    """The values of the block that says a round."""
    return {"opens_on": entry.opens_on, "closes_on": entry.closes_on, "closes_at": entry.closes_at}
