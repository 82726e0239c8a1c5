"""The regions that the fixtures ``region`` and ``other_region`` give."""

from demo import builders
from regions.models import Region


def region() -> Region:
    """A region with its house; built where the database does not have it."""
    known = Region.objects.filter(slug="kreis-steinfurt").first()
    return known or builders.build_region("Kreis Steinfurt")


def other_region() -> Region:
    """A second region, whose people must not reach into the first."""
    known = Region.objects.filter(slug="landkreis-goerlitz").first()
    return known or builders.build_region("Landkreis Görlitz", land="Sachsen")
