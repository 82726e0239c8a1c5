"""Where an enquiry goes, and what it is about."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from cms.contact import Contact
from cms.models import SiteSettings
from regions.access import national_editors
from regions.models import HousePage, Region


@dataclass(frozen=True)
class Desk:
    """Somebody who answers: a house, or the national desk where ``region`` is ``None``.

    Args:
        region: the region of the house.
        contact: the human being a visitor can turn to.
        recipients: who is told about a new enquiry.
    """

    region: Region | None
    contact: Contact
    recipients: tuple[str, ...]

    @property
    def form_url(self) -> str:
        """Address of the enquiry form of the house."""
        return enquiry_url(self.region)

    @property
    def thanks_url(self) -> str:
        """Address of the page shown after an enquiry has been sent."""
        if self.region is None:
            return reverse("enquiry_thanks")
        return reverse("house_enquiry_thanks", args=[self.region.slug])


def enquiry_url(region: Region | None, subject: Page | None = None) -> str:
    """The address of the form: of the region's house, or of the national desk.

    Args:
        region: nothing, or one whose house has closed, leads to the national desk.
        subject: a public page the enquiry is about.
    """
    if region is None or region.is_archived:
        address = reverse("national_enquiry")
    else:
        address = reverse("house_enquiry", args=[region.slug])
    return f"{address}?zu={subject.pk}" if subject is not None and subject.pk else address


def national_desk(request: HttpRequest | None = None) -> Desk:
    """The national desk; its editors are told where no address is kept for it."""
    settings = SiteSettings.load(request_or_site=request)
    stated = settings.notification_email or settings.contact_email
    recipients = (stated,) if stated else tuple(national_editors().values_list("email", flat=True))
    return Desk(None, settings.contact, recipients)


def house_desk(region: Region, language: str = "") -> Desk | None:
    """The house of an active region; ``None`` while it is closed or not public."""
    if region.is_archived:
        return None
    pages = HousePage.objects.live().filter(region_record=region).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    house = by_language.get(language or get_language() or "de") or by_language.get("de")
    if house is None:
        return None
    return Desk(region, house.as_contact(house.title, house.url), (region.notification_email,))


def desk_of(region: Region | None, language: str = "") -> Desk:
    """Who answers for ``region``: its house, else the national desk."""
    return (region and house_desk(region, language)) or national_desk()


def desk_in_charge(region: Region | None, language: str = "") -> Desk:
    """Who answers an enquiry that is with ``region`` already.

    That stays the house also while its page is not public: the enquiry stands in its list.
    """
    if region is None or region.is_archived:
        return national_desk()
    if desk := house_desk(region, language):
        return desk
    pages = HousePage.objects.filter(region_record=region, locale__language_code="de")
    if (house := pages.first()) is None:
        return national_desk()
    return Desk(region, house.as_contact(house.title), (region.notification_email,))


def subject_from(value: str) -> Page | None:
    """The public page named by ``?zu=``; nothing for anything else one may type there."""
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        return None
    return Page.objects.live().filter(pk=int(value), depth__gt=1).first()
