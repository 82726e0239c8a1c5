"""Which houses an entry of Wagtail's log belongs to: what the view *Protokoll* reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry

from regions.models import Region


class TrailEntry(models.Model):
    """One entry of one of Wagtail's two logs, as seen from one house (or from the nation).

    Written with the entry and deleted with it. Keeps the house where page, account
    and house are long gone; texts and names are read from the entry itself.
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    page_entry = models.ForeignKey(
        PageLogEntry, on_delete=models.CASCADE, null=True, related_name="trail"
    )
    model_entry = models.ForeignKey(
        ModelLogEntry, on_delete=models.CASCADE, null=True, related_name="trail"
    )
    timestamp = models.DateTimeField(_("when"))
    # Like Wagtail's own entries: the number stays when the house is deleted.
    region = models.ForeignKey(
        Region,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("house"),
    )
    region_name = models.CharField(max_length=100, blank=True)
    #: An entry that concerns two houses has two rows; whoever sees all reads the first.
    first = models.BooleanField(default=True)
    #: About accounts and rights: of the nation's, for administrators only.
    about_people = models.BooleanField(default=False)
    #: Whether the house may read who acted: its own people and the nation's.
    names_actor = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ("-timestamp", "-pk")
        default_permissions = ()
        indexes = [
            models.Index(fields=("region", "-timestamp"), name="trail_of_region"),
            models.Index(
                fields=("-timestamp",), condition=models.Q(first=True), name="trail_of_all"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page_entry__isnull=False, model_entry__isnull=True)
                | models.Q(page_entry__isnull=True, model_entry__isnull=False),
                name="trail_has_one_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.timestamp}: {self.entry.action}"

    @property
    def entry(self) -> PageLogEntry | ModelLogEntry:
        """The entry in Wagtail's log."""
        found = self.page_entry or self.model_entry
        if found is None:
            raise ValueError("A trail entry stands for an entry in Wagtail's log.")
        return found
