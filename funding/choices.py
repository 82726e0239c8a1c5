"""Fixed answers of the funding room: their keys stand in addresses and in open data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FunderLevel(TextChoices):
    """Who gives the money or the help."""

    EU = "eu", _("European Union")
    NATION = "bund", pgettext_lazy("level of a funder", "Federal government")
    STATE = "land", pgettext_lazy("level of a funder", "Federal state")
    MUNICIPALITY = "kommune", _("District, city or municipality")
    FOUNDATION = "stiftung", _("Foundation (charity)")
    COMPANY = "unternehmen", pgettext_lazy("level of a funder", "Company")
    CHAMBER = "kammer", _("Chamber or association")


class Kind(TextChoices):
    """What one gets (F11: monetary and other support are told apart)."""

    GRANT = "zuschuss", _("Grant")
    LOAN = "darlehen", _("Loan")
    GUARANTEE = "buergschaft", _("Guarantee")
    PRIZE = "preis", _("Prize")
    IN_KIND = "sachmittel", _("Goods and equipment")
    ADVICE = "beratung", _("Advice and support")
    SCHOLARSHIP = "stipendium", _("Scholarship")


class Applicant(TextChoices):
    """Who can apply or take part.

    F69: organisations. F70: companies of 1–20 and of 21–250 people.
    F71: intermediaries of business.
    F72: intermediaries of civil society.
    """

    ASSOCIATION = "verein", _("Registered association")
    GGMBH = "ggmbh", _("Non-profit company (gGmbH)")
    NONPROFIT = "gemeinnuetzig", _("Non-profit organisation: association, gGmbH and others")
    INITIATIVE = "initiative", _("Initiative without legal form")
    SMALL_COMPANY = "betrieb-klein", _("Company of up to 20 people")
    MEDIUM_COMPANY = "betrieb-mittel", _("Company of 21 to 250 people")
    INTERMEDIARY = "mittler", _("Chamber, guild, volunteer agency")
    MUNICIPALITY = "kommune", _("City, municipality or district")
    SCHOOL = "schule", _("School or day-care centre")


#: Facet by which lists ask who somebody is.
WHO_FACET = "wer"
#: Facet under which the search index holds for whom it fits without anything to check.
FITS_FACET = "passt"
#: Facet under which the search index holds where a programme applies; no filter of its own.
AREA_FACET = "gebiet"
#: Facet with the translation key of a programme, by which a local variant hides it.
PROGRAMME_FACET = "programm"
#: Facet with the additions of houses to a programme, by their primary keys.
ADDITION_FACET = "ergaenzung"
#: Facet with the regions whose lists show a programme: its own, and those that add to it.
LISTED_FACET = "gelistet"
#: One side of a cooperation (F69: organisations of civil society).
CIVIL_SOCIETY = frozenset(
    {Applicant.ASSOCIATION, Applicant.GGMBH, Applicant.NONPROFIT, Applicant.INITIATIVE}
)
#: The other side (F70: small and medium-sized companies).
COMPANIES = frozenset({Applicant.SMALL_COMPANY, Applicant.MEDIUM_COMPANY})
#: Who asks as an association and a company together.
TOGETHER = "zusammen"


class Role(TextChoices):
    """How somebody may take part in an application."""

    ALONE = "allein", _("can apply alone")
    JOINTLY = "gemeinsam", _("can apply jointly with others only")
    PARTNER = "partner", _("can be a partner only")


class DeadlineKind(TextChoices):
    """How a programme takes applications."""

    UNKNOWN = "unbekannt", _("Not known")
    PERMANENT = "dauerhaft", _("At any time")
    ROLLING = "laufend", _("At any time, decided on certain days")
    ONE_OFF = "termin", _("One deadline")
    ROUNDS = "runden", _("Several rounds")
    UNTIL_SPENT = "solange-vorrat", _("Until the money is spent")
    ANNOUNCED = "angekuendigt", _("Announced, not open yet")
    CLOSED = "geschlossen", pgettext_lazy("deadlines", "Closed")
