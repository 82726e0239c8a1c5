"""News of the houses and of the national desk."""

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import NO_PICTURE, ArticleBlock, LeadImageBlock, StreamField
from cms.consents.panel import ConsentPanel
from cms.delivery.term_choices import TermCheckboxes
from cms.models import BasePage, FreshnessMixin
from cms.structured_data import article, moment
from regions.models import RegionalListPage
from search.presets import Preset
from search.registry import TOPIC_FACET


class NewsIndexPage(RegionalListPage):
    """``/aktuelles/``: all news, or those of the house it stands in."""

    template = "pages/list_page.html"
    page_description = _("Lists news: of all regions, or of the house it stands in.")
    parent_page_types = ["home.HomePage", "regions.HousePage"]
    subpage_types = ["news.NewsPage"]
    share_image = "nachricht"

    preset = Preset(
        types=("aktuelles",),
        facets=("region", TOPIC_FACET),
        default_sort="datum",
        takes_place=True,
    )

    class Meta:
        verbose_name = _("List of news")
        verbose_name_plural = _("Lists of news")


class NewsPage(FreshnessMixin, BasePage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)
    lead_image = StreamField(LeadImageBlock(), blank=True, verbose_name=_("picture"))
    body = StreamField(ArticleBlock(), verbose_name=_("content"))
    topics = ParentalManyToManyField(
        "cms.Term",
        verbose_name=_("topics"),
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": "topic"},
    )

    template = "pages/news_page.html"
    page_description = _("A piece of news of your house: what happened, what is coming up.")
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    share_image = "nachricht"
    open_graph_type = "article"
    names_people = True

    content_panels = [
        *BasePage.content_panels,
        FieldPanel(
            "date", help_text=_("The day the news belongs to. Lists begin with the latest.")
        ),
        FieldPanel("lead_image", help_text=NO_PICTURE),
        FieldPanel("body"),
        FieldPanel(
            "topics",
            widget=TermCheckboxes,
            help_text=_("What is it about? People filter by it. One or two are enough."),
        ),
        ConsentPanel(),
    ]
    details_panels = [
        FreshnessMixin.freshness_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    # wagtail-localize leaves out selections of many unless they are named.
    override_translatable_fields = [SynchronizedField("topics", overridable=False)]

    class Meta:
        verbose_name = _("News item")
        verbose_name_plural = _("News items")

    def values_of_a_copy(self) -> dict[str, object]:
        """A new piece of news is of today."""
        return {**super().values_of_a_copy(), "date": timezone.localdate()}

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """A report, by the day the editor gave it, until it expires."""
        dates = {"datePublished": moment(self.date), "expires": moment(self.expires_on)}
        return article(self, request, "NewsArticle") | dates
