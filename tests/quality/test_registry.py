"""No public template escapes being looked at."""

import types

import pytest
from django.http import HttpResponse
from django.urls import path

from cms.delivery.maintenance_page import HEADERS, maintenance_page
from cms.urls import urlpatterns
from quality import registry
from quality.registry import (
    Missing,
    addresses,
    different,
    error_statuses,
    first_of_class,
    page_models,
    target_classes,
    templates,
    traits,
)
from tests.site.conftest import database_template, site  # noqa: F401

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("quality.urls"),
    pytest.mark.xdist_group("registry"),
]


@pytest.fixture(scope="module")
def known() -> list[registry.Template]:
    """What was found already; every test has the same site."""
    return []


@pytest.fixture
def every(site, known) -> list[registry.Template]:  # noqa: F811
    known[:] = known or templates()
    return known


@pytest.fixture
def found(every) -> dict[str, registry.Template]:
    return {template.name: template for template in every}


def urlconf(*more) -> types.ModuleType:
    """The addresses of the site and some more."""
    module = types.ModuleType("more_urls")
    module.urlpatterns = [*more, *urlpatterns]
    return module


def test_every_page_type_is_looked_at(found) -> None:
    assert {f"de-{model.__name__}" for model in page_models()} <= set(found)


def test_every_error_page_is_looked_at(found) -> None:
    assert {f"de-{status}" for status in error_statuses()} <= set(found)
    assert {403, 404, 410, 500} <= set(error_statuses())


def test_the_page_for_the_proxy_is_looked_at_as_the_proxy_sends_it(found, client) -> None:
    response = client.get(found["de-maintenance"].address)
    assert response.status_code == found["de-maintenance"].status == 503
    assert response.content.decode() == maintenance_page()
    assert {name: response[name] for name in HEADERS} == HEADERS


def test_a_page_that_nobody_writes_is_reported(site, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr(registry, "WRITTEN_PAGES", {})
    with pytest.raises(Missing, match="maintenance"):
        templates()


def test_what_opens_when_the_address_names_it_is_looked_at(monkeypatch) -> None:
    page = HttpResponse('<li class="words__entry" id="one"><li class="words__entry" id="two">')
    monkeypatch.setattr(registry, "_answer", lambda address, **options: page)
    pages = [registry.Template(name, f"/{name}/", "de") for name in ("de-A", "de-A-2", "de-B")]
    opened = list(registry._with_part_named(pages))
    assert {"words__entry", "glossary__word"} <= target_classes()
    assert [entry.address for entry in opened] == ["/de-A/#one", "/de-B/#one"]
    assert opened[0].state == "words-entry"


@pytest.mark.parametrize(
    ("html", "part"),
    [
        ('<li class="entry" id="one">', "one"),
        ('<li id="one" class="big entry wide">', "one"),
        ('<li class="entry__more" id="none"><li class="entry"><li class="entry" id="two">', "two"),
        ('<li class="entry"></li><li id="none">', ""),
    ],
)
def test_the_first_part_with_a_name_is_opened(html, part) -> None:
    assert first_of_class(html, "entry") == part


def test_every_view_is_looked_at(found, client) -> None:
    plain = [name for name, _route, variable in addresses() if not variable]
    assert {"search", "national_enquiry"} <= set(plain)
    assert {"de-search", "en-search", "de-national-enquiry", "de-house-enquiry"} <= set(found)


def test_lists_are_looked_at_with_nothing_in_them(found, client) -> None:
    empty = [template for template in found.values() if template.state == "empty"]
    assert {"de-ExampleIndexPage-empty", "de-search-empty"} <= {entry.name for entry in empty}
    assert all(client.get(template.address).context["results"].total == 0 for template in empty)


def test_everything_answers_as_expected(site, client) -> None:  # noqa: F811
    client.raise_request_exception = False
    # Found anew: some addresses lead to what was built to be looked at.
    answers = {entry: client.get(entry.address, follow=True).status_code for entry in templates()}
    assert {entry.name for entry, status in answers.items() if status != entry.status} == set()


def test_names_and_addresses_are_unique(every) -> None:
    assert len({entry.name for entry in every}) == len(every)
    assert len({entry.address for entry in every}) == len(every)


def test_a_new_view_is_found_by_itself(site, settings) -> None:  # noqa: F811
    def view(request):
        return HttpResponse("neu")

    settings.ROOT_URLCONF = urlconf(path("neu/", view, name="brand_new"))
    assert "/neu/" in {template.address for template in templates()}


def test_an_address_nobody_can_guess_is_reported(site, settings) -> None:  # noqa: F811
    view = path("neu/<slug:slug>/", HttpResponse, name="brand_new")
    settings.ROOT_URLCONF = urlconf(view)
    with pytest.raises(Missing, match="brand_new"):
        templates()


def test_pages_that_look_different_are_chosen(site) -> None:  # noqa: F811
    pages = list(site.pages.values())
    chosen = different(pages)
    assert len(chosen) == registry.MOST_OF_A_TYPE
    assert all(traits(chosen[0]) - traits(page) for page in chosen[1:])
    assert different(chosen[:1] * 2) == chosen[:1]
