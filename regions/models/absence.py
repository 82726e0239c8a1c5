"""When somebody is away, and who stands in for them."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.models import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by the days on which they are."""

    def current(self) -> "AbsenceQuerySet":
        """Those that are going on today."""
        today = timezone.localdate()
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def overlapping(self, first: datetime.date, last: datetime.date) -> "AbsenceQuerySet":
        """Those on any day from ``first`` to ``last``."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def with_deputies(self) -> "AbsenceQuerySet":
        """With everything that :attr:`Absence.phrase` reads."""
        return self.select_related("user", "deputy__absence")


class Absence(models.Model):
    """Somebody is away: what waits for them goes to others meanwhile.

    One a person, the present or the next; deleted when it is over (``regions.people.absences``).
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absence"
    )
    starts_on = models.DateField(gettext_lazy("first day away"))
    ends_on = models.DateField(gettext_lazy("last day away"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputises_in",
        verbose_name=gettext_lazy("deputy"),
    )
    #: Whether what had been taken on has passed to others.
    begun = models.BooleanField(default=False, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("absence")
        verbose_name_plural = gettext_lazy("absences")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="absence_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts_on} – {self.ends_on}"

    @property
    def is_current(self) -> bool:
        """Whether the person is away today."""
        return self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def present_deputy(self) -> User | None:
        """Who stands in today: nobody where the deputy is away too, or has left."""
        deputy = self.deputy
        if deputy is None or not deputy.is_active:
            return None
        own: Absence | None = getattr(deputy, "absence", None)
        return None if own is not None and own.is_current else deputy

    @property
    def phrase(self) -> str:
        """*absent until 3 December, deputy: …*; the year only where it is another one."""
        same = self.ends_on.year == timezone.localdate().year
        day = date_format(self.ends_on, "MONTH_DAY_FORMAT" if same else "DATE_FORMAT")
        deputy = self.present_deputy
        if deputy is None:
            return _("absent until %(day)s") % {"day": day}
        details = {"day": day, "name": deputy.get_full_name()}
        return _("absent until %(day)s, deputy: %(name)s") % details

    @property
    def named_phrase(self) -> str:
        """The same, with whose absence it is."""
        return f"{self.user.get_full_name()}: {self.phrase}"
