"""``/foerderung/``: what fits us, here, now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.delivery import icalendar
from cms.models import BasePage
from cms.text import fold
from funding import calendars
from funding.asked import Asked, asked
from funding.choices import AREA_FACET, FITS_FACET, LISTED_FACET, WHO_FACET
from funding.fit import Fit, Profile, fit
from funding.models.additions import AddedBy, added_to
from funding.models.programmes import FundingPage
from funding.models.variants import replaced_at, replaced_in
from funding.months import DEADLINES_VIEW, asks_for_deadlines, by_month
from funding.places import KEY_PARAMETER, directory
from funding.shortlist import SHORTLIST_VIEW, asks_for_shortlist
from regions.finder.contacts import house_to_ask
from regions.finder.geocoding import ResolvedPlace
from regions.finder.houses import House
from regions.models import RegionalListPage
from search.engines.base import Preference
from search.places import PLACE_PARAMETER
from search.presets import Preset
from search.query import Query
from search.registry import TOPIC_FACET
from search.results.feeds import FeedLink, feed_url
from search.results.run import hits, run
from search.results.types import Hit, Results

#: A variant that these leave out stands for nothing.
_FILTERS_OF_VARIANTS = (WHO_FACET, TOPIC_FACET, "foerderart", "ebene")
#: So many programmes at most stand in a calendar.
_MOST_IN_CALENDAR = 200


@dataclass(frozen=True)
class FittedHit:
    """A hit with the reasons why it fits, or what is open.

    Args:
        hit: as the list found it; its address still knows who asks.
        fit: the reasons.
        is_kept: whether it is on the shortlist.
        toggle_url: the same list with it on the shortlist, or without; empty if that is full.
        additions: the houses that add something to it.
    """

    hit: Hit
    fit: Fit
    is_kept: bool = False
    toggle_url: str = ""
    additions: tuple[AddedBy, ...] = ()


@dataclass(frozen=True)
class ComparedProgramme:
    """A programme on the shortlist, beside others."""

    page: FundingPage
    url: str
    fit: Fit
    remove_url: str


@dataclass(frozen=True)
class PlaceChoice:
    """One of several districts that a postal code or a name can mean."""

    place: ResolvedPlace
    url: str


class FundingIndexPage(RegionalListPage):
    """All programmes that are open, or those of the house it stands in.

    Three questions are enough for an answer: who are you, where, what for.
    """

    template = "pages/funding_index_page.html"
    shortlist_template = "pages/funding_shortlist.html"
    deadlines_template = "pages/funding_deadlines.html"
    page_description = _("Lists funding programmes: all, or those of the house it stands in.")
    parent_page_types = ["home.HomePage", "regions.HousePage"]
    subpage_types = ["funding.FundingPage", "funding.FundingAdditionPage"]
    share_image = "finanzielle-unterstuetzung"

    preset = Preset(
        types=("foerderung",),
        facets=(WHO_FACET, TOPIC_FACET, "frist", "foerderart", "ebene"),
        shown_date="frist",
        default_sort="datum",
    )

    class Meta:
        verbose_name = _("List of funding programmes")
        verbose_name_plural = _("Lists of funding programmes")

    def get_preset(self, request: HttpRequest | None = None) -> Preset:
        """The preset for whoever asks: what fits for sure, and what is local, comes first.

        Of words that were typed, those say what comes first. What does not apply where they are
        is left out; links keep the place and the shortlist.
        """
        preset, known = super().get_preset(request), asked(request)
        filters = request.GET if request else QueryDict()
        preset = replace(preset, hidden=self._replaced(known, filters))
        fixed, wishes = {**preset.fixed}, []
        if known.who:
            wishes.append(Preference(FITS_FACET, (known.who,)))
        if spot := known.where.spot:
            fixed[AREA_FACET] = spot.keys
            wishes.append(Preference(AREA_FACET, tuple(spot.local_keys)))
        if request and request.GET.get("q", "").strip():
            wishes = []
        return replace(preset, fixed=fixed, preferences=tuple(wishes), parameters=known.kept)

    def preset_facets(self) -> dict[str, list[str]]:
        """Those of the house it stands in, and the national ones that the house adds to."""
        return {LISTED_FACET: [str(self.region.pk)]} if self.region else {}

    def _replaced(self, known: Asked, filters: QueryDict) -> dict[str, tuple[str, ...]]:
        """What an open local variant takes the place of, for whoever asks and in this house."""
        spot = known.where.spot
        selected = {name: filters.getlist(name) for name in _FILTERS_OF_VARIANTS if name in filters}
        if self.region:
            return replaced_in(self.region.pk, self._language, spot, selected)
        return replaced_at([spot], self._language, selected) if spot else {}

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The list, one of the feeds of every list, its deadlines, or the shortlist."""
        wants_calendar = request.GET.get("format") == calendars.FORMAT
        if asks_for_shortlist(request.GET):
            pages = kept_programmes(asked(request).shortlist.ids)
            if wants_calendar:
                return calendars.response(request, pages, str(_("My shortlist of funding")))
            context = self.get_shortlist_context(request, pages)
            return TemplateResponse(request, self.shortlist_template, context)
        if request.GET.get("format"):
            _refuse_unclear_place(request)
        if wants_calendar:
            return calendars.response(request, self._with_next_deadlines(request), self.title)
        if asks_for_deadlines(request.GET):
            context = self.get_deadlines_context(request)
            return TemplateResponse(request, self.deadlines_template, context)
        return super().serve(request, *args, **kwargs)

    def _with_next_deadlines(self, request: HttpRequest) -> list[FundingPage]:
        """The programmes of the list that have deadlines, soonest first."""
        query = replace(self._query(request, _MOST_IN_CALENDAR), page=1, sort="termin")
        found = (hit.page for hit in hits(query, request))
        return [page for page in found if isinstance(page, FundingPage) and page.all_rounds]

    def _query(self, request: HttpRequest, page_size: int = Preset.page_size) -> Query:
        preset = replace(self.get_preset(request), page_size=page_size)
        return Query.from_params(request.GET, preset, self._language, self.get_url(request) or "")

    @property
    def _language(self) -> str:
        return get_language() or self.locale.language_code

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add the three questions, the reasons of each hit, the shortlist, and the calendar."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        query, results, known = context["query"], context["results"], asked(request)
        context["results"] = without_place(results, known)
        context["where"] = known.where
        context["who"] = known.who
        context["shown_hits"] = fitted(results.hits, known, query)
        context["hit_template"] = "components/funding_hit.html"
        context["questions"] = {facet.name: facet for facet in results.facets}
        context["place_choices"] = _place_choices(query, known)
        context["feeds"] = [*context["feeds"], _calendar_link(query, context["feeds"][0].name)]
        context["house_of_place"] = self._house_of_place(request)
        context["elsewhere"] = self._elsewhere(request, query, results)
        context["shortlist"] = known.shortlist
        context["shortlist_url"] = _shortlist_url(query, known)
        context["deadlines_url"] = _view_url(query, known, DEADLINES_VIEW)
        context["noindex"] = context["noindex"] or bool(known.kept or known.where.typed)
        return context

    def get_shortlist_context(
        self, request: HttpRequest, pages: Sequence[FundingPage]
    ) -> dict[str, object]:
        """What the comparison shows: programmes that were removed are counted, not shown."""
        query, known = replace(self._query(request), page=1), asked(request)
        # Not that of a list, which would ask for its hits.
        context: dict[str, object] = BasePage.get_context(self, request)
        context["programmes"] = compared(pages, known, query)
        context["house_of_place"] = self._house_of_place(request)
        context["gone"] = len(known.shortlist) - len(pages)
        context["list_url"] = query.url()
        context["own_address"] = _shortlist_url(query, known)
        context["share_url"] = request.build_absolute_uri(_shortlist_url(query, known))
        context["calendar_url"] = f"{_shortlist_url(query, known)}&format={calendars.FORMAT}"
        context["has_deadlines"] = any(page.all_rounds and not page.is_over for page in pages)
        context["noindex"] = True
        return context

    def get_deadlines_context(self, request: HttpRequest) -> dict[str, object]:
        """What the deadlines by month show: those of the same search as the list."""
        query, known = replace(self._query(request), page=1), asked(request)
        context: dict[str, object] = BasePage.get_context(self, request)
        context["house_of_place"] = self._house_of_place(request)
        context["months"] = by_month(
            self._with_next_deadlines(request),
            timezone.now(),
            lambda page: known.beside(page.get_url(request) or ""),
        )
        context["list_url"] = query.url()
        context["own_address"] = _view_url(query, known, DEADLINES_VIEW)
        context["calendar_url"] = feed_url(query, calendars.FORMAT)
        context["noindex"] = True
        return context

    def _house_of_place(self, request: HttpRequest) -> House | None:
        """Who helps in the place that was named, in a list of the nation (F2: a human contact)."""
        return house_to_ask(None if self.region else asked(request).where.region_id, request)

    def _elsewhere(
        self, request: HttpRequest, query: Query, results: Results
    ) -> tuple[str, int] | None:
        """Where nothing fits the place: the address of the same without it, and how many it has."""
        known = asked(request)
        if results.total or known.where.spot is None:
            return None
        parameters = known.without_place(query.text).kept
        preset = replace(super().get_preset(request), parameters=parameters)
        without = replace(query, preset=preset)
        count = run(without, request).total
        return (without.url(), count) if count else None


