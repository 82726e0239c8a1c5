"""Fixed answers of the example library, each from the guide."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Who supports whom (F57: each direction is possible)."""

    MUTUAL = "mutual", _("Both sides give and take")
    KMU_SUPPORTS_ZO = "kmu_supports_zo", _("A company supports an organisation")
    ZO_OFFERS_KMU = "zo_offers_kmu", _("An organisation offers something to companies")


class Money(TextChoices):
    """Whether money changes hands (F11: every exchange says so)."""

    NON_MONETARY = "non_monetary", _("Without money")
    MONETARY = "monetary", _("With money")
    BOTH = "both", _("Money and other things")


class Impulse(TextChoices):
    """Where the idea came from (F54: civil society, business or education)."""

    CIVIL = "civil", _("Civil society")
    BUSINESS = "business", _("Business")
    EDUCATION = "education", _("Education")
