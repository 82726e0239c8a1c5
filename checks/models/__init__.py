"""Models of the self-checks."""

from checks.models.form_pages import FormEntry, FormPage, FormPageField
from checks.models.pages import (
    CheckItem,
    CheckVersion,
    SelfCheckIndexPage,
    SelfCheckPage,
    freeze,
    kept_for,
    next_version,
)
from checks.models.runs import (
    CheckRun,
    EarlierRound,
    Measure,
    MeasureStatus,
    PlanReminder,
    Urgency,
)
from checks.models.statistics import QuarterTables
from checks.models.weeks import CheckWeekCount, CheckWeekPage

__all__ = [
    "CheckItem",
    "CheckRun",
    "CheckVersion",
    "CheckWeekCount",
    "CheckWeekPage",
    "EarlierRound",
    "FormEntry",
    "FormPage",
    "FormPageField",
    "Measure",
    "MeasureStatus",
    "PlanReminder",
    "QuarterTables",
    "SelfCheckIndexPage",
    "SelfCheckPage",
    "Urgency",
    "freeze",
    "kept_for",
    "next_version",
]
