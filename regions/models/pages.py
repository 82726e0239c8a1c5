"""The public face of a region, and lists that know which region they are in."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.blocks import ArticleBlock, LeadImageBlock, StreamField
from cms.consents.panel import ConsentPanel
from cms.delivery.content_version import cached
from cms.delivery.page_cache import end_answer_at
from cms.locales import locales
from cms.models import BasePage, ContactFields
from cms.models.official_keys import district_name
from cms.structured_data import contact_point, web_page
from regions.house_blocks import (
    NetworksBlock,
    PartnerBlock,
    PartnerGroup,
    PersonBlock,
    Priority,
    PriorityBlock,
    partners_by_kind,
    priorities_of,
)
from regions.house_form import HouseForm
from regions.models.region import Region, publisher_of
from regions.opening_hours import State, parse
from regions.teasers import Place, latest_teasers
from search.list_page import ListPage
from search.presets import Preset


class RegionalListPage(ListPage):
    """A list that shows its own region's entries under a house, all regions' elsewhere."""

    class Meta:
        abstract = True

    @property
    def head_kind(self) -> StrOrPromise:
        """The region: every house has a list of the same name."""
        return self.region.name if self.region else ""

    @property
    def publisher_name(self) -> str:
        """The house it stands under, or the whole site."""
        return publisher_of(self.region)

    def preset_facets(self) -> dict[str, list[str]]:
        """Restrict the list to the region it stands in."""
        return {"region": [str(self.region.pk)]} if self.region else {}


class HouseIndexPage(ListPage):
    """All houses, ``/haeuser/``: who helps where, on a map and in a list."""

    template = "pages/house_index_page.html"
    page_description = _("Lists all houses of cooperation.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["regions.HousePage"]

    preset = Preset(types=("haus",), facets=("land",), default_sort="titel")

    #: Map and answer, from the request and its language; put here by
    #: :mod:`regions.finder.house_list`, since the finder knows the models and not they the finder.
    finder_context: ClassVar[Callable[[HttpRequest, str], dict[str, object]]]
    #: What was asked, as parameters of addresses; likewise.
    finder_parameters: ClassVar[Callable[[HttpRequest], dict[str, str]]]

    class Meta:
        verbose_name = _("List of houses")
        verbose_name_plural = _("Lists of houses")

    def get_preset(self, request: HttpRequest | None = None) -> Preset:
        """The list; whoever filters it or passes it on keeps the answer above it."""
        preset = super().get_preset(request)
        asked = type(self).finder_parameters(request) if request else {}
        return replace(preset, parameters=asked) if asked else preset

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add the map, and the answer to who helps in a place."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context |= type(self).finder_context(request, get_language() or "de")
        # Search engines know the list; they need not know the answer for every village.
        context["noindex"] = context["noindex"] or context["answer"] is not None
        return context


class HousePage(ContactFields, BasePage):
    """A house of cooperation: the face of a region.

    F31: each region has a house. F33: it is the neutral contact point for networks.
    Made by provisioning a region, one per language; the region edits it.
    """

    region_record = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="house_pages",
        verbose_name=_("region"),
        editable=False,
    )
    lead_image = StreamField(LeadImageBlock(), blank=True, verbose_name=_("picture"))
    body = StreamField(ArticleBlock(), blank=True, verbose_name=_("about the house"))
    address_street = models.CharField(_("street and number"), max_length=120, blank=True)
    address_plz = models.CharField(_("postal code"), max_length=5, blank=True)
    address_place = models.CharField(_("place"), max_length=120, blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
    getting_there = models.TextField(_("how to get there without a car"), blank=True)
    carriers = models.TextField(
        _("who runs the house"), blank=True, help_text=_("One organisation per line.")
    )
    people = StreamField(
        [("person", PersonBlock())],
        blank=True,
        verbose_name=_("who works in the house"),
        help_text=_(
            "In the order in which visitors should see them. Take out whoever leaves: then name, "
            "number and portrait are gone from the page."
        ),
    )
    partners = StreamField(
        [("partner", PartnerBlock())],
        blank=True,
        verbose_name=_("partners"),
        help_text=_("Organisations that the house works with. The page lists them by kind."),
    )
    networks = StreamField(
        NetworksBlock(),
        blank=True,
        verbose_name=_("networks"),
        help_text=_("Networks of the region whose contact point the house is."),
    )
    priorities = StreamField(
        [("priority", PriorityBlock())],
        blank=True,
        verbose_name=_("priorities of this year"),
        help_text=_("What the region works on. Each leads to what the house has on it."),
    )

    base_form_class = HouseForm
    template = "pages/house_page.html"
    page_description = _("The public face of a region.")
    parent_page_types = ["regions.HouseIndexPage"]
    is_creatable = False
    names_people = True
    shown_with = ("region_record",)

    content_panels = [
        *BasePage.content_panels,
        ContactFields.contact_panel,
        FieldPanel("lead_image"),
        FieldPanel("body"),
        ConsentPanel(),
    ]
    details_panels = [
        MultiFieldPanel(
            [
                FieldPanel("address_street"),
                FieldPanel("address_plz"),
                FieldPanel("address_place"),
                FieldPanel(
                    "opening_hours",
                    help_text=_(
                        "One rule a line: “Montag bis Mittwoch 9–12 und 14–17 Uhr”, "
                        "“24.12.–1.1. geschlossen”, “Fronleichnam 9–12 Uhr”. "
                        "On public holidays the house is closed unless you say otherwise. "
                        "What is only to be read stands in brackets."
                    ),
                ),
                FieldPanel("getting_there"),
            ],
            heading=_("Where and when"),
        ),
        FieldPanel("people"),
        FieldPanel("priorities"),
        FieldPanel("networks"),
        FieldPanel("partners"),
        FieldPanel("carriers"),
    ]
    # Names and addresses are the same in every language.
    override_translatable_fields = [
        SynchronizedField(name)
        for name in (
            "contact_name",
            "contact_phone",
            "address_street",
            "address_plz",
            "address_place",
            "carriers",
        )
    ] + [SynchronizedField("contact_role_en", overridable=False)]  # a translation has its own role

    class Meta:
        verbose_name = _("House of cooperation")
        verbose_name_plural = _("Houses of cooperation")

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """An organisation with its contact, and its address where that is complete."""
        data = web_page(self, request)
        complete = self.address_street and self.address_plz and self.address_place
        contact = self.contact
        return {
            "@type": "Organization",
            "@id": f"{data['url']}#house",
            **{name: data[name] for name in ("name", "url", "description", "image")},
            "email": contact.email,
            "telephone": contact.phone_link,
            "contactPoint": contact_point(contact),
            "address": {
                "@type": "PostalAddress",
                "streetAddress": self.address_street,
                "postalCode": self.address_plz,
                "addressLocality": self.address_place,
                "addressCountry": "DE",
            }
            if complete
            else None,
            "areaServed": {
                "@type": "AdministrativeArea",
                "name": self.region.name if self.region else None,
            },
            "parentOrganization": data["publisher"],
        }

    def people_named(self) -> list[str]:
        """Contact person and people of the house, and the contacts of its networks.

        The house itself stands there as contact when it was made.
        """
        named = [self.contact_name] if self.contact_name != self.title else []
        named += [block.value["name"] for block in self.people]
        named += [block.value["contact_name"] for block in self.networks]
        return [name for name in named if name]

    def people_portrayed(self) -> list[str]:
        """People of the house with a portrait."""
        return [block.value["name"] for block in self.people if block.value.get("portrait")]

    @property
    def written_in(self) -> str:
        """Language code of the page."""
        return locales()[self.locale_id].language_code

    @property
    def carrier_names(self) -> list[str]:
        """The organisations that run the house."""
        return [line.strip() for line in self.carriers.splitlines() if line.strip()]

    @property
    def partner_groups(self) -> list[PartnerGroup]:
        """The partners by kind."""
        return partners_by_kind(self.partners)

    @property
    def shown_priorities(self) -> list[Priority]:
        """The priorities, each with where it leads."""
        return list(priorities_of(self.priorities, self.region_record.slug))

    def opening_state(self, moment: datetime.datetime) -> State | None:
        """Whether the house is open; ``None`` where its text does not say or it is archived."""
        if self.region_record.is_archived:
            return None
        try:
            return parse(self.opening_hours, self.region_record.land).state_at(moment)
        except ValidationError:  # a translation, or written before the rules
            return None

    @property
    def phone_link(self) -> str:
        """The telephone in the form a ``tel:`` link needs."""
        return self.as_contact(self.title, None).phone_link

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what is new in this house, the districts it serves and whether it is open."""
        context = super().get_context(request, *args, **kwargs)
        sections = latest_teasers(
            request,
            (Place.HOUSE,),
            publisher_of(self.region_record),
            region_id=self.region_record_id,
            topics=tuple(priority.term.key for priority in self.shown_priorities),
        )[Place.HOUSE]
        opening = self.opening_state(timezone.now())
        if opening and opening.changes_at:
            end_answer_at(request, opening.changes_at)
        return context | {
            "teasers": sections,
            "feeds": [section.feed for section in sections if section.feed],
            "opening": opening,
            "districts": _districts(self.region_record),
        }


def _districts(region: Region) -> list[str]:
    """Names of the districts that a region serves."""
    rows = region.kreise.order_by("name").values_list("code", "name")
    return cached(("districts", region.pk), lambda: [district_name(*row) for row in rows])
