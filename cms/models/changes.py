"""That something a visitor may see has changed."""

from django.db import models
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext_lazy as _

#: Tells two versions of the public site apart.
ContentVersion = tuple[int, int, int]


class PublicChange(models.Model):
    """One row for every transaction that changed what a page may show.

    Written in that transaction by :mod:`cms.delivery.change_tracking`. A row of its own
    rather than a counter: nobody waits for anybody else's commit, and none is missed when a later
    one commits first.
    """

    changes_public_pages = False

    at = models.DateTimeField(_("changed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def version(cls) -> ContentVersion:
        """The version the database is at; another one after every commit that changed anything.

        The sum as well: the highest number stays when a transaction commits after a later one.
        """
        found = cls.objects.aggregate(rows=Count("pk"), last=Max("pk"), total=Sum("pk"))
        return found["rows"], found["last"] or 0, found["total"] or 0
