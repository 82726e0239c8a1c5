"""German districts (Kreise) and postal codes, from GeoNames (CC BY 4.0)."""

from collections import defaultdict

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kreis(models.Model):
    """A district or district-free city, identified by the five digits of its official key."""

    changes_public_pages = True

    code = models.CharField(_("official key"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    land = models.CharField(_("federal state"), max_length=50)
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.land})"

    @classmethod
    def labels(cls) -> dict[str, str]:
        """What each district is called, by its official key.

        A city and the district around it may share a name: of the keys of a region, those of its
        cities come before the others.
        """
        alike: dict[str, list[str]] = defaultdict(list)
        for kreis in cls.objects.all():
            alike[str(kreis)].append(kreis.code)
        labels = {}
        for name, codes in alike.items():
            city, *around = sorted(codes)
            labels[city] = gettext("%(name)s, city") % {"name": name} if around else name
            for code in around:
                labels[code] = gettext("%(name)s, district around the city") % {"name": name}
        return labels


class Place(models.Model):
    """A place with one of its postal codes. A postal code can lie in several districts."""

    changes_public_pages = True

    plz = models.CharField(_("postal code"), max_length=5, db_index=True)
    name = models.CharField(_("place"), max_length=120)
    kreis = models.ForeignKey(
        Kreis, on_delete=models.CASCADE, related_name="places", verbose_name=_("district")
    )
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("plz", "name")
        constraints = [
            models.UniqueConstraint(fields=("plz", "name", "kreis"), name="unique_place")
        ]

    def __str__(self) -> str:
        return f"{self.plz} {self.name}"
