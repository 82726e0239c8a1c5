"""Dates in the comparison of two versions, as the forms and pages show them."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, localize
from wagtail.admin.compare import FieldComparison, register_comparison_class

from cms.models import MonthField


class DateComparison(FieldComparison):
    """A day, a moment or a month in words, not as 2026-03-01; nothing where none is set."""

    def __init__(
        self, field: models.Field[object, object], obj_a: models.Model, obj_b: models.Model
    ) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = self._shown(self.val_a), self._shown(self.val_b)

    def _shown(self, value: datetime.date | None) -> str:
        if value is None:
            return ""
        if isinstance(self.field, MonthField):
            return date_format(value, "YEAR_MONTH_FORMAT")
        if isinstance(value, datetime.datetime) and timezone.is_aware(value):
            return str(localize(timezone.localtime(value)))
        return str(localize(value))


def connect() -> None:
    """Show all dates this way; fields of moments are fields of days to Django, too."""
    register_comparison_class(models.DateField, comparison_class=DateComparison)
