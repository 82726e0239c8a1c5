"""When a page was last checked, is due again, and expires (F27: quality assurance)."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.working_days import LAST_YEAR


class FreshnessMixin(models.Model):
    """Dates that keep what can go stale honest.

    Whatever depends on today is a comparison at reading time, never a job that
    rewrites rows: such a job can be late.
    """

    #: How long a check holds where nothing else was said.
    check_every: ClassVar[datetime.timedelta] = datetime.timedelta(days=365)
    #: So long after the day of the next check, visitors are told that it is overdue.
    check_grace: ClassVar[datetime.timedelta] = datetime.timedelta(days=30)

    checked_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When did somebody last read this page and find it correct?"),
    )
    check_again_on = models.DateField(
        _("check again on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("From this day the page counts as due for a check."),
    )
    expires_on = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "After this day the page no longer appears in lists and search. It stays readable."
        ),
    )

    freshness_panel = MultiFieldPanel(
        [FieldPanel("checked_on"), FieldPanel("check_again_on"), FieldPanel("expires_on")],
        heading=_("Freshness"),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a next check before the last one, and 9999 for “never”: days are added to it."""
        super().clean()
        if self.check_again_on and self.check_again_on.year > LAST_YEAR:
            raise ValidationError({"check_again_on": _("Please check the year.")})
        if self.checked_on and self.check_again_on and self.check_again_on < self.checked_on:
            raise ValidationError(
                {"check_again_on": _("The next check cannot be before the last one.")}
            )

    @property
    def check_is_due(self) -> bool:
        """Whether somebody should read the page again."""
        return bool(self.check_again_on and self.check_again_on <= timezone.localdate())

    @property
    def check_is_overdue(self) -> bool:
        """Whether visitors are told so: the grace period of the type has passed."""
        day = self.check_again_on
        return bool(day and day + self.check_grace < timezone.localdate())

    def dates_after_check(self) -> tuple[datetime.date, datetime.date]:
        """The dates if somebody checks the page today: it is due again after the same time."""
        today, every = timezone.localdate(), self.check_every
        if self.checked_on and self.check_again_on:
            every = self.check_again_on - self.checked_on or every
        return today, min(today + every, datetime.date(LAST_YEAR, 12, 31))

    def values_of_a_copy(self) -> dict[str, object]:
        """A page begun as a copy has not been checked, and does not expire with the other."""
        values: dict[str, object] = super().values_of_a_copy()  # type: ignore[misc]  # of BasePage
        return values | {"checked_on": None, "check_again_on": None, "expires_on": None}

    @property
    def is_expired(self) -> bool:
        """Whether the page's last day of validity has passed."""
        return bool(self.expires_on and self.expires_on < timezone.localdate())
