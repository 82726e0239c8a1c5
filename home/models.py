"""The home page and pages that stand for themselves."""

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import BodyBlock, StreamField
from cms.consents.panel import ConsentPanel
from cms.models import BasePage, FreshnessMixin
from cms.structured_data import contact_point, publisher, web_page
from home.routing.page_lookup import find_page
from home.routing.request_cache import menu_pages
from regions.finder.map import houses_on_map
from regions.finder.selected_region import chosen_house
from regions.models.region import publisher_of
from regions.teasers import Place, latest_teasers


class EntranceBlock(blocks.StructBlock):
    """One way into the site, by what a visitor wants."""

    title = blocks.CharBlock(label=_("What the visitor wants"), max_length=60)
    text = blocks.CharBlock(label=_("One sentence"), max_length=160)
    page = blocks.PageChooserBlock(label=_("Leads to"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Way in")


class EntrancesBlock(blocks.StreamBlock):
    """The ways in, three at most."""

    entrance = EntranceBlock()

    class Meta:
        max_num = 3


class HomePage(BasePage):
    """The start of the site in one language."""

    intro = models.TextField(
        _("introduction"),
        help_text=_(
            "What is this, and for whom? One or two plain sentences: below them visitors type "
            "their place."
        ),
    )
    entrances = StreamField(EntrancesBlock(), blank=True, verbose_name=_("ways in"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("further content"))

    template = "pages/home_page.html"
    page_description = _("The start page of one language.")
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("entrances"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Home page")
        verbose_name_plural = _("Home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page by its whole path at once instead of level by level."""
        if path_components and (page := find_page(self, path_components)):
            return page.route(request, [])
        return super().route(request, path_components)

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """The whole site: who runs it, and how to search it."""
        data = web_page(self, request, "WebSite")
        data["publisher"] = publisher(request) | {"contactPoint": contact_point(self.contact)}
        search = request.build_absolute_uri(reverse("search"))
        return data | {
            "@id": f"{data['url']}#website",
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{search}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what is new and the houses."""
        context = super().get_context(request, *args, **kwargs)
        places = (Place.HOME_ABOVE_TEXT, Place.HOME_BELOW_TEXT)
        in_menus = menu_pages(request, get_language() or self.locale.language_code)
        lists = {key: page.url for page in in_menus for key in page.lists}
        chosen = chosen_house(request)
        teasers = latest_teasers(
            request,
            places,
            publisher_of(None),
            lists=lists,
            first_region_id=chosen.region.pk if chosen else None,
        )
        sections = [section for place in places for section in teasers[place]]
        return context | {
            "houses": houses_on_map(request, self.locale.language_code),
            "feeds": [section.feed for section in sections if section.feed],
            "teasers_above_text": teasers[Place.HOME_ABOVE_TEXT],
            "teasers_below_text": teasers[Place.HOME_BELOW_TEXT],
        }


class StandardPage(FreshnessMixin, BasePage):
    """A page that stands for itself: about us, imprint, privacy, how it works."""

    body = StreamField(BodyBlock(), verbose_name=_("content"))

    template = "pages/standard_page.html"
    page_description = _("A page of text: about us, imprint, how something works.")
    menu = "footer"
    names_people = True
    parent_page_types = ["home.HomePage", "home.StandardPage", "regions.HousePage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("body"), ConsentPanel()]
    details_panels = [FreshnessMixin.freshness_panel]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Standard page")
        verbose_name_plural = _("Standard pages")
