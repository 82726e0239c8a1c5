"""The region: a tenant of the site (F29: nation and regions, F31: a house for each region)."""

from typing import Unpack

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from cms.models import Kreis
from cms.models.save_options import SaveOptions


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions by state and by the postal codes they serve."""

    def active(self) -> "RegionQuerySet":
        """Regions that have not been archived."""
        return self.filter(archived_on__isnull=True)

    def with_public_house(self) -> "RegionQuerySet":
        """Active regions whose house can be read about."""
        german = models.Q(house_pages__live=True, house_pages__locale__language_code="de")
        return self.active().filter(german)

    def for_plz(self, plz: str) -> "RegionQuerySet":
        """Active regions serving a postal code; several where it lies in several districts."""
        return (
            self.active()
            .filter(region_kreise__active=True, region_kreise__kreis__places__plz=plz)
            .distinct()
        )


def publisher_of(region: "Region | None") -> str:
    """Whose lists and feeds are those of ``region``, ``None`` for the whole site.

    The house as provisioning names it: a page may be renamed, and has a title in each language.
    """
    if region is None:
        return gettext("Houses of Cooperation")
    return gettext("House of Cooperation %(region)s") % {"region": region.name}


class Region(models.Model):
    """What a house of cooperation serves; edited by national administrators only.

    Groups and collection are made by :func:`regions.provisioning.create`.
    """

    changes_public_pages = True

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    land = models.CharField(_("federal state"), max_length=50)
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))
    notification_email = models.EmailField(
        _("e-mail for notifications"),
        help_text=_("Where the house reads what concerns no single person."),
    )
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    #: ``deactivated_at`` of the accounts that archiving deactivated, to activate those again.
    accounts_closed_at = models.DateTimeField(null=True, editable=False)
    kreise = models.ManyToManyField(
        Kreis, through="regions.RegionKreis", related_name="regions", verbose_name=_("districts")
    )
    editors_group = models.OneToOneField(
        Group, on_delete=models.PROTECT, null=True, editable=False, related_name="editors_of"
    )
    leads_group = models.OneToOneField(
        Group, on_delete=models.PROTECT, null=True, editable=False, related_name="leads_of"
    )
    collection = models.OneToOneField(
        Collection, on_delete=models.PROTECT, null=True, editable=False, related_name="region"
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("name",)
        permissions = [("act_nationally", "Can approve for the national desk")]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save, and free or claim the districts with the region's state."""
        super().save(**options)
        self.region_kreise.exclude(active=not self.is_archived).update(active=not self.is_archived)

    def group_of(self, role: str) -> Group:
        """The group of those who have a role (:class:`regions.models.Role`) in the house.

        Raises:
            ValueError: the house has not been provisioned.
        """
        group = {"editor": self.editors_group, "lead": self.leads_group}[role]
        if group is None:
            raise ValueError(f"{self.name} has not been provisioned.")
        return group

    @property
    def is_archived(self) -> bool:
        """Whether the house has closed; its pages stay readable."""
        return self.archived_on is not None


class RegionKreis(models.Model):
    """A district served by a region. At most one active region serves it."""

    changes_public_pages = True

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="region_kreise")
    kreis = models.ForeignKey(
        Kreis, on_delete=models.PROTECT, related_name="region_kreise", verbose_name=_("district")
    )
    active = models.BooleanField(_("active"), default=True, editable=False)

    class Meta:
        verbose_name = _("district of a region")
        verbose_name_plural = _("districts of a region")
        constraints = [
            models.UniqueConstraint(fields=("region", "kreis"), name="unique_region_kreis"),
            models.UniqueConstraint(
                fields=("kreis",),
                condition=models.Q(active=True),
                name="kreis_has_one_active_region",
                violation_error_message=_("Another active region already serves this district."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.kreis)
