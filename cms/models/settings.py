"""Texts and the contact of the national desk, edited by national administrators."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.contact import Contact
from cms.languages import LocalizedText, localized
from cms.models.contact import ContactFields


class Licence(NamedTuple):
    """A licence under which the texts of the site may be offered.

    Args:
        name: as people write it.
        url: where its text stands.
    """

    name: str
    url: str


#: By SPDX identifier (https://spdx.org/licenses/).
LICENCES = {
    "CC0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
}


#: A website as the policy of a frame names it: no path, no placeholder.
_ORIGIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?")


def validate_origins(text: str) -> None:
    """Refuse what browsers would not take as the address of a website.

    Raises:
        ValidationError: names the first line that is none.
    """
    for line in text.split():
        if not _ORIGIN.fullmatch(line):
            raise ValidationError(
                _("“%(line)s” is no address of a website: https://, its name, nothing behind it."),
                params={"line": line},
            )


@register_setting(icon="home")
class SiteSettings(ContactFields, BaseGenericSetting):
    """Settings of the whole site (F2: a human contact, F85: credit of the funder)."""

    changes_public_pages = True

    desk_name = models.CharField(
        _("name of the national desk"), max_length=120, default="Bundesweite Anlaufstelle"
    )
    desk_name_en = models.CharField(
        _("name of the national desk in English"),
        max_length=120,
        blank=True,
        help_text=_("Shown on English pages. While it is empty, the German one stands there."),
    )
    notification_email = models.EmailField(
        _("e-mail for notifications"),
        blank=True,
        help_text=_("Where the national desk reads what concerns no single person."),
    )
    funder_credit = models.TextField(
        _("funder credit"),
        blank=True,
        help_text=_("Shown in the footer of every page."),
    )
    funder_credit_en = models.TextField(_("funder credit in English"), blank=True)
    text_licence = models.CharField(
        _("licence of the texts"),
        max_length=20,
        blank=True,
        choices=[(key, licence.name) for key, licence in LICENCES.items()],
        help_text=_(
            "Named with each entry of the data interface. Without one, all rights are reserved."
        ),
    )
    frame_sites = models.TextField(
        _("websites that may show self-checks in a frame"),
        blank=True,
        validators=[validate_origins],
        help_text=_("One address a line, as “https://www.example.org”. A plain link needs none."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("desk_name"),
                FieldPanel("desk_name_en"),
                FieldPanel("notification_email"),
            ],
            heading=_("National desk"),
        ),
        ContactFields.contact_panel,
        MultiFieldPanel(
            [FieldPanel("funder_credit"), FieldPanel("funder_credit_en")], heading=_("Footer")
        ),
        FieldPanel("text_licence"),
        FieldPanel("frame_sites"),
    ]

    class Meta:
        verbose_name = _("site settings")

    @property
    def contact(self) -> Contact:
        """The national desk as shown on pages in the active language."""
        return self.as_contact(self.desk_name, organisation_en=self.desk_name_en)

    @property
    def credit(self) -> LocalizedText:
        """Who pays for the site, in the active language."""
        return localized(self.funder_credit, english=self.funder_credit_en)

    @property
    def licence(self) -> Licence | None:
        """Under which the texts may be used; none where all rights are reserved."""
        return LICENCES.get(self.text_licence)
