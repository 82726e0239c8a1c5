"""Examples: real cases of cooperation in a region.

F52: they inspire others. F54: where the idea came from. F56: an example belongs to a region.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import NO_PICTURE, ArticleBlock, LeadImageBlock, StreamField
from cms.consents.panel import ConsentPanel
from cms.delivery.content_version import cached
from cms.models import BasePage, FreshnessMixin, MonthField
from cms.models.sides import PARTNER_SIDES
from cms.structured_data import article
from examples.choices import Impulse, Money
from examples.forms import ExampleForm
from examples.models.common import CooperationMixin
from examples.models.patterns import CooperationFormPage
from regions.models import RegionalListPage
from search.presets import Preset
from search.registry import TOPIC_FACET


class ExampleIndexPage(RegionalListPage):
    """``/beispiele/``: all examples, or those of the house it stands in."""

    template = "pages/list_page.html"
    page_description = _("Lists examples: of all regions, or of the house it stands in.")
    parent_page_types = ["home.HomePage", "regions.HousePage"]
    subpage_types = ["examples.ExamplePage"]
    share_image = "zusammenhalt"

    preset = Preset(
        types=("beispiel",),
        facets=(
            "region",
            TOPIC_FACET,
            "beteiligte",
            "verfahren",
            "ergebnis",
            "form",
            "geld",
            "richtung",
        ),
        default_sort="datum",
        takes_place=True,
    )

    class Meta:
        verbose_name = _("List of examples")
        verbose_name_plural = _("Lists of examples")


class ExamplePage(FreshnessMixin, CooperationMixin, BasePage):
    """A case: who did what with whom, where, when, and what came of it."""

    form = models.ForeignKey(
        CooperationFormPage,
        on_delete=models.PROTECT,
        null=True,
        related_name="examples",
        verbose_name=_("form of cooperation"),
        help_text=_("Which pattern does the example follow?"),
    )
    period_start = MonthField(
        _("since"),
        null=True,
        help_text=_("Month and year, for example March 2026 or 03/2026."),
    )
    period_end = MonthField(
        _("until"), null=True, blank=True, help_text=_("Leave empty while it goes on.")
    )
    lead_image = StreamField(LeadImageBlock(), blank=True, verbose_name=_("picture"))
    course = StreamField(ArticleBlock(), verbose_name=_("how it went"))
    obstacles = models.TextField(
        _("what was hard"), help_text=_("Others learn most from this. Two or three sentences.")
    )
    outcome = models.TextField(
        _("what came of it"), help_text=_("Figures if you have them, otherwise what changed.")
    )
    money = models.CharField(_("money"), max_length=20, choices=Money.choices)
    paid_by = StreamField(
        [("programme", PageChooserBlock("funding.FundingPage", label=_("Funding programme")))],
        blank=True,
        verbose_name=_("paid by"),
        help_text=_("The funding programmes that paid for it. They show the example, too."),
    )
    impulse = models.CharField(
        _("where the idea came from"), max_length=20, choices=Impulse.choices
    )

    base_form_class = ExampleForm
    template = "pages/example_page.html"
    page_description = _("A real case from your region: who works with whom, and what came of it.")
    parent_page_types = ["examples.ExampleIndexPage"]
    subpage_types: list[str] = []
    share_image = "zusammenhalt"
    open_graph_type = "article"
    names_people = True

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead_image", help_text=NO_PICTURE),
        FieldPanel("course"),
        FieldPanel("outcome"),
        CooperationMixin.benefit_panel,
        FieldPanel("obstacles"),
        FieldPanel("next_step"),
    ]
    details_panels = [
        FieldPanel("form", widget=Select),
        MultiFieldPanel(
            [FieldPanel("period_start"), FieldPanel("period_end")], heading=_("Period")
        ),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
        MultiFieldPanel(
            [FieldPanel("money"), FieldPanel("direction"), FieldPanel("impulse")],
            heading=_("Kind of cooperation"),
        ),
        ConsentPanel(),
        FieldPanel("paid_by"),
        CooperationMixin.facet_panel,
        FreshnessMixin.freshness_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("course")]
    # The form stays the source's; ``localized_form`` finds it in the page's language.
    override_translatable_fields = [
        *CooperationMixin.override_translatable_fields,
        SynchronizedField("form", overridable=False),
        SynchronizedField("paid_by", overridable=False),
    ]

    class Meta:
        verbose_name = _("Example")
        verbose_name_plural = _("Examples")

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValidationError({"period_end": _("The end cannot be before the start.")})

    def people_named(self) -> list[str]:
        """The partners, each by its name."""
        return [partner.name for partner in self.partners.all()]

    @property
    def head_kind(self) -> StrOrPromise:
        """Tells a case from the pattern and from news about it."""
        return _("Example")

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """A text of the house the example comes from, and the months it tells of."""
        return article(self, request) | {"temporalCoverage": self._period()}

    def _period(self) -> str | None:
        """The period as an interval of months (ISO 8601-1, 5.5); one that goes on has no end."""
        if not self.period_start:
            return None
        end = f"{self.period_end:%Y-%m}" if self.period_end else ".."
        return f"{self.period_start:%Y-%m}/{end}"

    @cached_property
    def programmes(self) -> list[Page]:
        """The public programmes that paid for it."""
        return [block.value for block in self.paid_by if block.value and block.value.live]

    @cached_property
    def localized_form(self) -> CooperationFormPage | None:
        """The form of cooperation in the example's language, as far as it is public."""
        form_id = self.form_id
        if not form_id:
            return None
        # Few forms stand on many pages.
        key = ("examples.form", form_id, self.locale_id)
        return cached(key, lambda: _form_for(form_id, self.locale_id))


def _form_for(form_id: int, locale_id: int) -> CooperationFormPage | None:
    """The form in a language, else in any, as far as it is public."""
    candidates = CooperationFormPage.objects.live().filter(
        translation_key=models.Subquery(
            CooperationFormPage.objects.filter(pk=form_id).values("translation_key")[:1]
        )
    )
    found = {page.locale_id: page for page in candidates}
    return found.get(locale_id) or next(iter(found.values()), None)


class ExamplePartner(TranslatableMixin, Orderable):
    """Who took part in an example."""

    changes_public_pages = True

    page = ParentalKey(ExamplePage, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=150)
    side = models.CharField(_("belongs to"), max_length=20, choices=PARTNER_SIDES)
    url = models.URLField(_("website"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("side"), FieldPanel("url")]
    override_translatable_fields = [SynchronizedField("name")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name
