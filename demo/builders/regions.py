"""Builders of regions, their houses, and what people send to them."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from cms.models import Kreis, User
from cms.text import slugify
from demo.builders.base import add_list, builds
from regions.models import (
    Enquiry,
    HouseIndexPage,
    HousePage,
    Invitation,
    Region,
    RegionKreis,
    Role,
)
from regions.models.enquiry import Status
from regions.provisioning.create import provision


def build_region(
    name: str = "Kreis Steinfurt", slug: str = "", kreise: Iterable[str] = (), **fields: object
) -> Region:
    """A provisioned region.

    Args:
        name: its name.
        slug: for addresses; from the name if left out.
        kreise: official keys of the districts it serves.
        fields: further fields.
    """
    slug = slug or slugify(name)
    defaults = {
        "name": name,
        "land": "Nordrhein-Westfalen",
        "lat": 52.28,
        "lon": 7.43,
        "notification_email": f"{slug}@example.org",
    }
    region, _ = Region.objects.get_or_create(slug=slug, defaults={**defaults, **fields})
    for code in kreise:
        RegionKreis.objects.get_or_create(region=region, kreis=Kreis.objects.get(code=code))
    provision(region)
    return region


def house_of_region(region: Region) -> HousePage:
    """The German house page of a region."""
    return HousePage.objects.get(region_record=region, locale__language_code="de")


@builds(HouseIndexPage)
def build_house_index(
    parent: Page | None = None, user: User | None = None, **fields: object
) -> HouseIndexPage:
    """The list of houses; the German one exists already and is given back."""
    return add_list(HouseIndexPage, "Häuser", "haeuser", parent, user, fields)


@builds(HousePage)
def build_house(
    parent: Page | None = None, user: User | None = None, **fields: object
) -> HousePage:
    """The house page of a region of its own."""
    number = Region.objects.count() + 1
    region = build_region(f"Demoregion {number}", f"demoregion-{number}")
    house = house_of_region(region)
    for name, value in fields.items():
        setattr(house, name, value)
    house.save_revision(user=user)
    return house


def build_enquiry(
    region: Region | None = None, owner: User | None = None, **fields: Any
) -> Enquiry:
    """An enquiry with the history its state implies; nobody gets a mail.

    Args:
        region: the house it went to; ``None`` for the national desk.
        owner: who looks after it.
        fields: further fields; ``note`` and ``answer`` are what the house wrote.
    """
    steps = [(kind, fields.pop(kind, "")) for kind in ("note", "answer")]
    defaults = {
        "name": "Mirko Feldhaus",
        "organisation": "Turnverein Ochtrup-Nord (Demonstration)",
        "side": "zo",
        "email": "mirko.feldhaus@example.org",
        "message": "Wir suchen einen Betrieb, der Jugendliche begleitet.",
    }
    enquiry = Enquiry(region=region, owner=owner, **{**defaults, **fields})
    if enquiry.status == Status.CLOSED and enquiry.closed_at is None:
        enquiry.closed_at = enquiry.created_at
    enquiry.consent_at = enquiry.created_at
    enquiry.save()
    moments = {"region": region, "created_at": enquiry.created_at}
    enquiry.events.create(kind="received", **moments)
    if owner:
        enquiry.events.create(kind="taken", user=owner, **moments)
    for kind, text in steps:
        if text:
            enquiry.events.create(kind=kind, user=owner, note=text, **moments)
    if enquiry.status in (Status.ANSWERED, Status.CLOSED):
        enquiry.events.create(kind="status", user=owner, status=enquiry.status, **moments)
    return enquiry


def build_invitation(region: Region, invited_by: User, **fields: object) -> Invitation:
    """An open invitation into a house; nobody gets a mail."""
    defaults = {
        "email": "neu@example.org",
        "first_name": "Nele",
        "last_name": "Neumann",
        "role": Role.EDITOR,
    }
    return region.invitations.create(invited_by=invited_by, **{**defaults, **fields})
