"""The texts of the relevance set as pages, its queries and judgements."""

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail.models import Page

from bench.bulk import BulkWriter, Planned
from cms.models import BasePage, Kreis, User
from cms.text import slugify
from demo import builders, content
from demo.builders.base import ensure_term
from examples.models import CooperationFormPage, ExampleIndexPage, ExamplePage
from home.models import StandardPage
from news.models import NewsIndexPage, NewsPage
from regions.models import HousePage, Region

FOLDER = Path(__file__).parent
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
    """The queries of a half.

    Args:
        half: ``tune`` or ``test``.
        page_ids: pages of the texts by their id, as :func:`write_pages` gave them.
    """
    records = tomllib.loads((FOLDER / "queries.toml").read_text(encoding="utf-8"))["queries"]
    titles = {page.title: page.pk for page in _german(Page.objects.live())}

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


def write_pages() -> dict[str, int]:
    """Publish all texts as pages of their type, those of a Kreis in its house.

    Returns:
        Page ids by the ids of the texts.
    """
    texts = list(_texts())
    for text in texts:
        for topic in text["topics"]:
            ensure_term("topic", slugify(topic), topic)
    houses = {text["place"]["kreis"]: _house(text["place"]) for text in texts if "place" in text}
    editor = User.objects.filter(groups__editors_of__isnull=False).first()
    writer = BulkWriter(editor, User.objects.filter(is_superuser=True).first())
    ids = {}
    planned = []
    for text in texts:
        house = houses[text["place"]["kreis"]] if "place" in text else None
        if text["type"] == "house":
            ids[text["id"]] = _write_house(house, text)
        else:
            planned.append((text["id"], _planned(text, house)))
    pks = writer.write([item for _id, item in planned])
    return ids | dict(zip((text_id for text_id, _item in planned), pks, strict=True))


def _texts() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("texts-*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["texts"]


def _german(pages: Any) -> Any:
    return pages.filter(locale__language_code="de")


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


def _write_house(house: HousePage, text: dict[str, Any]) -> int:
    fields = {"title": text["title"], "summary": text["summary"], "body": _blocks(text)}
    for name, value in fields.items():
        setattr(house, name, value)
    house.live = True
    house.save()
    return house.pk


def _planned(text: dict[str, Any], house: HousePage | None) -> Planned:
    home = house or builders.national_home()
    common = {
        "title": text["title"],
        "slug": f"{slugify(text['title'])[:60]}-rel",
        "summary": text["summary"],
        "first_published_at": _MOMENT,
        "last_published_at": _MOMENT,
        "live": True,
    }
    topics = {"topics": [slugify(topic) for topic in text["topics"]]}
    if text["type"] == "news":
        news = NewsPage(**common, date=_MOMENT.date(), body=_blocks(text))
        return Planned(news, _list(NewsIndexPage, home), topics)
    if text["type"] == "example":
        example = ExamplePage(
            **common, course=content.steps_block([{"title": "", "text": text["body"]}])
        )
        return Planned(example, _list(ExampleIndexPage, home), topics)
    if text["type"] == "pattern":
        form = CooperationFormPage(**common, how_it_works=_html(text))
        return Planned(form, builders.build_form_index(builders.national_home()), topics)
    return Planned(StandardPage(**common, body=_blocks(text)), home)


def _list(model: type[BasePage], home: Page) -> BasePage:
    return model.objects.child_of(home).get()


def _html(text: dict[str, Any]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in text["body"].split("\n\n"))


def _blocks(text: dict[str, Any]) -> list[tuple[str, Any]]:
    return content.blocks(_html(text))
