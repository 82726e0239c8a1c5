"""Every offer names a human contact (F2)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


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
    """

    name: str
    role: str
    email: str
    phone: str
    organisation: str
    url: str | None = None

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
    contact_email = models.EmailField(_("e-mail for enquiries"))
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)

    contact_panel = MultiFieldPanel(
        [
            FieldPanel("contact_name"),
            FieldPanel("contact_role"),
            FieldPanel("contact_email"),
            FieldPanel("contact_phone"),
        ],
        heading=_("Contact person"),
        help_text=_("Shown on every page of the house: visitors should find a human being."),
    )

    class Meta:
        abstract = True

    def as_contact(self, organisation: str, url: str | None = None) -> Contact:
        """The contact as shown on pages."""
        return Contact(
            name=self.contact_name,
            role=self.contact_role,
            email=self.contact_email,
            phone=self.contact_phone,
            organisation=organisation,
            url=url,
        )
