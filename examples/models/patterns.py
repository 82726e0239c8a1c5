"""Forms of cooperation: the patterns of the guide, chapter 4.

F52: they inspire cooperations. F58: the programmes behind them are linked.
"""

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks import BodyBlock, StreamField
from cms.blocks.lists import LinkBlock
from cms.blocks.rich_text import TEXT_FEATURES
from cms.models import BasePage, FreshnessMixin
from cms.structured_data import article
from examples.models.common import CooperationMixin
from search.list_page import ListPage
from search.presets import Preset
from search.registry import TOPIC_FACET
from search.results.run import latest


class CooperationFormIndexPage(ListPage):
    """``/kooperationsformen/``: all patterns, nationwide."""

    template = "pages/list_page.html"
    page_description = _("Lists the forms of cooperation.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["examples.CooperationFormPage"]
    share_image = "zusammenhalt"

    preset = Preset(
        types=("kooperationsform",),
        facets=(TOPIC_FACET, "beteiligte", "verfahren", "ergebnis", "richtung"),
        default_sort="titel",
    )

    class Meta:
        verbose_name = _("List of forms of cooperation")
        verbose_name_plural = _("Lists of forms of cooperation")


class CooperationFormPage(FreshnessMixin, CooperationMixin, BasePage):
    """A pattern: how associations and companies can work together, without a place or date."""

    order = models.PositiveSmallIntegerField(_("order"), default=100)
    source_chapter = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where the form is described, e.g. chapter and example of the guide."),
    )
    how_it_works = RichTextField(_("how it works"), features=TEXT_FEATURES)
    benefit_zo_from_guide = models.BooleanField(
        _("benefit for the organisation stated in the guide"), default=False
    )
    benefit_kmu_from_guide = models.BooleanField(
        _("benefit for the company stated in the guide"), default=False
    )
    programmes = StreamField(
        [("link", LinkBlock())], blank=True, verbose_name=_("programmes and initiatives")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("further content"))

    template = "pages/cooperation_form_page.html"
    page_description = _("A pattern of working together that examples follow.")
    parent_page_types = ["examples.CooperationFormIndexPage"]
    subpage_types: list[str] = []
    share_image = "zusammenhalt"
    open_graph_type = "article"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("how_it_works"),
        MultiFieldPanel(
            [
                FieldPanel("benefit_zo"),
                FieldPanel("benefit_zo_from_guide"),
                FieldPanel("benefit_kmu"),
                FieldPanel("benefit_kmu_from_guide"),
            ],
            heading=_("What both sides gain"),
        ),
        FieldPanel("next_step"),
        FieldPanel("programmes"),
        FieldPanel("body"),
    ]
    details_panels = [
        FieldPanel("direction"),
        CooperationMixin.facet_panel,
        FieldPanel("source_chapter"),
        FieldPanel("order"),
        FreshnessMixin.freshness_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("how_it_works")]

    class Meta:
        verbose_name = _("Form of cooperation")
        verbose_name_plural = _("Forms of cooperation")

    @property
    def head_kind(self) -> StrOrPromise:
        """A word like “Mentoring” could be anything."""
        return _("Form of cooperation")

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """A text of the national desk."""
        return article(self, request)

    @property
    def facet_key(self) -> str:
        """The same for all translations, so that cases of one form are found in every language."""
        return str(self.translation_key)

    @property
    def slug_in_addresses(self) -> str:
        """The German slug, by which lists filter in every language; a query for translations."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self.slug
        same = CooperationFormPage.objects.filter(translation_key=self.translation_key)
        german = same.filter(locale__language_code=settings.LANGUAGE_CODE)
        return german.values_list("slug", flat=True).first() or self.slug

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add the cases that follow this form."""
        context = super().get_context(request, *args, **kwargs)
        context["cases"] = latest(request, "beispiel", facets={"form": [self.facet_key]}, limit=6)
        if context["cases"]:
            context["cases_filter"] = urlencode({"form": self.slug_in_addresses})
        return context
