"""Programmes: who gives what to whom for what.

F8: funding information that can be searched. F11: monetary or not. F35: regions have their own.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import ArticleBlock, StreamField
from cms.blocks.lists import StepBlock
from cms.delivery.term_choices import TermCheckboxes
from cms.locales import locales
from cms.models import BasePage, FreshnessMixin
from funding import calendars
from funding.asked import asked
from funding.checks import is_public_address, round_messages
from funding.choices import FunderLevel, Kind
from funding.deadlines import end_of, over_from, problems
from funding.fit import Programme, fit
from funding.forms import FundingForm
from funding.models.additions import shown_additions
from funding.models.conditions import PERCENT, ConditionsMixin
from funding.models.variants import variants_of
from funding.places import directory
from funding.shortlist import SHORTLIST_VIEW
from regions.finder.selected_region import chosen_house
from search.registry import NAMED_FACET
from search.results.run import latest

#: So long a programme stays in lists after it should have been checked again.
GRACE = timedelta(days=180)


class FundingPage(FreshnessMixin, ConditionsMixin, BasePage):
    """A programme: of a house where it stands below one, else of the national desk."""

    funder = models.CharField(
        _("funder"), max_length=200, help_text=_("Who gives it, with the full name.")
    )
    level = models.CharField(_("level of the funder"), max_length=20, choices=FunderLevel.choices)
    kind = models.CharField(_("kind of support"), max_length=20, choices=Kind.choices)
    is_monetary = models.BooleanField(
        _("gives money"), default=True, help_text=_("Untick it for goods, advice and the like.")
    )
    amount_from = models.PositiveIntegerField(_("amount from (euro)"), null=True, blank=True)
    amount_to = models.PositiveIntegerField(_("amount up to (euro)"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(
        _("share of the costs in percent"),
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("How much of the costs the funder pays at most."),
    )
    body = StreamField(ArticleBlock(), blank=True, verbose_name=_("what is supported"), default=[])
    steps = StreamField(
        [("step", StepBlock(label=_("Step")))],
        blank=True,
        verbose_name=_("how to apply"),
        help_text=_("One block for each step, from the first question to the decision."),
    )
    to_prepare = models.TextField(
        _("what to have ready"), blank=True, help_text=_("One a line, for example: statutes.")
    )
    source_url = models.URLField(
        _("page of the funder"),
        blank=True,
        help_text=_("Where the funder describes the programme. Visitors check details there."),
    )
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Shown above the text, for example: please check with the funder."),
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("successor"),
        help_text=_("The programme that takes its place. Named when this one is over."),
    )
    varies = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("local variant of"),
        help_text=_(
            "The national programme of which this is the version for your region. While yours is "
            "open, people from there find yours in its place."
        ),
    )
    topics = ParentalManyToManyField(
        "cms.Term",
        verbose_name=_("topics"),
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": "topic"},
    )

    base_form_class = FundingForm
    template = "pages/funding_page.html"
    page_description = _("A programme that gives money, goods or advice.")
    parent_page_types = ["funding.FundingIndexPage"]
    subpage_types: list[str] = []
    share_image = "finanzielle-unterstuetzung"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("note"),
        MultiFieldPanel(
            [FieldPanel("funder"), FieldRowPanel([FieldPanel("level"), FieldPanel("kind")])],
            heading=_("Who gives what?"),
        ),
        ConditionsMixin.area_panel,
        ConditionsMixin.deadline_panel,
        FieldPanel("body"),
        FieldPanel("steps"),
        FieldPanel("to_prepare"),
        FieldPanel("source_url"),
    ]
    details_panels = [
        ConditionsMixin.applicants_panel,
        FieldPanel(
            "topics",
            widget=TermCheckboxes,
            help_text=_("What is it for? People filter by it. One or two are enough."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("amount_from"), FieldPanel("amount_to")]),
                FieldPanel("share"),
                FieldPanel("is_monetary"),
            ],
            heading=_("How much?"),
        ),
        ConditionsMixin.conditions_panel,
        PageChooserPanel("varies", "funding.FundingPage"),
        PageChooserPanel("successor", "funding.FundingPage"),
        FreshnessMixin.freshness_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("funder")]
    override_translatable_fields = [
        *ConditionsMixin.override_translatable_fields,
        SynchronizedField("funder"),
        SynchronizedField("source_url"),
        SynchronizedField("successor", overridable=False),
        SynchronizedField("varies", overridable=False),
        SynchronizedField("topics", overridable=False),
    ]

    class Meta:
        verbose_name = _("Funding programme")
        verbose_name_plural = _("Funding programmes")

    def clean(self) -> None:
        """Refuse what contradicts itself.

        Raises:
            ValidationError: with everything that is wrong, by field.
        """
        super().clean()
        errors = {name: texts for name, texts in self._errors().items() if texts}
        if errors:
            raise ValidationError(errors)

    def _errors(self) -> dict[str, list[StrOrPromise]]:
        errors: dict[str, list[StrOrPromise]] = defaultdict(list)
        errors["rounds"] += round_messages(problems(self.deadline_kind, self.all_rounds))
        if self.amount_from and self.amount_to and self.amount_to < self.amount_from:
            errors["amount_to"].append(_("The highest amount cannot be below the lowest."))
        if self.share and self.own_share and self.share + self.own_share > 100:
            errors["own_share"].append(
                _("Share and own contribution are more than 100 percent together.")
            )
        if self.source_url and not is_public_address(self.source_url):
            errors["source_url"].append(
                _("This address does not lead into the public internet. Please check it.")
            )
        return errors

    @property
    def head_kind(self) -> StrOrPromise:
        """A programme is often named like the idea behind it."""
        return _("Funding")

    @property
    def amount(self) -> str:
        """How much one gets, in words; empty where it is not known."""
        lowest, highest = (
            number_format(n, force_grouping=True) if n else ""
            for n in (self.amount_from, self.amount_to)
        )
        if lowest and lowest == highest:
            return _("%(amount)s euro") % {"amount": lowest}
        if lowest and highest:
            return _("%(lowest)s to %(highest)s euro") % {"lowest": lowest, "highest": highest}
        if highest:
            return _("up to %(highest)s euro") % {"highest": highest}
        return _("from %(lowest)s euro") % {"lowest": lowest} if lowest else ""

    @property
    def things_to_prepare(self) -> list[str]:
        """What to have ready, one each."""
        return [line.strip() for line in self.to_prepare.splitlines() if line.strip()]

    @property
    def delisted_at(self) -> datetime | None:
        """The first moment at which lists leave it out, in UTC; ``None`` without an end.

        It is over, no longer valid, or unchecked for too long (F27: quality assurance).
        """
        last_days = (self.expires_on, self.check_again_on and self.check_again_on + GRACE)
        ends = [over_from(self.deadline_kind, self.all_rounds)]
        ends += [end_of(day) for day in last_days if day]
        return min((end.astimezone(UTC) for end in ends if end), default=None)

    def as_programme(self, now: datetime) -> Programme:
        """What is compared with whoever asks."""
        return replace(super().as_programme(now), is_overdue=self.check_is_overdue)

    @property
    def is_listed(self) -> bool:
        """Whether lists still show it."""
        return self.delisted_at is None or timezone.now() < self.delisted_at

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what others have done with the money, and whether it fits whoever asks."""
        context = super().get_context(request, *args, **kwargs)
        named = {NAMED_FACET: [str(self.translation_key)]}
        known, now = asked(request), timezone.now()
        if known.profile.who or known.profile.spot:
            context["fit"] = fit(known.profile, self.as_programme(now), directory(), now)
        finder = (self.get_parent().get_url(request) or "") if self.get_parent() else ""
        kept = replace(known, shortlist=known.shortlist.with_added(self.pk))
        return context | {
            "cases": latest(request, facets=named, limit=6),
            "asked": known,
            "finder_url": known.beside(finder),
            "keep_url": kept.beside(finder),
            "shortlist_url": known.beside(finder, **SHORTLIST_VIEW),
            "is_kept": self.pk in known.shortlist,
            **self._local_context(request),
        }

    def _local_context(self, request: HttpRequest) -> dict[str, object]:
        """What houses add to it, and its local variants; only a national programme has any."""
        language = locales()[self.locale_id].language_code
        house = chosen_house(request)
        own = house.region.pk if house else asked(request).where.region_id
        return {
            "additions": shown_additions(self, request, own),
            "variants": variants_of(str(self.translation_key), language),
        }

    @property
    def as_of(self) -> date | None:
        """The day as of which it was right: checked, else published."""
        published = self.last_published_at and timezone.localdate(self.last_published_at)
        return self.checked_on or published or None

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The page, or its deadlines as a calendar (``?format=ics``)."""
        if request.GET.get("format") == calendars.FORMAT:
            return calendars.response(request, [self], self.title)
        return super().serve(request, *args, **kwargs)
