"""The drawn illustrations in ``static/illustrations`` that editors can choose."""

from django.utils.translation import gettext_lazy as _

ILLUSTRATIONS = [
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


def illustration_choices() -> list[tuple[str, str]]:
    """The choices as a function, so that a new drawing needs no migration."""
    return ILLUSTRATIONS
