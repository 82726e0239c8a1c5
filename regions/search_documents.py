"""How houses are found, and the region as a facet of everything."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models.vocabulary import Vocabulary
from regions.access import region_of
from regions.finder.selected_region import PARAMETER, chosen_slug
from regions.models import HousePage, Region
from search.registry import (
    TOPIC_FACET,
    Choice,
    Facet,
    SearchDocument,
    keep_in_addresses,
    register_document,
    register_facet,
)


class HouseDocument(SearchDocument[HousePage]):
    """A house is found by its name, its places and what it does."""

    type_key = "haus"
    is_house = True
    label = _("House")
    label_plural = _("Houses")
    shows_fields = True

    def text(self, page: HousePage) -> str:
        """Body, people, partners, networks, address, hours and districts: passages are shown."""
        town = f"{page.address_plz} {page.address_place}".strip()
        kreise = page.region_record.kreise.values_list("name", flat=True)
        facts = [page.contact_name, page.address_street, town, *page.carrier_names, *kreise]
        parts = [
            self.plain(page.body),
            "; ".join(fact for fact in facts if fact),
            page.opening_hours,
            page.getting_there,
            *(self.plain(field) for field in (page.people, page.priorities, page.networks)),
            *(priority.term.label for priority in page.shown_priorities),
            self.plain(page.partners),
        ]
        return "\n".join(part for part in parts if part)


def region_keys(page: Page) -> list[str]:
    """The region of any page, as a facet key."""
    region = region_of(page)
    return [str(region.pk)] if region else []


def land_keys(page: Page) -> list[str]:
    """The federal state of the region of any page."""
    region = region_of(page)
    return [region.land] if region else []


def region_choices(language: str) -> list[Choice]:
    """All regions, readable in addresses by their slug, found by their districts and state."""
    rows = Region.objects.order_by("name", "pk").values_list(
        "pk", "name", "slug", "land", "kreise__name"
    )
    found: dict[int, Choice] = {}
    for pk, name, slug, land, kreis in rows:
        before = found.get(pk, Choice(str(pk), name, slug, land))
        found[pk] = replace(before, words=f"{before.words} {kreis or ''}")
    return list(found.values())


def land_choices(language: str) -> list[Choice]:
    """The federal states that have a house."""
    states = Region.objects.active().order_by("land").values_list("land", flat=True).distinct()
    return [Choice(land, land, land) for land in states]


def register() -> None:
    """Register documents and the facets every room can use."""
    register_document(HousePage, HouseDocument)
    keep_in_addresses(PARAMETER, chosen_slug, is_own_region=True)
    register_facet(
        Facet(
            "region",
            _("Region"),
            choices=region_choices,
            extract=region_keys,
            relatedness=0.5,
            names="place",
        )
    )
    # The region has the words of its state.
    state = Facet(
        "land",
        _("Federal state"),
        choices=land_choices,
        extract=land_keys,
        is_searchable=False,
        names="place",
    )
    register_facet(state)
    topic = Facet(
        TOPIC_FACET, _("Topic"), vocabulary=Vocabulary.TOPIC, relatedness=1.0, names="subject"
    )
    register_facet(topic)
    for name, vocabulary, label, relatedness in (
        ("beteiligte", Vocabulary.PARTY, _("Parties involved"), 0.2),
        ("verfahren", Vocabulary.PROCEDURE, _("Procedure"), 0.2),
        ("ergebnis", Vocabulary.RESULT, _("Result"), 0.2),
    ):
        register_facet(Facet(name, label, vocabulary=vocabulary, relatedness=relatedness))
