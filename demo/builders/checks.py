"""Builders of self-checks, and the two checks of the demo."""

import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from checks.exchange import read
from checks.importing import write_into_page
from checks.models import (
    CheckItem,
    CheckRun,
    CheckWeekPage,
    FormPage,
    FormPageField,
    SelfCheckIndexPage,
    SelfCheckPage,
)
from cms.models import User
from cms.models.sides import Side
from demo import review
from demo.builders.base import (
    SUMMARY,
    add_draft,
    add_list,
    adds_to_demo,
    builds,
    national_home,
)
from demo.builders.regions import build_house
from home.models import HomePage
from regions.models import HousePage

FILES = Path(__file__).parent.parent / "content" / "checks"
INTRODUCTION = (
    "<p>Am besten füllen Sie ihn zu zweit aus. Antworten Sie so, wie es ist: "
    "Niemand außer Ihnen sieht die Antworten.</p>"
)


@builds(SelfCheckIndexPage)
def build_check_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> SelfCheckIndexPage:
    """The list of self-checks; an existing one is given back."""
    return add_list(SelfCheckIndexPage, "Selbstchecks", "checks", parent, user, fields)


def question(clean_name: str, field_type: str = "need", **fields: object) -> dict[str, object]:
    """A row of a check."""
    defaults = {
        "label": f"Läuft {clean_name} bei uns gut?",
        "advice": f"Sprechen Sie mit Ihrem Haus über {clean_name}.",
        "source": "Leitfaden, Kapitel 1",
        "tags": "Ausbildung",
    }
    return {"clean_name": clean_name, "field_type": field_type, **defaults, **fields}


def section(clean_name: str, label: str) -> dict[str, object]:
    """A row that begins a section."""
    return {"clean_name": clean_name, "field_type": "section", "label": label}


@builds(SelfCheckPage)
def build_check(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> SelfCheckPage:
    """A self-check; ``rows`` are made by :func:`section` and :func:`question`."""
    rows = fields.pop("rows", None) or [
        section("grundlagen", "Grundlagen"),
        question("g1"),
        question("g2"),
        section("menschen", "Menschen"),
        question("z1"),
        question("bemerkung", "multiline", label="Was möchten Sie noch sagen?", advice=""),
    ]
    defaults = {
        "title": "Selbstcheck für Vereine",
        "summary": SUMMARY,
        "audience": Side.ZO,
        "source": "Leitfaden von BBE und Offensive Mittelstand",
        "introduction": INTRODUCTION,
    }
    parent = parent or build_check_index()
    page = SelfCheckPage(**{**defaults, **fields})
    page.form_fields.set(
        CheckItem(sort_order=number, locale_id=parent.locale_id, **row)
        for number, row in enumerate(rows)
    )
    return add_draft(parent, page, user)


@builds(FormPage)
def build_form_page(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> FormPage:
    """A registration with three fields; ``rows`` are fields of :class:`FormPageField`."""
    rows = fields.pop("rows", None) or [
        {"clean_name": "name", "field_type": "singleline", "label": "Ihr Name"},
        {"clean_name": "tag", "field_type": "radio", "label": "Wann?", "choices": "Mo\nDi"},
        {
            "clean_name": "frage",
            "field_type": "multiline",
            "label": "Haben Sie eine Frage?",
            "required": False,
        },
    ]
    defaults = {
        "title": "Anmeldung zum Austausch",
        "summary": SUMMARY,
        "introduction": "<p>Wir treffen uns im Haus.</p>",
        "purpose": "Damit wir wissen, für wie viele wir Platz brauchen.",
    }
    parent = parent or national_home()
    page = FormPage(**{**defaults, **fields})
    page.form_fields.set(
        FormPageField(sort_order=number, locale_id=parent.locale_id, **row)
        for number, row in enumerate(rows)
    )
    return add_draft(parent, page, user)


@builds(CheckWeekPage)
def build_check_week(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> CheckWeekPage:
    """The invitation of a house to a check, for a week from today."""
    today = timezone.localdate()
    defaults = {
        "title": "Checkwoche im Haus",
        "summary": "Eine Woche lang füllen Vereine der Region den Selbstcheck aus.",
        "introduction": "<p>Kommen Sie vorbei oder rufen Sie an, wenn Sie nicht weiterwissen.</p>",
        "first_day": today,
        "last_day": today + datetime.timedelta(days=6),
    }
    if "self_check" not in fields:
        fields["self_check"] = SelfCheckPage.objects.first() or build_check()
    page = CheckWeekPage(**{**defaults, **fields})
    return add_draft(parent or build_house(), page, user)


def build_run(page: SelfCheckPage, **fields: Any) -> CheckRun:
    """A check somebody is filling in."""
    return CheckRun.objects.create(version=page.current_version(), **fields)


def check_from_file(
    name: str, parent: Page, user: User | None = None, slug: str = "", **fields: Any
) -> SelfCheckPage:
    """A draft of one of the files that ship."""
    fields = {"introduction": INTRODUCTION, **fields}
    file = read((FILES / f"{name}.yaml").read_text(encoding="utf-8"))
    page = SelfCheckPage(slug=slug, locale_id=parent.locale_id, **fields)
    write_into_page(page, file)
    return add_draft(parent, page, user)


@adds_to_demo
def add_checks(parent: Page, author: User) -> None:
    """The checks for organisations and for companies, nationwide, through the review."""
    if isinstance(parent, HousePage) and not CheckWeekPage.objects.exists():
        check = SelfCheckPage.objects.live().filter(locale_id=parent.locale_id).first()
        if check:
            review.publish(build_check_week(parent, author, self_check=check), author)
    if not isinstance(parent, HomePage):
        return
    index = build_check_index(parent)
    for name, slug in (("zo", "vereine"), ("kmu", "betriebe")):
        review.publish(check_from_file(name, index, author, slug), author)
