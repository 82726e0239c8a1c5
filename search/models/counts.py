"""What was searched, counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SearchCount(models.Model):
    """How often something was searched on a day: words, or one filter.

    Who asked, when, from where and with what else is not known. :mod:`search.statistics.retention`
    says what is shown and when it is deleted.
    """

    class Kind(models.TextChoices):
        """Words and filters are counted apart."""

        WORDS = "words", pgettext_lazy("what was searched", "Words")
        FILTER = "filter", pgettext_lazy("what was searched", "Filter")

    changes_public_pages = False

    day = models.DateField(_("day"))
    locale = models.CharField(_("language"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=100, db_index=True)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    without_result = models.PositiveIntegerField(_("without result"), default=0)
    results = models.PositiveIntegerField(_("number of results"), default=0)

    class Meta:
        verbose_name = _("counted search")
        verbose_name_plural = _("counted searches")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=("day", "locale", "kind", "text"), name="search_unique_count"
            )
        ]

    def __str__(self) -> str:
        return self.text
