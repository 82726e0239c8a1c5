"""When a page was last checked, is due again, and expires (F27: quality assurance)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class FreshnessMixin(models.Model):
    """Dates that keep what can go stale honest.

    Whatever depends on today is a comparison at reading time, never a job that
    rewrites rows: such a job can be late.
    """

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
        help_text=_("From this day the page counts as due for a check."),
    )
    expires_on = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
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
        """Refuse a next check before the last one."""
        super().clean()
        if self.checked_on and self.check_again_on and self.check_again_on < self.checked_on:
            raise ValidationError(
                {"check_again_on": _("The next check cannot be before the last one.")}
            )

    @property
    def check_is_due(self) -> bool:
        """Whether somebody should read the page again."""
        return bool(self.check_again_on and self.check_again_on <= timezone.localdate())

    @property
    def is_expired(self) -> bool:
        """Whether the page's last day of validity has passed."""
        return bool(self.expires_on and self.expires_on < timezone.localdate())
