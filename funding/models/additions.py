"""What a house adds to a national programme, without copying it: how it went there, what applies.

An addition is a page of the house, so it is reviewed, logged, exported and deleted as all its
pages are. Visitors read it with the programme; its own page leads there.
"""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField

from cms.contact import Contact
from cms.delivery.content_version import cached
from cms.models import BasePage, FreshnessMixin
from funding.forms import AdditionForm
from regions.access import HOUSE_DEPTH, regions_of
from regions.finder.selected_region import known_houses


class FundingAdditionPage(FreshnessMixin, BasePage):
    """Experience and local conditions of a house with a programme of the nation.

    The contact is that of the house (F2: every offer names a human contact).
    """

    programme = models.ForeignKey(
        "funding.FundingPage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="additions",
        verbose_name=_("programme"),
        help_text=_("The national programme that you know something about."),
    )
    experience = models.TextField(
        _("how it went here"),
        blank=True,
        help_text=_("Who applied for what, how long it took, what you would do again."),
    )
    local_conditions = models.TextField(
        _("what applies here"),
        blank=True,
        help_text=_("One a line, for example: the district pays the own contribution."),
    )
    seen_revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("version of the programme that the house has read"),
    )

    base_form_class = AdditionForm
    template = "pages/funding_addition_page.html"
    page_description = _("What your house knows about a national programme, shown with it.")
    parent_page_types = ["funding.FundingIndexPage"]
    subpage_types: list[str] = []
    share_image = "finanzielle-unterstuetzung"
    exclude_fields_in_copy = ["seen_revision"]
    shown_with = ("programme",)

    content_panels = [
        PageChooserPanel("programme", "funding.FundingPage"),
        *BasePage.content_panels,
        FieldPanel("experience"),
        FieldPanel("local_conditions"),
        FreshnessMixin.freshness_panel,
    ]
    override_translatable_fields = [SynchronizedField("programme", overridable=False)]

    class Meta:
        verbose_name = _("Addition to a programme")
        verbose_name_plural = _("Additions to programmes")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only a house adds something; the desk writes the programme itself."""
        return super().can_create_at(parent) and parent.depth > HOUSE_DEPTH

    def with_content_json(self, content: dict[str, object]) -> "FundingAdditionPage":
        """A version of the page; what the house has read of the programme is in none of them."""
        version = cast("FundingAdditionPage", super().with_content_json(content))
        version.seen_revision_id = self.seen_revision_id
        return version

    @property
    def head_kind(self) -> StrOrPromise:
        """The programme, which the title need not name."""
        return self.programme.title if self.programme else ""

    @property
    def conditions(self) -> list[str]:
        """What applies here, one each."""
        return [line.strip() for line in self.local_conditions.splitlines() if line.strip()]

    @property
    def as_of(self) -> date | None:
        """The day as of which it was right: published, or found right since."""
        published = self.last_published_at and timezone.localdate(self.last_published_at)
        return max((day for day in (published, self.checked_on) if day), default=None)

    @property
    def needs_check(self) -> bool:
        """Whether the programme says something else than when the house last read it."""
        programme = self.programme
        return bool(
            programme
            and programme.live
            and programme.live_revision_id
            and programme.locale_id == self.locale_id
            and programme.live_revision_id != self.seen_revision_id
        )

    @property
    def words(self) -> str:
        """Everything that it says, by which the programme is found."""
        return " ".join((self.title, self.summary, self.experience, *self.conditions))


@dataclass(frozen=True)
class AddedBy:
    """Which house adds to a programme.

    Args:
        pk: of the addition.
        region_id: of the house.
        region_name: what its region is called.
        region_slug: short name of that.
    """

    pk: int
    region_id: int
    region_name: str
    region_slug: str


@dataclass(frozen=True)
class ShownAddition:
    """An addition beside its programme.

    Args:
        page: the addition.
        region_name: whose it is.
        contact: whom to ask there; ``None`` where the house is closed.
        house_url: address of the house.
        is_own: whether the visitor has chosen the house, or asked for a place that it serves.
    """

    page: FundingAdditionPage
    region_name: str
    contact: Contact | None
    house_url: str
    is_own: bool


def public_additions() -> Q:
    """What of all additions visitors see at this moment."""
    valid = Q(expires_on=None) | Q(expires_on__gte=timezone.localdate())
    return Q(live=True, alias_of=None) & valid


def houses_that_add() -> dict[tuple[UUID, int], tuple[AddedBy, ...]]:
    """Public additions by translation key of the programme and language, by name of the region.

    Remembered until something changes.
    """
    return cached(("funding.additions", timezone.localdate()), _load)


def _load() -> dict[tuple[UUID, int], tuple[AddedBy, ...]]:
    pages = FundingAdditionPage.objects.filter(public_additions(), programme__isnull=False)
    pages = pages.select_related("programme").only(
        "path", "depth", "locale", "programme__translation_key"
    )
    found: dict[tuple[UUID, int], list[AddedBy]] = {}
    regions = regions_of(list(pages))
    for page in pages:
        if page.programme and (region := regions.get(page.pk)):
            entry = AddedBy(page.pk, region.pk, region.name, region.slug)
            found.setdefault((page.programme.translation_key, page.locale_id), []).append(entry)
    return {key: tuple(sorted(named, key=lambda a: a.region_name)) for key, named in found.items()}


def added_to(programme: Page) -> tuple[AddedBy, ...]:
    """Which houses add to a programme, in its language."""
    return houses_that_add().get((programme.translation_key, programme.locale_id), ())


def shown_additions(
    programme: Page, request: HttpRequest | None, own: int | None = None
) -> list[ShownAddition]:
    """The additions to a programme, that of the own house first; at most one query.

    Args:
        programme: what is shown.
        request: the current request.
        own: the region whose house comes first.
    """
    added = added_to(programme)
    if not added:
        return []
    pages = FundingAdditionPage.objects.select_related("programme").in_bulk(
        [entry.pk for entry in added]
    )
    houses = known_houses(request, get_language() or "de")
    shown = []
    for entry in sorted(added, key=lambda a: a.region_id != own):
        if page := pages.get(entry.pk):
            house = houses.get(entry.region_slug)
            contact, url = (house.contact, house.url) if house else (None, "")
            is_own = entry.region_id == own
            shown.append(ShownAddition(page, entry.region_name, contact, url, is_own))
    return shown