def _refuse_unclear_place(request: HttpRequest) -> None:
    """Programs that ask for a place that is none do not get what applies everywhere.

    Raises:
        Http404: the place is unknown, or several are called so.
    """
    named = any(request.GET.get(name, "").strip() for name in (PLACE_PARAMETER, KEY_PARAMETER))
    if named and asked(request).where.spot is None:
        raise Http404


def kept_programmes(ids: Iterable[int]) -> list[FundingPage]:
    """The public programmes among ``ids``, in that order; one query."""
    ids = list(ids)
    found = FundingPage.objects.live().in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def without_place(results: Results, known: Asked) -> Results:
    """The results without saying that no page has the place: it was understood as a place."""
    if known.where.spot is None:
        return results
    names = fold(f"{known.where.name} {known.where.typed}").split()
    unmatched = tuple(word for word in results.notes.unmatched if fold(word) not in names)
    return replace(results, notes=replace(results.notes, unmatched=unmatched))


def fitted(found: Sequence[Hit], known: Asked, query: Query) -> list[FittedHit]:
    """The hits with their reasons; asks the database nothing."""
    return [
        FittedHit(
            # The reasons say the deadline, too, and how much time is left.
            replace(hit, url=known.beside(hit.url), next_date=None),
            _fit(known.profile, hit.page),
            hit.page.pk in known.shortlist,
            _toggle_url(query, known, hit.page.pk),
            _additions(hit.page, known),
        )
        for hit in found
        if isinstance(hit.page, FundingPage)
    ]


