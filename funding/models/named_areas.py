"""Names under which programmes state several federal states or districts, kept by the desk."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from funding.area_text import parse
from funding.areas import NAMED_SETS
from funding.models.area_field import AreaField
from funding.places import directory, german_districts


class NamedArea(models.Model):
    """A name that editors can write as an area: „ostdeutsche Länder“."""

    changes_public_pages = True

    name = models.CharField(_("name"), max_length=80, unique=True)
    area = AreaField(
        _("what belongs to it"),
        help_text=_("One line for each federal state or district. Nothing can be left out here."),
    )

    panels = [FieldPanel("name"), FieldPanel("area")]

    class Meta:
        verbose_name = _("named area")
        verbose_name_plural = _("named areas")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a name that means something already, and exceptions.

        Raises:
            ValidationError: by field.
        """
        super().clean()
        meant = parse(self.name, german_districts())
        if not meant.problems and self.name not in NAMED_SETS:
            raise ValidationError({"name": _("This name already means a place.")})
        if parse(self.area, directory()).area.excluded:
            raise ValidationError({"area": _("Nothing can be left out here.")})
