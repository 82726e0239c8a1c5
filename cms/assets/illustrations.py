"""The drawn illustrations in ``static/illustrations`` that editors can choose.

Lists show many of them: there they come in one file, each under its key
(``illustrations.svg#mentoring``), a single request. A page's own drawing is a file for itself.
"""

from xml.etree import ElementTree

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

#: The name of the file with all of them, below ``STATIC_URL``.
SPRITE = "illustrations.svg"
_SVG = "http://www.w3.org/2000/svg"

ILLUSTRATIONS: list[tuple[str, StrOrPromise]] = [
    ("service-learning", _("Learning by helping")),
    ("flying-talents", _("Experience takes off")),
    ("perspektiv-coaching", _("A view ahead")),
    ("ausbildung-integration", _("Arriving and learning a trade")),
    ("kompetenznutzung", _("Sharing skills")),
    ("mentoring", _("Mentoring")),
    ("qualifizierung", _("Training together")),
    ("suchtpraevention", _("Health and support")),
    ("verantwortung", _("Responsibility")),
    ("zusammenhalt", _("Team and cohesion")),
    ("finanzielle-unterstuetzung", _("Financial support")),
    ("nachricht", _("News")),
    ("haus", _("House")),
    ("feld-menschen", _("Field of action: people")),
    ("feld-kommunikation", _("Field of action: reaching others")),
    ("feld-finanzierung", _("Field of action: money and reputation")),
    ("feld-werte", _("Field of action: values and responsibility")),
]


def illustration_choices() -> list[tuple[str, StrOrPromise]]:
    """The choices as a function, so that a new drawing needs no migration."""
    return ILLUSTRATIONS


def sprite() -> str:
    """All drawings in one SVG, as symbols named by their keys.

    Raises:
        ValueError: a drawing refers to a part of itself; browsers do not follow that
            from another document.
    """
    ElementTree.register_namespace("", _SVG)
    together = ElementTree.Element(f"{{{_SVG}}}svg")
    for key, _label in ILLUSTRATIONS:
        path = settings.BASE_DIR / "static" / "illustrations" / f"{key}.svg"
        drawing = ElementTree.parse(path).getroot()  # noqa: S314 (a file of ours)
        if any("id" in part.attrib for part in drawing.iter()):
            raise ValueError(f"{path.name}: a drawing in a list cannot have parts with an id")
        symbol = ElementTree.SubElement(
            together, f"{{{_SVG}}}symbol", id=key, viewBox=drawing.attrib["viewBox"]
        )
        symbol.extend(drawing)
    return ElementTree.tostring(together, encoding="unicode")
