"""Fields for the contact person of a house or of the national desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.contact import Contact
from cms.languages import localized


class ContactFields(models.Model):
    """The contact person of a house or of the national desk."""

    contact_name = models.CharField(_("contact person"), max_length=120)
    contact_role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("For example “Head of the house”.")
    )
    contact_role_en = models.CharField(
        _("role in English"),
        max_length=120,
        blank=True,
        help_text=_("Shown on English pages. While it is empty, the German one stands there."),
    )
    contact_email = models.EmailField(_("e-mail for enquiries"))
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)

    contact_panel = MultiFieldPanel(
        [
            FieldPanel("contact_name"),
            FieldPanel("contact_role"),
            FieldPanel("contact_role_en"),
            FieldPanel("contact_email"),
            FieldPanel(
                "contact_phone",
                help_text=_("With area code, as one dials it, for example “02551 69-1234”."),
            ),
        ],
        heading=_("Contact person"),
        help_text=_("Shown on every page of the house: visitors should find a human being."),
    )

    class Meta:
        abstract = True

    @property
    def written_in(self) -> str:
        """The language of name and role."""
        return settings.LANGUAGE_CODE

    def as_contact(
        self, organisation: str, url: str | None = None, organisation_en: str = ""
    ) -> Contact:
        """The contact as shown on pages in the active language.

        Args:
            organisation: name of the house or the national desk, as it was written.
            url: page of the house, if there is one.
            organisation_en: its name in English where it has no English page.
        """
        named = localized(organisation, self.written_in, organisation_en)
        role = localized(self.contact_role, self.written_in, self.contact_role_en)
        return Contact(
            name=self.contact_name,
            role=role.text,
            email=self.contact_email,
            phone=self.contact_phone,
            organisation=named.text,
            url=url,
            role_language=role.language,
            organisation_language=named.language,
        )
