"""How programmes are found: by their text, by who may apply, and by where they apply."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from funding.choices import (
    ADDITION_FACET,
    AREA_FACET,
    FITS_FACET,
    LISTED_FACET,
    PROGRAMME_FACET,
    TOGETHER,
    WHO_FACET,
    Applicant,
    FunderLevel,
    Kind,
)
from funding.fit import fitting_keys, who_keys
from funding.models import FundingAdditionPage, FundingPage
from funding.models.additions import added_to
from funding.models.variants import replaced_near
from funding.places import directory
from regions.access import region_of
from search.dates import NamedDate, Period
from search.facets import fixed_choices
from search.registry import (
    TOPIC_FACET,
    Facet,
    SearchDocument,
    ShownDate,
    Windows,
    register_date,
    register_document,
    register_facet,
    register_replacements,
)

#: The last days of the rounds of a programme.
DEADLINE = NamedDate("frist")
#: Deadlines are asked for within so many days.
SOON_DAYS = (30, 90)


class FundingDocument(SearchDocument[FundingPage]):
    """A programme is found until it is over, by the query: no job takes it out."""

    type_key = "foerderung"
    label = _("Funding programme")
    label_plural = _("Funding")
    shows_fields = True
    shown_date = DEADLINE.name

    def text(self, page: FundingPage) -> str:
        """What is supported and asked for, with the funder and where it applies."""
        parts: list[object] = [
            page.funder,
            page.get_kind_display(),
            page.body,
            page.steps,
            page.to_prepare,
            page.further_conditions,
            page.area_in_words,
            *(addition.words for addition in _additions(page)),
        ]
        return " ".join(self.plain(part) for part in parts)

    def facets(self, page: FundingPage) -> dict[str, Iterable[str]]:
        """For whom, what for, what, by whom; and where, in keys that lists look up by place."""
        return {
            WHO_FACET: who_keys(page.roles),
            FITS_FACET: fitting_keys(page.roles),
            TOPIC_FACET: [term.key for term in page.topics.all()],
            "foerderart": [page.kind],
            "ebene": [page.level],
            AREA_FACET: page.parsed_area.area.keys(directory()),
            PROGRAMME_FACET: [str(page.translation_key)],
            ADDITION_FACET: [str(added.pk) for added in added_to(page)],
            LISTED_FACET: [str(key) for key in _listed_by(page)],
        }

    def date(self, page: FundingPage) -> datetime.date | None:
        """When somebody last found it correct: what is fresh comes first."""
        return page.checked_on or super().date(page)

    def periods(self, page: FundingPage) -> dict[str, Iterable[Period]]:
        """Its rounds, by whose last day it can be sorted and filtered."""
        return {DEADLINE.name: [Period(r.opens_on, r.closes_on) for r in page.all_rounds]}

    def expires_at(self, page: FundingPage) -> datetime.datetime | None:
        """The end of its last round, or of the grace after a check that nobody made."""
        return page.delisted_at


def _additions(page: FundingPage) -> Iterable[FundingAdditionPage]:
    """What houses add to a programme; asks nothing where none does."""
    return FundingAdditionPage.objects.in_bulk([added.pk for added in added_to(page)]).values()


def _listed_by(page: FundingPage) -> set[int]:
    """The regions in whose lists a programme stands."""
    own = region_of(page)
    return {added.region_id for added in added_to(page)} | ({own.pk} if own else set())


def register() -> None:
    """Register the document and the facets of this room."""
    register_document(FundingPage, FundingDocument)
    register_replacements(replaced_near)
    # The cooperation first: it is what nobody else can be asked for.
    together = (TOGETHER, _("Association and company together"))
    who = fixed_choices([together, *Applicant.choices])
    register_facet(Facet(WHO_FACET, _("Who are you?"), choices=who, is_searchable=False))
    register_facet(Facet("foerderart", _("Kind of support"), choices=fixed_choices(Kind.choices)))
    label, soonest_first = _("Deadline"), _("Deadline, soonest first")
    register_date(ShownDate(DEADLINE, label, soonest_first))
    windows = Windows(DEADLINE, SOON_DAYS)
    register_facet(Facet(DEADLINE.name, label, windows=windows, is_searchable=False))
    levels = fixed_choices(FunderLevel.choices)
    register_facet(Facet("ebene", _("Level of the funder"), choices=levels, is_searchable=False))
