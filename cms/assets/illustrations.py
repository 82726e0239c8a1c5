"""The drawn illustrations in ``static/illustrations`` that editors can choose.

Lists show many of them: there they come in one file, each under its key
(``illustrations.svg#mentoring``), a single request. A page's own drawing is a file for itself.
"""

from collections.abc import Collection, Iterable
from xml.etree import ElementTree
from zlib import crc32

from django.conf import settings
from django.utils.text import format_lazy
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
    ("thema-lernen", _("Topic: learning")),
    ("thema-ausbildung", _("Topic: vocational training")),
    ("thema-fachkraefte", _("Topic: skilled workers")),
    ("thema-ruhestand", _("Topic: retirement")),
    ("thema-integration", _("Topic: integration")),
    ("thema-weiterbildung", _("Topic: further training")),
    ("thema-gesundheit", _("Topic: health")),
    ("thema-umwelt", _("Topic: environment")),
    ("thema-team", _("Topic: team")),
    ("thema-lokale-zusammenarbeit", _("Topic: working together on the spot")),
    ("thema-organisation", _("Topic: organisation")),
    ("thema-digitales", _("Topic: digital matters")),
    ("thema-sport", _("Topic: sport")),
    ("thema-pflege", _("Topic: care")),
    ("thema-kultur", _("Topic: culture")),
    ("thema-katastrophenschutz", _("Topic: fire brigade and disaster control")),
]
#: Drawn again: what stands in where a page has the first already.
AGAIN: dict[str, tuple[str, ...]] = {
    "service-learning": ("service-learning-2",),
    "flying-talents": ("flying-talents-2",),
    "perspektiv-coaching": ("perspektiv-coaching-2",),
    "ausbildung-integration": ("ausbildung-integration-2",),
    "kompetenznutzung": ("kompetenznutzung-2",),
    "mentoring": ("mentoring-2",),
    "qualifizierung": ("qualifizierung-2",),
    "suchtpraevention": ("suchtpraevention-2",),
    "verantwortung": ("verantwortung-2",),
    "zusammenhalt": ("zusammenhalt-2",),
    "finanzielle-unterstuetzung": ("finanzielle-unterstuetzung-2",),
    "nachricht": ("nachricht-2",),
    "haus": ("haus-2", "haus-3"),
}
ILLUSTRATIONS += [
    (again, format_lazy(_("{drawing}, drawing {number}"), drawing=label, number=again[-1]))
    for key, label in tuple(ILLUSTRATIONS)
    for again in AGAIN.get(key, ())
]
#: The drawing of each topic (keys of the vocabulary).
TOPICS = {
    **{key.removeprefix("thema-"): key for key, _label in ILLUSTRATIONS if "thema-" in key},
    "mentoring": "mentoring",
    "verantwortung": "feld-werte",
    "menschen": "feld-menschen",
    "finanzierung": "feld-finanzierung",
    "kommunikation": "feld-kommunikation",
}
#: Wrong beside no page: people of both worlds, houses, a place.
_NEUTRAL = (
    "zusammenhalt-2", "thema-lokale-zusammenarbeit", "service-learning-2", "thema-team",
    "haus-2", "kompetenznutzung-2", "verantwortung-2", "thema-lernen", "mentoring-2", "haus-3",
    "zusammenhalt", "flying-talents-2", "nachricht-2", "qualifizierung-2", "thema-organisation",
    "service-learning", "verantwortung", "perspektiv-coaching-2", "kompetenznutzung",
)  # fmt: skip
#: Topics whose picture on other sites is that of a form of cooperation or a field.
_SHARED_TOPICS = {
    "thema-lernen": "service-learning",
    "thema-ausbildung": "ausbildung-integration",
    "thema-fachkraefte": "feld-menschen",
    "thema-ruhestand": "flying-talents",
    "thema-integration": "ausbildung-integration",
    "thema-weiterbildung": "qualifizierung",
    "thema-gesundheit": "suchtpraevention",
    "thema-umwelt": "feld-werte",
    "thema-team": "zusammenhalt",
    "thema-lokale-zusammenarbeit": "haus",
    "thema-organisation": "kompetenznutzung",
    "thema-digitales": "feld-kommunikation",
    "thema-sport": "zusammenhalt",
    "thema-pflege": "verantwortung",
    "thema-kultur": "feld-werte",
    "thema-katastrophenschutz": "verantwortung",
}


def illustration_choices() -> list[tuple[str, StrOrPromise]]:
    """The choices as a function, so that a new drawing needs no migration."""
    return ILLUSTRATIONS


def distinct(wanted: str, shown: Collection[str], seed: str) -> str:
    """The drawing that is wanted; where a page shows it already, another of the same idea.

    Where there is none, any that goes with everything, always the same for the same ``seed``, so
    that neighbours in a list differ.

    Args:
        wanted: key of a drawing.
        shown: keys of the drawings that the page shows already.
        seed: what tells the entry from its neighbours, e.g. its title.
    """
    start = crc32(seed.encode()) % len(_NEUTRAL)
    others = (*_NEUTRAL[start:], *_NEUTRAL[:start], *(key for key, _label in ILLUSTRATIONS))
    choices = (wanted, *AGAIN.get(wanted, ()), *others)
    return next((key for key in choices if key not in shown), wanted)


def of_topics(keys: Iterable[str]) -> str:
    """The drawing of the first of some topics that has one; empty without."""
    return next((TOPICS[key] for key in keys if key in TOPICS), "")


def share_key(key: str) -> str:
    """The drawing whose picture in ``static/share`` stands for ``key`` on other sites.

    These pictures are large, so one does for each idea.
    """
    first = {again: key for key, agains in AGAIN.items() for again in agains}
    return _SHARED_TOPICS.get(key) or first.get(key, key)


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
