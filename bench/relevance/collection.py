"""The texts of the relevance set as pages, its queries and judgements."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import BasePage, Kreis
from cms.text import slugify
from demo import builders, content
from demo.builders.base import ensure_term
from examples.models import CooperationFormPage, ExampleIndexPage, ExamplePage
from home.models import StandardPage
from news.models import NewsIndexPage, NewsPage
from regions.models import HousePage, Region

FOLDER = Path(__file__).parent
GERMAN = {"locale__language_code": "de"}
_MOMENT = datetime.datetime(2026, 6, 1, 10, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Judged:
    """A query with the grades of the pages it ought to find, by page id; 0 for all others."""

    id: str
    text: str
    kind: str
    grades: dict[int, int]
    never: frozenset[int]


def queries(half: str, page_ids: dict[str, int]) -> list[Judged]:
    """The queries of a half; ``page_ids`` as :func:`write_pages` gave them."""
    files = sorted(FOLDER.glob("queries*.toml"))
    records = [
        record for file in files for record in tomllib.loads(file.read_text("utf-8"))["queries"]
    ]
    titles = {page.title: page.pk for page in Page.objects.live().filter(**GERMAN)}

    def page_of(judgement: dict[str, Any]) -> int:
        return page_ids[judgement["id"]] if "id" in judgement else titles[judgement["demo"]]

    return [
        Judged(
            record["id"],
            record["text"],
            record["kind"],
            {page_of(judgement): judgement["grade"] for judgement in record["judgements"]},
            frozenset(page_of(judgement) for judgement in record.get("never", ())),
        )
        for record in records
        if record["half"] == half
    ]


@transaction.atomic
def write_pages() -> dict[str, int]:
    """Add all texts as public pages, those of a Kreis in its house; gives ids of pages by text."""
    files = sorted(FOLDER.glob("texts-*.toml"))
    texts = [text for file in files for text in tomllib.loads(file.read_text("utf-8"))["texts"]]
    houses = {text["place"]["kreis"]: _house(text["place"]) for text in texts if "place" in text}
    ids = {}
    for text in texts:
        house = houses[text["place"]["kreis"]] if "place" in text else None
        ids[text["id"]] = (_write_house if text["type"] == "house" else _write)(text, house).pk
    return ids


def _house(place: dict[str, str]) -> HousePage:
    """The house of a Kreis; of the demo's own where it has one."""
    name = place["kreis"]
    bare = name.removeprefix("Landkreis ").removeprefix("Kreis ")
    kreise = Kreis.objects.filter(land=place["land"], name__in=(name, bare, f"Landkreis {bare}"))
    kreis = kreise.first()
    region = Region.objects.filter(kreise=kreis).first() if kreis else None
    if region is None:
        codes = [kreis.code] if kreis else []
        region = builders.build_region(name, kreise=codes, land=place["land"])
        # Only the houses that the set has a text of are found.
        HousePage.objects.filter(region_record=region).update(live=False)
    return builders.house_of_region(region)


def _write_house(text: dict[str, Any], house: HousePage) -> Page:
    house.title, house.summary = text["title"], text["summary"]
    house.body, house.live = content.blocks(_html(text)), True
    house.save(clean=False)
    return house


def _write(text: dict[str, Any], house: HousePage | None) -> Page:
    """Without the review: no page is found by the texts that a builder adds for it."""
    parent, page = _planned(text, house or builders.national_home())
    page.title, page.summary = text["title"], text["summary"]
    page.slug = f"{slugify(page.title)[:60]}-rel"
    page.first_published_at = page.last_published_at = _MOMENT
    page.live = False
    parent.add_child(instance=page)
    if not isinstance(page, StandardPage):
        page.topics = [ensure_term("topic", slugify(topic), topic) for topic in text["topics"]]
    page.live = True
    page.save(clean=False)
    return page


def _planned(text: dict[str, Any], home: Page) -> tuple[Page, BasePage]:
    """A page of the text's type, and the list it belongs to."""
    body = content.blocks(_html(text))
    if text["type"] == "news":
        news = NewsPage(date=_MOMENT.date(), body=body)
        return NewsIndexPage.objects.child_of(home).get(), news
    if text["type"] == "example":
        course = content.steps_block([{"title": "", "text": text["body"]}])
        return ExampleIndexPage.objects.child_of(home).get(), ExamplePage(course=course)
    if text["type"] == "pattern":
        forms = builders.build_form_index(builders.national_home())
        return forms, CooperationFormPage(how_it_works=_html(text))
    return home, StandardPage(body=body)


def _html(text: dict[str, Any]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in text["body"].split("\n\n"))
