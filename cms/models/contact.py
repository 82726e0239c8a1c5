"""The contact of a house or of the national desk (F2: every offer names a human contact)."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.languages import said


@dataclass(frozen=True)
class Contact:
    """A person a visitor can turn to.

    Args:
        name: the person's name.
        role: what they do, may be empty.
        email: address for enquiries.
        phone: telephone number as printed, may be empty.
        organisation: name of the house or the national desk.
        url: page of the house, if there is one.
        role_language: language of the role where it is not the page's.
        organisation_language: the same of the organisation.
    """

    name: str
    role: str
    email: str
    phone: str
    organisation: str
    url: str | None = None
    role_language: str = ""
    organisation_language: str = ""

    @property
    def is_organisation(self) -> bool:
        """Whether no person is named yet: a new house stands under its own name."""
        return self.name.strip().casefold() == self.organisation.strip().casefold()

    @property
    def role_says_organisation(self) -> bool:
        """Whether the role names house or desk already."""
        name = self.organisation.strip().casefold()
        return bool(name) and name in self.role.casefold()

    @property
    def phone_link(self) -> str:
        """The number in the form a ``tel:`` link needs (RFC 3966)."""
        international = self.phone.strip().startswith("+")
        # In "+49 (0)30" the zero is dialled only within the country.
        phone = self.phone.replace("(0)", "") if international else self.phone
        digits = "".join(char for char in phone if char in "0123456789")
        if international:
            return f"+{digits}"
        if digits.startswith("00"):
            return f"+{digits[2:]}"
        return f"+49{digits[1:]}" if digits.startswith("0") else digits


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
        named = said(organisation, self.written_in, organisation_en)
        role = said(self.contact_role, self.written_in, self.contact_role_en)
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
