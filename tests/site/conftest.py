"""A small site with one public page of every type."""

from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Page

from cms.models import SiteSettings
from demo import builders, people
from demo.review import publish
from home.models import HomePage
from regions.models import HousePage
from regions.provisioning.create import house_sections
from tests.databases.templates import REGION, Template, template_for

TOPICS = ["ausbildung", "gesundheit", "kultur"]


def index_in_houses(model: type[Page]) -> type[Page] | None:
    """The list that pages of this type stand in below a house; ``None`` for others."""
    sections = {section.page_model for section in house_sections()}
    return next((index for index in model.allowed_parent_page_models() if index in sections), None)


def build_site() -> dict[str, Any]:
    """A house with three pages of each type that houses write, and a page of every type."""
    settings = SiteSettings.load()
    settings.contact_name, settings.contact_email = "Johanna Bund", "bund@example.org"
    settings.save()
    region = builders.build_region("Kreis Steinfurt")
    author = people.build_editor(region, "haus-redaktion@example.org")
    people.build_lead(region, "haus-leitung@example.org")
    desk = people.build_national_editor("bund-eins@example.org")
    people.build_national_editor("bund-zwei@example.org")
    house = builders.house_of_region(region)
    house.contact_name, house.contact_email = "Annette Haus", "haus@example.org"
    house.contact_phone = "030 23125-123"
    house.save_revision(user=author)
    house = publish(house, author)
    pages: dict[type[Page], Page] = {HousePage: house}
    for model, build in builders.BUILDERS.items():
        if model is HousePage:
            continue
        if index := index_in_houses(model):
            for number in range(3):
                parent = builders.BUILDERS[index](house)
                terms = {"topics": TOPICS} if hasattr(model, "topics") else {}
                page = build(parent, author, title=f"Nummer {number}", **terms)
                pages[model] = publish(page, author)
            continue
        page = build(user=desk)
        pages[model] = page if page.live else publish(page, desk)
    _fill_home(desk)
    return {
        "pages": list(pages.values()),
        "house": house,
        "region": region,
        "author": author,
        "desk": desk,
    }


def _fill_home(desk) -> None:
    home = builders.national_home()
    home.entrances = [
        ("entrance", {"title": f"Weg {number}", "text": "Hier entlang.", "page": page})
        for number, page in enumerate(home.get_children()[:3])
    ]
    home.save_revision(user=desk)
    publish(home, desk)


SITE = Template("site", build_site, REGION)


@pytest.fixture
def database_template(request) -> Template:
    return SITE if "site" in request.fixturenames else template_for(request.fixturenames)


@pytest.fixture
def site(db, database) -> SimpleNamespace:
    built = database.content
    pages = {type(page): page for page in built.pop("pages")}
    return SimpleNamespace(pages=pages, home=pages[HomePage], **built)
