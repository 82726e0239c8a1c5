"""Anonymous figures of self-checks, as they were published when a quarter ended."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class QuarterTables(models.Model):
    """What a region's house, or without a region the national desk, may read of a quarter.

    Only published cells are stored, see :mod:`checks.statistics.suppression`: what is hidden stands
    nowhere. Made once and never changed: two results of the same quarter could be subtracted.
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    #: The first day of the quarter.
    quarter = models.DateField()
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    #: By check: its title, audience and what :meth:`checks.statistics.tables.CheckTables.of` gives.
    tables = models.JSONField()
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("figures of self-checks of a quarter")
        verbose_name_plural = _("figures of self-checks of quarters")
        default_permissions = ()
        ordering = ["-quarter", "region__name"]
        constraints = [
            models.UniqueConstraint(fields=("quarter", "region"), name="check_figures_of_region"),
            models.UniqueConstraint(
                fields=("quarter",),
                condition=models.Q(region__isnull=True),
                name="check_figures_of_nation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {quarter_name(self.quarter)}"


def quarter_of(day: datetime.date) -> datetime.date:
    """The first day of the quarter of ``day``."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def next_quarter(quarter: datetime.date) -> datetime.date:
    """The first day of the quarter after ``quarter``."""
    return quarter_of(quarter + datetime.timedelta(days=95))


def quarter_name(quarter: datetime.date) -> str:
    """As people read it: “3/2026”."""
    return f"{(quarter.month + 2) // 3}/{quarter.year}"
