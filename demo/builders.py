"""One builder per page type, shared by the demo and the tests.

Each makes a complete draft with one revision; :mod:`demo.review` takes it
through the review. Whatever a caller does not say gets a sensible value.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Locale, Page, Site

from cms.models import BasePage, Kreis, Term, User
from cms.text import slugify
from examples.choices import Direction, Impulse, Money, Side
from examples.models import (
    CooperationFormIndexPage,
    CooperationFormPage,
    ExampleIndexPage,
    ExamplePage,
    ExamplePartner,
)
from examples.models.common import FACET_FIELDS
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage
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
from regions.provisioning.create import provision, provision_nation

SUMMARY = "Ein Verein und ein Betrieb arbeiten zusammen. Beide haben etwas davon."


def national_home() -> HomePage:
    """The German home page with its lists below."""
    provision_nation()
    return Site.objects.get(is_default_site=True).root_page.specific


def build_region(
    name: str = "Kreis Steinfurt", slug: str = "", kreise: Iterable[str] = (), **fields: Any
) -> Region:
    """A provisioned region.

    Args:
        name: its name.
        slug: for addresses; from the name if left out.
        kreise: official keys of the districts it serves.
        fields: further fields.
    """
    national_home()
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


def text_body(html: str) -> list[tuple[str, Any]]:
    """A body of one text block."""
    return [("paragraph", html)]


def ensure_term(vocabulary: str, key: str, name: str = "") -> Term:
    """A term with a German label."""
    term, created = Term.objects.get_or_create(vocabulary=vocabulary, key=key)
    if created:
        term.labels.create(language="de", name=name or key.replace("-", " ").capitalize())
    return term


def _set_terms(page: BasePage, fields: dict[str, Any]) -> None:
    for name, vocabulary in FACET_FIELDS.items():
        if name in fields:
            keys = fields.pop(name)
            setattr(page, name, [ensure_term(vocabulary, key) for key in keys])


def _add(
    parent: Page, page: BasePage, user: User | None, terms: dict[str, list[str]] | None = None
) -> Any:
    page.live = False
    page.slug = page.slug or slugify(page.title)
    page.owner = user
    page.locale = parent.locale if parent.depth > 1 else page.locale
    parent.add_child(instance=page)
    _set_terms(page, dict(terms or {}))
    page.save_revision(user=user, changed=True)
    return Page.objects.get(pk=page.pk).specific


def build_home(language: str = "en", user: User | None = None, **fields: Any) -> HomePage:
    """A home page in a second language, translated from the German one."""
    german = national_home()
    locale = Locale.objects.get(language_code=language)
    existing = HomePage.objects.filter(locale=locale).first()
    if existing:
        return existing
    defaults = {
        "title": "Houses of Cooperation",
        "slug": f"start-{language}",
        "summary": "Associations and companies find each other.",
        "intro": "Associations and companies find each other and work together.",
        "translation_key": german.translation_key,
        "locale": locale,
    }
    page = HomePage(**{**defaults, **fields})
    return _add(german.get_parent(), page, user)


def build_standard(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> StandardPage:
    """Create a standard page below the home page."""
    defaults = {
        "title": "So funktioniert es",
        "summary": "Wie Häuser der Kooperation arbeiten.",
        "body": text_body("<p>Wir bringen Vereine und Betriebe zusammen.</p>"),
    }
    return _add(parent or national_home(), StandardPage(**{**defaults, **fields}), user)


def build_house_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> HouseIndexPage:
    """The list of houses; the German one exists already and is given back."""
    return _build_list(HouseIndexPage, "Häuser", "haeuser", parent, user, fields)


def build_house(parent: Page | None = None, user: User | None = None, **fields: Any) -> HousePage:
    """The house page of a region of its own."""
    number = Region.objects.count() + 1
    region = build_region(f"Demoregion {number}", f"demoregion-{number}")
    house = house_of_region(region)
    for name, value in fields.items():
        setattr(house, name, value)
    house.save_revision(user=user)
    return house


def build_news_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> NewsIndexPage:
    """A list of news; an existing one is given back."""
    return _build_list(NewsIndexPage, "Aktuelles", "aktuelles", parent, user, fields)


def build_example_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> ExampleIndexPage:
    """A list of examples; an existing one is given back."""
    return _build_list(ExampleIndexPage, "Beispiele", "beispiele", parent, user, fields)


def build_form_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> CooperationFormIndexPage:
    """The list of forms of cooperation; an existing one is given back."""
    return _build_list(
        CooperationFormIndexPage, "Kooperationsformen", "kooperationsformen", parent, user, fields
    )


def _build_list(
    model: type[BasePage],
    title: str,
    slug: str,
    parent: Page | None,
    user: User | None,
    fields: dict[str, Any],
) -> Any:
    parent = parent or national_home()
    existing = model.objects.child_of(parent).first()
    if existing:
        return existing
    defaults = {"title": title, "slug": slug, "summary": f"{title} auf einen Blick."}
    return _add(parent, model(**{**defaults, **fields}), user)


def build_news(parent: Page | None = None, user: User | None = None, **fields: Any) -> NewsPage:
    """A piece of news; ``topics`` are keys."""
    terms = {"topics": fields.pop("topics", [])}
    defaults = {
        "title": "Kooperationsfrühstück in Emsdetten",
        "date": datetime.date(2026, 11, 10),
        "summary": SUMMARY,
        "illustration": "nachricht",
        "body": text_body("<p>Vierzig Menschen aus Vereinen und Betrieben kamen.</p>"),
    }
    return _add(parent or build_news_index(), NewsPage(**{**defaults, **fields}), user, terms)


def _cooperation_terms(fields: dict[str, Any]) -> dict[str, list[str]]:
    defaults = {
        "topics": ["ausbildung"],
        "parties": ["verein", "handwerksbetrieb"],
        "procedures": ["patenschaft"],
        "results": ["neue-engagierte"],
    }
    return {name: fields.pop(name, default) for name, default in defaults.items()}


def build_form(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> CooperationFormPage:
    """A form of cooperation; facet fields are lists of keys."""
    terms = _cooperation_terms(fields)
    defaults = {
        "title": "Mentoring",
        "summary": SUMMARY,
        "illustration": "mentoring",
        "how_it_works": "<p>Erfahrene Freiwillige begleiten Jugendliche in der Ausbildung.</p>",
        "benefit_zo": "Ältere bringen ihre Erfahrung ein.",
        "benefit_kmu": "Weniger Auszubildende brechen ab.",
        "direction": Direction.ZO_OFFERS_KMU,
        "next_step": "Rufen Sie das Haus der Kooperation an.",
    }
    return _add(
        parent or build_form_index(), CooperationFormPage(**{**defaults, **fields}), user, terms
    )


def build_example(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> ExamplePage:
    """An example; facet fields are lists of keys, ``partners`` a list of dicts."""
    terms = _cooperation_terms(fields)
    partners = fields.pop(
        "partners",
        [
            {"name": "Sportverein Emsblick (Demonstration)", "side": Side.ZO},
            {"name": "Tischlerei Beispiel (Demonstration)", "side": Side.KMU},
        ],
    )
    defaults = {
        "title": "Ein Tandem in der Werkstatt",
        "summary": SUMMARY,
        "illustration": "mentoring",
        "form": fields.pop("form", None) or CooperationFormPage.objects.first() or build_form(),
        "period_start": datetime.date(2025, 9, 1),
        "course": text_body("<p>Zuerst trafen sich alle an einem Tisch.</p>"),
        "obstacles": "Ein gemeinsamer Termin war schwer zu finden.",
        "outcome": "Die Auszubildende hat ihre Prüfung bestanden.",
        "benefit_zo": "Der Verein gewann einen Trainer.",
        "benefit_kmu": "Der Betrieb behielt seine Auszubildende.",
        "next_step": "Fragen Sie im Verein, wer Zeit für ein Gespräch hat.",
        "money": Money.NON_MONETARY,
        "direction": Direction.MUTUAL,
        "impulse": Impulse.CIVIL,
    }
    page = ExamplePage(**{**defaults, **fields})
    page.partners = [
        ExamplePartner(sort_order=order, **partner) for order, partner in enumerate(partners)
    ]
    return _add(parent or build_example_index(), page, user, terms)


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


def build_invitation(region: Region, invited_by: User, **fields: Any) -> Invitation:
    """An open invitation into a house; nobody gets a mail."""
    defaults = {
        "email": "neu@example.org",
        "first_name": "Nele",
        "last_name": "Neumann",
        "role": Role.EDITOR,
    }
    return region.invitations.create(invited_by=invited_by, **{**defaults, **fields})


#: Every page type and its builder; a test holds this list complete.
BUILDERS: dict[type[BasePage], Callable[..., Any]] = {
    HomePage: build_home,
    StandardPage: build_standard,
    HouseIndexPage: build_house_index,
    HousePage: build_house,
    NewsIndexPage: build_news_index,
    NewsPage: build_news,
    CooperationFormIndexPage: build_form_index,
    CooperationFormPage: build_form,
    ExampleIndexPage: build_example_index,
    ExamplePage: build_example,
}
