"""Knowledge pages: what the guide says, by topic (F3: a library of background articles)."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import BodyBlock, StreamField
from cms.delivery.term_choices import TermCheckboxes
from cms.models import BasePage, FreshnessMixin
from cms.structured_data import article
from knowledge.context import knowledge_context
from search.list_page import ListPage
from search.presets import Preset
from search.registry import TOPIC_FACET


class KnowledgeIndexPage(ListPage):
    """``/wissen/``: all knowledge pages, nationwide."""

    template = "pages/list_page.html"
    page_description = _("Lists the knowledge pages.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.KnowledgePage"]
    share_image = "verantwortung"

    preset = Preset(types=("wissen",), facets=(TOPIC_FACET,), default_sort="titel", page_size=24)

    class Meta:
        verbose_name = _("List of knowledge pages")
        verbose_name_plural = _("Lists of knowledge pages")


class KnowledgePage(FreshnessMixin, BasePage):
    """Background on one topic; with a chosen house, what is on there stands beside it.

    F15: specialist information that fits the cooperations of a region.
    """

    source_chapter = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where it comes from, e.g. the chapter of the guide."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"))
    topics = ParentalManyToManyField(
        "cms.Term",
        verbose_name=_("topics"),
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": "topic"},
    )

    template = "pages/knowledge_page.html"
    page_description = _("Background on one topic, for all regions.")
    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types: list[str] = []
    share_image = "verantwortung"
    open_graph_type = "article"

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    details_panels = [
        FieldPanel("source_chapter"),
        FieldPanel(
            "topics",
            widget=TermCheckboxes,
            help_text=_(
                "What is it about? People filter by it, and related pages are chosen by it."
            ),
        ),
        FreshnessMixin.freshness_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    # wagtail-localize leaves out selections of many unless they are named.
    override_translatable_fields = [SynchronizedField("topics", overridable=False)]

    class Meta:
        verbose_name = _("Knowledge page")
        verbose_name_plural = _("Knowledge pages")

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """A text of the national desk."""
        return article(self, request)

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add the topics, and what is on in the chosen region."""
        context = super().get_context(request, *args, **kwargs)
        return context | knowledge_context(request, self.topics.all())
