"""The published houses as finder, map and links show them."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from cms.contact import Contact
from cms.languages import localized
from cms.models import SiteSettings
from regions.finder.geocoding import ResolvedPlace
from regions.models import HousePage, Region
from search.engines.nearness import kilometres_between


@dataclass(frozen=True)
class House:
    """A house as map and finder show it.

    Args:
        region: the region it stands for.
        title: title of its page.
        url: address of its page.
        contact: whom to call there; the national desk if the house names nobody.
        page: its page.
        url_path: that of its page, above those of its lists.
        language: of its pages, where it is not the reader's.
    """

    region: Region
    title: str
    url: str
    contact: Contact
    page: HousePage
    url_path: str = ""
    language: str = ""


@dataclass(frozen=True)
class NearHouse:
    """A house of another region.

    Args:
        house: the house.
        kilometres: as the crow flies, to the middle of its region.
    """

    house: House
    kilometres: int


class Houses:
    """The published houses of active regions, read once.

    Args:
        request: the current request.
        language: language of the pages; a house that lacks it is shown in German.
    """

    def __init__(self, request: HttpRequest | None, language: str) -> None:
        self.request = request
        self.language = language

    @cached_property
    def all(self) -> list[House]:
        """The houses of all active regions, in the order of their names."""
        return [self._house(page) for page in self._pages()]

    @cached_property
    def national_contact(self) -> Contact:
        """The contact of the national desk, for places without a house."""
        return SiteSettings.load(request_or_site=self.request).contact

    def serving(self, place: ResolvedPlace) -> House | None:
        """The house that serves a place, if it has one."""
        return next((house for house in self.all if house.region.pk == place.region_id), None)

    def nearest_to(self, place: ResolvedPlace) -> "NearHouse | None":
        """The house nearest to a place, for one that none serves; ``None`` if there is none."""
        near = (
            NearHouse(
                house,
                round(kilometres_between(place.lat, place.lon, house.region.lat, house.region.lon)),
            )
            for house in self.all
        )
        return min(near, key=lambda found: found.kilometres, default=None)

    def _pages(self) -> list[HousePage]:
        languages = {self.language, "de"}
        pages = (
            HousePage.objects.live()
            .filter(region_record__archived_on=None, locale__language_code__in=languages)
            .select_related("region_record", "locale")
        )
        # German first, so that a translation takes its place.
        in_order = sorted(pages, key=lambda page: page.locale.language_code == self.language)
        chosen = {page.region_record_id: page for page in in_order}
        return sorted(chosen.values(), key=lambda page: page.region_record.name)

    def _house(self, page: HousePage) -> House:
        url = page.get_url(self.request) or ""
        own = page.as_contact(page.title, url) if page.contact_email else None
        contact = own or self.national_contact
        title, language = localized(page.title, page.written_in)
        return House(page.region_record, title, url, contact, page, page.url_path, language)
