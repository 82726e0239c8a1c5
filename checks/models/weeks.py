"""A house invites to fill in a self-check within some days, and sees how many did; nothing else."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from checks.models.pages import SelfCheckPage
from checks.week_panel import TakenPartPanel
from cms.blocks.rich_text import TEXT_FEATURES
from cms.delivery.page_cache import end_answer_at
from cms.models import BasePage
from cms.working_days import LAST_YEAR, midnight

#: Fewer are not told: in a small round one would know who it was. As K of the quarterly tables.
LEAST_TOLD = 5
#: The parameter that goes with the first section.
WEEK = "woche"


def in_a_week() -> datetime.date:
    """The last of seven days that begin today."""
    return timezone.localdate() + datetime.timedelta(days=6)


class CheckWeekPage(BasePage):
    """The invitation of a house: which check, from when until when, with a link and a code."""

    introduction = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    self_check = models.ForeignKey(
        SelfCheckPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("self-check"),
    )
    # A title is enough for a draft: it begins with the week ahead.
    first_day = models.DateField(_("first day of the check week"), default=timezone.localdate)
    last_day = models.DateField(_("last day of the check week"), default=in_a_week)

    template = "pages/check_week_page.html"
    page_description = _("Invites to fill in a self-check within some days.")
    parent_page_types = ["regions.HousePage"]
    subpage_types: list[str] = []
    share_image = "verantwortung"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    details_panels = [
        FieldPanel("self_check"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])], heading=_("When")
        ),
        TakenPartPanel(),
    ]

    class Meta:
        verbose_name = _("Check week")
        verbose_name_plural = _("Check weeks")

    def clean(self) -> None:
        """Refuse a week that ends before it begins, and a year that nobody means."""
        super().clean()
        if self.last_day and self.last_day.year > LAST_YEAR:
            raise ValidationError({"last_day": gettext("Please check the year.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError(
                {"last_day": _("The last day stands before the first one. Please check both.")}
            )

    @property
    def begins_at(self) -> datetime.datetime:
        """The beginning of the first day."""
        return midnight(self.first_day)

    @property
    def ends_at(self) -> datetime.datetime:
        """The end of the last day."""
        return midnight(self.last_day + datetime.timedelta(days=1))

    @property
    def is_on(self) -> bool:
        """Whether one can take part today."""
        return not self.house_is_closed and self.begins_at <= timezone.now() < self.ends_at

    @property
    def house_is_closed(self) -> bool:
        """Whether its house is archived: nobody is there to be counted for."""
        return bool(self.region and self.region.is_archived)

    @property
    def is_over(self) -> bool:
        """Whether the last day is over."""
        return self.ends_at <= timezone.now()

    @cached_property
    def public_check(self) -> SelfCheckPage | None:
        """The check, if it is public."""
        return SelfCheckPage.objects.live().filter(pk=self.self_check_id).first()

    @property
    def short_path(self) -> str:
        """An address that fits on a hand-out and into a small code."""
        return reverse("check_week", args=[self.pk])

    def taken_part(self) -> int | None:
        """How many have begun the check by this invitation; ``None`` for fewer than five."""
        count = CheckWeekCount.objects.filter(page_id=self.pk).first()
        return count.begun if count and count.begun >= LEAST_TOLD else None

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add the short address, for the hand-out, and where the check begins."""
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        if self.pk:
            context["short_url"] = request.build_absolute_uri(self.short_path)
        if self.pk and self.public_check:
            begin = reverse("check_begin", args=[self.public_check.pk, 1])
            context["begin_url"] = f"{begin}?{WEEK}={self.pk}"
        return context

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The invitation; it says something else from its first day on, and after its last."""
        for moment in (self.begins_at, self.ends_at):
            if moment > timezone.now():
                end_answer_at(request, moment)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response


class CheckWeekCount(models.Model):
    """How many have begun a check by an invitation: a number, and nothing of who or when."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    page = models.OneToOneField(CheckWeekPage, on_delete=models.CASCADE, related_name="+")
    begun = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("participants of a check week")
        verbose_name_plural = _("participants of check weeks")
        default_permissions = ()

    def __str__(self) -> str:
        """Says no number: it may reach a log."""
        return f"{self._meta.verbose_name} {self.pk}"