def _additions(page: FundingPage, known: Asked) -> tuple[AddedBy, ...]:
    """The houses that add something, each once, that of the place first."""
    own = known.where.region_id
    houses = {added.region_id: added for added in added_to(page)}.values()
    return tuple(sorted(houses, key=lambda added: added.region_id != own))


def compared(pages: Sequence[FundingPage], known: Asked, query: Query) -> list[ComparedProgramme]:
    """The programmes with their reasons, and the comparison without each of them."""
    return [
        ComparedProgramme(
            page,
            known.beside(page.get_url() or ""),
            _fit(known.profile, page),
            _shortlist_url(query, replace(known, shortlist=known.shortlist.toggled(page.pk))),
        )
        for page in pages
    ]


def _fit(profile: Profile, page: FundingPage) -> Fit:
    now = timezone.now()
    return fit(profile, page.as_programme(now), directory(), now)


def _with_parameters(query: Query, parameters: dict[str, str]) -> str:
    return replace(query, preset=replace(query.preset, parameters=parameters)).url()


def _toggle_url(query: Query, known: Asked, pk: int) -> str:
    if known.shortlist.is_full and pk not in known.shortlist:
        return ""
    changed = replace(known, shortlist=known.shortlist.toggled(pk))
    return _with_parameters(query, changed.kept)


def _shortlist_url(query: Query, known: Asked) -> str:
    return _view_url(query, known, SHORTLIST_VIEW)


def _view_url(query: Query, known: Asked, view: dict[str, str]) -> str:
    return _with_parameters(replace(query, page=1), {**known.kept, **view})


def _place_choices(query: Query, known: Asked) -> list[PlaceChoice]:
    """The districts that the words for a place can mean, each with the address of its list."""
    choices = []
    for place in known.where.choices:
        place_parameters = {PLACE_PARAMETER: known.where.typed, KEY_PARAMETER: place.kreis.code}
        parameters = {**place_parameters, **known.shortlist.parameters}
        choices.append(PlaceChoice(place, _with_parameters(query, parameters)))
    return choices


def _calendar_link(query: Query, name: str) -> FeedLink:
    return FeedLink(
        label=calendars.FORMAT.upper(),
        content_type=icalendar.CONTENT_TYPE.partition(";")[0],
        url=feed_url(query, calendars.FORMAT),
        title=str(_("Deadlines for your calendar (ICS)")),
        about=str(_("Open the file in your calendar; it reminds you a week before.")),
        name=name,
    )
