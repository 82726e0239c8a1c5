"""Builders of forms of cooperation and examples."""

import datetime
from typing import Any

from wagtail.models import Page

from cms.models import User
from cms.models.sides import Side
from demo.builders.base import SUMMARY, add_draft, add_list, builds, text_body
from examples.choices import Direction, Impulse, Money
from examples.models import (
    CooperationFormIndexPage,
    CooperationFormPage,
    ExampleIndexPage,
    ExamplePage,
    ExamplePartner,
)


@builds(ExampleIndexPage)
def build_example_index(
    parent: Page | None = None, user: User | None = None, **fields: object
) -> ExampleIndexPage:
    """A list of examples; an existing one is given back."""
    return add_list(ExampleIndexPage, "Beispiele", "beispiele", parent, user, fields)


@builds(CooperationFormIndexPage)
def build_form_index(
    parent: Page | None = None, user: User | None = None, **fields: object
) -> CooperationFormIndexPage:
    """The list of forms of cooperation; an existing one is given back."""
    return add_list(
        CooperationFormIndexPage, "Kooperationsformen", "kooperationsformen", parent, user, fields
    )


def _cooperation_terms(fields: dict[str, Any]) -> dict[str, list[str]]:
    defaults = {
        "topics": ["ausbildung"],
        "parties": ["verein", "handwerksbetrieb"],
        "procedures": ["patenschaft"],
        "results": ["neue-engagierte"],
    }
    return {name: fields.pop(name, default) for name, default in defaults.items()}


@builds(CooperationFormPage)
def build_form(
    parent: Page | None = None, user: User | None = None, **fields: object
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
    return add_draft(
        parent or build_form_index(), CooperationFormPage(**{**defaults, **fields}), user, terms
    )


@builds(ExamplePage)
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
    programmes = [("programme", programme) for programme in fields.pop("paid_by", [])]
    defaults = {
        "paid_by": programmes,
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
    page.partners.set(
        ExamplePartner(sort_order=order, **partner) for order, partner in enumerate(partners)
    )
    return add_draft(parent or build_example_index(), page, user, terms)
