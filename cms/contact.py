"""The contact that a page shows (F2: every offer names a human contact)."""

from dataclasses import dataclass


def phone_link(printed: str) -> str:
    """A telephone number in the form a ``tel:`` link needs (RFC 3966).

    Args:
        printed: as people write it.
    """
    international = printed.strip().startswith("+")
    # In "+49 (0)30" the zero is dialled only within the country.
    phone = printed.replace("(0)", "") if international else printed
    digits = "".join(char for char in phone if char in "0123456789")
    if international:
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+49{digits[1:]}" if digits.startswith("0") else digits


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
        """The number in the form a ``tel:`` link needs."""
        return phone_link(self.phone)
