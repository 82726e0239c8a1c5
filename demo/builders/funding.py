"""Builders of lists of programmes and programmes, and the programmes of the demo."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.models import User
from cms.text import slugify
from demo import content, review
from demo.builders.base import add_draft, add_list, adds_to_demo, builds, text_body
from demo.builders.regions import build_region, house_of_region
from demo.content import Record
from funding.choices import Applicant, FunderLevel, Kind
from funding.models import FundingAdditionPage, FundingIndexPage, FundingPage
from regions.access import region_of
from regions.models import Region

TO_BE_CHECKED = (
    "Angaben nach einer öffentlichen Seite, in dieser Demonstration nicht weiter geprüft: "
    "bitte beim Fördergeber prüfen."
)
SOURCE = '<p>Eingetragen nach dem, was auf <a href="%s">dieser öffentlichen Seite</a> steht.</p>'
PLAIN_FIELDS = (
    *("title", "slug", "summary", "funder", "level", "kind", "is_monetary", "area"),
    *("amount_from", "amount_to", "share", "own_share", "minimum_age", "not_begun", "de_minimis"),
    *("rural_only", "further_conditions", "to_prepare", "deadline_kind", "source_url", "topics"),
)
ADDITION_FIELDS = ("title", "slug", "summary", "experience", "local_conditions")


@builds(FundingIndexPage)
def build_funding_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> FundingIndexPage:
    """A list of programmes; an existing one is given back."""
    return add_list(FundingIndexPage, "Förderung", "foerderung", parent, user, fields)


@builds(FundingPage)
def build_funding(
    parent: Page | None = None,
    user: User | None = None,
    *,
    roles: dict[str, str] | None = None,
    rounds: Sequence[tuple[datetime.date | None, datetime.date]] = (),
    **fields: Any,
) -> FundingPage:
    """A programme that is open in the whole country.

    Args:
        parent: above it; the national list by default.
        user: who writes it.
        roles: role by kind of applicant.
        rounds: first and last day of each round.
        fields: further fields; ``topics`` are keys, ``last_hour`` is that of each last day.
    """
    terms = {"topics": fields.pop("topics", [])}
    defaults = {
        "title": "Gemeinsam anpacken (Demonstration)",
        "summary": "Zuschüsse für Vorhaben, die Verein und Betrieb zusammen beginnen.",
        "illustration": "finanzielle-unterstuetzung",
        "funder": "Stiftung Gemeinsam (Demonstration)",
        "level": FunderLevel.FOUNDATION,
        "kind": Kind.GRANT,
        "area": "Bund",
        "deadline_kind": "dauerhaft",
        "body": text_body("<p>Werkzeug, Material und Honorare für gemeinsame Vorhaben.</p>"),
    }
    given: dict[str, str] = {Applicant.ASSOCIATION: "allein"} if roles is None else roles
    named = {FundingPage.ROLE_FIELDS[Applicant(who)]: role for who, role in given.items()}
    last_hour = fields.pop("last_hour", None)
    blocks = [
        ("round", {"opens_on": first, "closes_on": last, "closes_at": last_hour})
        for first, last in rounds
    ]
    page = FundingPage(**{**defaults, **named, "rounds": blocks, **fields})
    return add_draft(parent or build_funding_index(), page, user, terms)


@builds(FundingAdditionPage)
def build_addition(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> FundingAdditionPage:
    """What a house adds to a national programme.

    Args:
        parent: the list of a house; by default that of the first region, which is made if need be.
        user: who writes it.
        fields: further fields.
    """
    if parent is None:
        region = Region.objects.order_by("pk").first() or build_region()
        parent = build_funding_index(house_of_region(region))
    defaults = {
        "title": "So lief der Antrag bei uns (Demonstration)",
        "summary": "Zwei Vereine haben es beantragt. Wir haben beim Formular geholfen.",
        "experience": "Der Antrag war an einem Abend geschrieben, die Zusage kam nach acht Wochen.",
        "local_conditions": "Der Kreis übernimmt den Eigenanteil",
    }
    if "programme" not in fields:
        national = FundingPage.objects.child_of(build_funding_index())
        known = national.order_by("-live", "path").first()
        fields["programme"] = known or build_funding(user=user)
    page = FundingAdditionPage(**{**defaults, **fields})
    page.slug = page.slug or f"ergaenzung-{slugify(page.title)}"
    return add_draft(parent, page, user)


@adds_to_demo
def add_funding(parent: Page, author: User) -> None:
    """National programmes below the home page, those of its region below a house."""
    region = region_of(parent)
    index = build_funding_index(parent)
    records = content.load(f"houses/{region.slug}" if region else "funding")
    national = FundingPage.objects.child_of(build_funding_index())
    for record in records.get("funding", []):
        varies = national.get(slug=record["varies"]) if "varies" in record else None
        _bring_to_state(_programme(index, author, record, varies), author, record)
    for record in records.get("additions", []):
        programme = national.get(slug=record["programme"])
        fields = content.pick(record, *ADDITION_FIELDS)
        page = build_addition(index, author, programme=programme, **fields)
        _bring_to_state(page, author, record)


def _programme(
    index: Page, author: User, record: Record, varies: FundingPage | None
) -> FundingPage:
    today = timezone.localdate()
    last_days = [
        *record.get("rounds", []),
        *(today + datetime.timedelta(days=days) for days in record.get("closes_in_days", [])),
    ]
    source = record.get("source_page", "")
    written = record.get("body", "") + (SOURCE % source if source else "")
    note = {"note": TO_BE_CHECKED} if source else {}
    return build_funding(
        index,
        author,
        roles=record.get("roles", {}),
        rounds=[(None, day) for day in last_days],
        steps=[("step", step) for step in record.get("steps", [])],
        body=content.blocks(written),
        varies=varies,
        **note,
        **content.pick(record, *PLAIN_FIELDS),
        **content.freshness(record),
    )


def _bring_to_state(page: FundingPage | FundingAdditionPage, author: User, record: Record) -> None:
    state = record.get("state", "live")
    if state == "live":
        review.publish(page, author)
    elif state != "draft":
        review.submit(page, author)
        if state == "in_national_review":
            review.approve(page)
        elif state == "rejected":
            review.request_changes(page, record["reason"])
