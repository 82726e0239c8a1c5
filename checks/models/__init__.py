"""Models of the self-checks."""

from checks.models.pages import (
    CheckItem,
    CheckVersion,
    SelfCheckIndexPage,
    SelfCheckPage,
    freeze,
    kept_for,
    next_version,
)
from checks.models.runs import CheckRun, EarlierRound, Measure, MeasureStatus, Urgency

__all__ = [
    "CheckItem",
    "CheckRun",
    "CheckVersion",
    "EarlierRound",
    "Measure",
    "MeasureStatus",
    "SelfCheckIndexPage",
    "SelfCheckPage",
    "Urgency",
    "freeze",
    "kept_for",
    "next_version",
]
