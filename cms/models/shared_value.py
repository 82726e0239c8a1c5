"""The table behind the cache that all processes share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharedValue(models.Model):
    """Written by Django's database cache (``CACHES["shared"]``), which names these columns.

    A model only so that ``migrate`` makes the table; nothing reads or writes rows through it.
    """

    changes_public_pages = False

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("shared value")
        verbose_name_plural = _("shared values")
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key
