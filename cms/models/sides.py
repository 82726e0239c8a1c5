"""The sides of a cooperation: who takes part in one, and who asks for one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Side(models.TextChoices):
    """Which world somebody belongs to.

    F69: organisation. F70: company. F71: intermediary of business. F72: intermediary of civil
    society.
    """

    ZO = "zo", _("Civil-society organisation")
    KMU = "kmu", _("Company")
    INTERMEDIARY = "intermediary", _("Intermediary")
    CHAMBER = "chamber", _("Chamber or business association")
    PUBLIC = "public", _("Public body")
    EDUCATION = "education", _("Educational institution")
    OTHER = "other", _("Somebody else")

    @classmethod
    def choices_without(cls, *left_out: "Side") -> list[tuple[str, StrOrPromise]]:
        """The choices of a field that does not offer some sides."""
        return [(value, label) for value, label in cls.choices if value not in left_out]


#: Who can take part in an example.
PARTNER_SIDES = Side.choices_without(Side.CHAMBER, Side.OTHER)
#: Who can write an enquiry.
SENDER_SIDES = Side.choices_without(Side.INTERMEDIARY)
#: Of what kind an organisation is that a house works with (F34: municipalities and education, too).
#: Both worlds have intermediaries of their own, which editors tell apart by examples.
HOUSE_PARTNER_KINDS: list[tuple[str, StrOrPromise]] = [
    (Side.ZO, _("Civil-society organisation")),
    (Side.KMU, _("Company")),
    (
        Side.INTERMEDIARY,
        _("Intermediary of civil society: volunteer agency, senior office, community foundation"),
    ),
    (Side.CHAMBER, _("Intermediary of business: chamber, guild, association, union")),
    (Side.PUBLIC, _("Municipality or public body")),
    (Side.EDUCATION, _("Educational institution")),
]
#: Headings under which a house lists its partners, in this order.
HOUSE_PARTNER_HEADINGS: dict[str, StrOrPromise] = {
    Side.ZO: _("Associations and initiatives"),
    Side.KMU: _("Companies and crafts"),
    Side.INTERMEDIARY: _("Intermediaries of civil society"),
    Side.CHAMBER: _("Intermediaries of business"),
    Side.PUBLIC: _("Municipalities and public bodies"),
    Side.EDUCATION: _("Education"),
}
