"""Fixed answers of the knowledge room: their keys stand in addresses and in open data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StudyKind(TextChoices):
    """What kind of publication it is."""

    STUDY = "studie", pgettext_lazy("kind of publication", "Study")
    REPORT = "recherchebericht", _("Research report")
    WORKING_PAPER = "arbeitspapier", _("Working paper")
    GUIDE = "leitfaden", pgettext_lazy("kind of publication", "Guide")
    BACKGROUND = "hintergrund", _("Background article")


class Licence(TextChoices):
    """What others may do with it; those of Creative Commons in the version of 2013."""

    CC0 = "cc0", "CC0 1.0"
    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
    CC_BY_ND = "cc-by-nd", "CC BY-ND 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND 4.0"
    PERMISSION = "erlaubnis", _("All rights reserved; shown here with permission")
    RESERVED = "vorbehalten", _("All rights reserved")


#: Addresses of the licences, which structured data name.
LICENCE_URLS: dict[str, str] = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        licence: f"https://creativecommons.org/licenses/{licence.removeprefix('cc-')}/4.0/"
        for licence in Licence.values
        if licence.startswith("cc-")
    },
}
#: With these, nobody may offer the file.
CLOSED = frozenset({"", Licence.RESERVED})
