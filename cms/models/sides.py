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
