"""Every page type as visitors see it, and as editors preview it half-finished."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.models import Page, get_page_models

from cms.models import BasePage
from demo import people
from demo.builders import BUILDERS
from home.models import HomePage
from regions.models import HousePage
from tests.blank_forms import blank_data

pytestmark = pytest.mark.django_db

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Document(HTMLParser):
    """What stands in an HTML page: elements with their attributes, and pieces of text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if (text := data.strip()) and self.open[-1:] not in (["style"], ["script"]):
            self.texts.append(text)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def english_left(document: Document) -> set[str]:
    """Pieces of text that have a German translation but stand there in English."""
    catalog = trans_real.translation("de")
    found = set()
    with translation.override("de"):
        for text in document.texts:
            german = catalog.gettext(text)
            # The link to another language bears its own name.
            if german != text and text != "English":
                found.add(text)
    return found


def test_every_page_type_has_a_builder():
    ours = {model for model in get_page_models() if issubclass(model, BasePage)}
    assert set(BUILDERS) == ours


def by_name(model: type[Page]) -> str:
    return model.__name__


@pytest.fixture
def shown(client, site):
    """Gives the public page of a type as a parsed document."""

    def shown(model: type[Page]) -> Document:
        response = client.get(site.pages[model].url)
        assert response.status_code == 200
        return Document(response.content.decode())

    return shown


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_names_its_language(shown, model):
    language = "en" if model is HomePage else "de"
    assert shown(model).all("html") == [{"lang": language}]


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_has_one_main_heading(shown, model):
    assert len(shown(model).all("h1")) == 1


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_shows_its_title(shown, site, model):
    assert site.pages[model].title in shown(model).texts


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_shows_a_human_contact(shown, site, model):
    page = site.pages[model]
    addresses = [link.get("href") for link in shown(model).all("a")]
    assert f"mailto:{page.contact.email}" in addresses


def test_page_of_a_house_shows_the_number_of_the_house(shown):
    addresses = [link.get("href") for link in shown(HousePage).all("a")]
    assert "tel:+493023125123" in addresses


@pytest.mark.parametrize(
    "model", [model for model in BUILDERS if model is not HomePage], ids=by_name
)
def test_page_is_german_throughout(shown, model):
    assert english_left(shown(model)) == set()


@pytest.mark.parametrize("address", ["/", "/suche/", "/suche/?q=gibtesnicht", "/gibt-es-nicht/"])
def test_other_addresses_are_german_throughout(client, site, address):
    assert english_left(Document(client.get(address).content.decode())) == set()


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_holds_no_debris(client, site, model):
    html = client.get(site.pages[model].url).content.decode()
    assert not re.search(r"\{[%{#]|[%}]\}|>\s*None\s*<|None\.svg", html)


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_has_no_empty_paragraph(client, site, model):
    html = client.get(site.pages[model].url).content.decode()
    assert not re.search(r"<(p|li|h[1-6])\b[^>]*>\s*</\1>", html)


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_is_well_formed(shown, model):
    document = shown(model)
    assert document.unbalanced == document.open == []


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_identifiers_are_unique(shown, model):
    ids = [attrs["id"] for _, attrs in shown(model).elements if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_links_inside_the_site_lead_somewhere(client, shown, model):
    addresses = {link.get("href") or "" for link in shown(model).all("a")}
    inside = {address for address in addresses if address.startswith("/")}
    assert inside
    broken = {address for address in inside if client.get(address).status_code != 200}
    assert broken == set()


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_page_type_is_described_in_german(model):
    with translation.override("de"):
        german = str(model.page_description)
    with translation.override("en"):
        english = str(model.page_description)
    assert german
    assert german != english


# Preview


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_preview_of_what_is_stored(site, model):
    page = site.pages[model].get_latest_revision_as_object()
    response = page.make_preview_request()
    assert response.status_code == 200
    assert page.title in response.content.decode()


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_preview_while_nearly_everything_is_missing(client, site, model):
    client.force_login(people.build_administrator("vorschau@example.org"))
    page = site.pages[model]
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    typed = {"title": "Nur ein Titel", "slug": page.slug}
    told = client.post(url, blank_data(form, **typed)).json()
    assert told == {"is_valid": True, "is_available": True}
    response = client.get(url, {"mode": ""})
    assert response.status_code == 200
    assert "Nur ein Titel" in response.content.decode()
