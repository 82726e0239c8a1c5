"""Blocks of programmes: rounds of applications, and steps of an application."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from funding.deadlines import Problem, Round, problems

MESSAGES = {
    Problem.ENDS_BEFORE_START: ("opens_on", _("The first day cannot be after the last one.")),
    Problem.MIDNIGHT: (
        "closes_at",
        _("0:00 is the beginning of the day. If you mean its end, leave the hour empty."),
    ),
}
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
        for problem in problems("", [as_round(cleaned)]):
            if problem in MESSAGES:
                field, message = MESSAGES[problem]
                raise blocks.StructBlockValidationError({field: ValidationError(message)})
        return cleaned


def as_round(value: blocks.StructValue) -> Round:
    """The round that a block says."""
    return Round(value["closes_on"], value.get("closes_at"), value.get("opens_on"))
