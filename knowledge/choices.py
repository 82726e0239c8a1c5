"""Fixed answers of the knowledge room: their keys stand in addresses and in open data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.models.settings import LICENCES, Licence


class StudyKind(TextChoices):
    """What kind of publication it is."""

    STUDY = "studie", pgettext_lazy("kind of publication", "Study")
    REPORT = "recherchebericht", _("Research report")
    WORKING_PAPER = "arbeitspapier", _("Working paper")
    GUIDE = "leitfaden", pgettext_lazy("kind of publication", "Guide")
    BACKGROUND = "hintergrund", _("Background article")


def _creative_commons(terms: str) -> Licence:
    name = f"CC {terms.upper()} 4.0"
    return Licence(name, f"https://creativecommons.org/licenses/{terms}/4.0/")


#: Those of the site's own texts, and those that allow less; by SPDX identifier.
PUBLICATION_LICENCES = LICENCES | {
    "CC-BY-NC-4.0": _creative_commons("by-nc"),
    "CC-BY-ND-4.0": _creative_commons("by-nd"),
    "CC-BY-NC-SA-4.0": _creative_commons("by-nc-sa"),
    "CC-BY-NC-ND-4.0": _creative_commons("by-nc-nd"),
}
RESERVED = "reserved"
#: What an editor chooses from.
LICENCE_CHOICES = [
    *((key, licence.name) for key, licence in PUBLICATION_LICENCES.items()),
    ("permission", _("All rights reserved; shown here with permission")),
    (RESERVED, _("All rights reserved")),
]
#: With these, nobody may offer the file.
CLOSED = frozenset({"", RESERVED})
