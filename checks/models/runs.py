"""What people answer, and what they plan to do: read by whoever has the link, and nobody else."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checks import definition
from checks.models.pages import CheckVersion
from cms.models.signed_link import SignedLinkModel
from regions.models import Region


class CheckRun(SignedLinkModel):
    """One filling in of a check: read by whoever has its link, and by nobody else.

    No name, address, browser or referrer is kept. Deleted by :mod:`checks.retention`.
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    version = models.ForeignKey(CheckVersion, on_delete=models.PROTECT, related_name="runs")
    #: Answers by the question's identifier: text, or a list of texts.
    answers = models.JSONField(default=dict)
    #: The step that last changed each answer, so that an older window erases nothing newer.
    changed_in = models.JSONField(default=dict)
    step = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    #: Typed in by an adviser for somebody who filled it in on paper.
    is_from_paper = models.BooleanField(default=False)
    #: The step at which the present round was begun: older windows are of a round before.
    round_began_in = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("filled-in self-check")
        verbose_name_plural = _("filled-in self-checks")
        default_permissions = ()
        indexes = [models.Index(fields=("last_used_at",), name="check_run_last_used")]

    def __str__(self) -> str:
        """Says nothing of its link or its content: it may reach a log."""
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def definition(self) -> definition.Definition:
        """The questions of its version."""
        return self.version.definition

    @property
    def is_repeated(self) -> bool:
        """Whether there is a round before this one."""
        return self.round_began_in > 0

    @property
    def was_finished(self) -> bool:
        """Whether this round or one before was finished: then it is kept for longer."""
        return self.finished_at is not None or self.is_repeated


class EarlierRound(models.Model):
    """The answers of a run before it was begun anew: then, beside now."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="earlier_rounds")
    version = models.ForeignKey(CheckVersion, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier round of a self-check")
        verbose_name_plural = _("earlier rounds of self-checks")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        """Says nothing of its content: it may reach a log."""
        return f"{self._meta.verbose_name} {self.pk}"


class Urgency(models.TextChoices):
    """How soon a measure is to be begun."""

    HIGH = "hoch", _("urgent")
    MEDIUM = "mittel", _("soon")
    LOW = "niedrig", _("when there is time")


class MeasureStatus(models.TextChoices):
    """How far a measure is."""

    OPEN = "offen", _("planned")
    BEGUN = "begonnen", _("begun")
    DONE = "erledigt", _("done")


class Measure(models.Model):
    """A line of the action plan of a run."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="measures")
    #: The need whose advice was taken over, see :func:`checks.plan.measures.key_of`.
    need = models.CharField(max_length=600, blank=True)
    text = models.TextField(_("What do you want to do?"))
    urgency = models.CharField(
        _("How urgent is it?"), max_length=8, choices=Urgency.choices, default=Urgency.MEDIUM
    )
    who = models.CharField(_("Who takes care of it?"), max_length=120, blank=True)
    due = models.DateField(_("Until when?"), null=True, blank=True)
    checked_by = models.CharField(
        _("How will you see that it is done?"), max_length=300, blank=True
    )
    status = models.CharField(
        _("How far is it?"),
        max_length=8,
        choices=MeasureStatus.choices,
        default=MeasureStatus.OPEN,
    )
    changed_at = models.DateTimeField(auto_now=True)
    #: The day that was reminded of: another one is reminded of again.
    reminded_of = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        """Says nothing of its content: it may reach a log."""
        return f"{self._meta.verbose_name} {self.pk}"


class PlanReminder(SignedLinkModel):
    """Who is reminded by mail of the days of an action plan, once they have confirmed it.

    A run has one that is confirmed at most, and one that may take its place once it is.
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="reminders")
    email = models.EmailField()
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reminder of an action plan")
        verbose_name_plural = _("reminders of action plans")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("run",),
                condition=models.Q(confirmed_at__isnull=is_asked),
                name=f"check_reminder_{name}_once",
            )
            for name, is_asked in (("asked", True), ("confirmed", False))
        ]

    def __str__(self) -> str:
        """Says nothing of its address: it may reach a log."""
        return f"{self._meta.verbose_name} {self.pk}"
