"""The engines that the contract tests ask."""

import os
from collections.abc import Iterator

import pytest

from demo.builders import national_home
from tests.databases.templates import EMPTY, Template, template_for
from tests.search.factories import author
from tests.search.server import IndexOfTests


def build_nation() -> None:
    """The national pages, and who writes them."""
    national_home()
    author()


NATION = Template("nation", build_nation, EMPTY)


@pytest.fixture
def database_template(request: pytest.FixtureRequest) -> Template:
    """National pages at least: most tests of the search write one more."""
    template = template_for(request.fixturenames)
    return NATION if template == EMPTY else template


@pytest.fixture(scope="session")
def index_of_tests() -> Iterator[IndexOfTests]:
    """An index of this process on the server that ``ELASTICSEARCH_URL`` names."""
    index = IndexOfTests(os.environ["ELASTICSEARCH_URL"].split(","))
    yield index
    index.close()


@pytest.fixture
def elasticsearch(
    index_of_tests: IndexOfTests, db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[IndexOfTests]:
    """Elasticsearch answers; before each answer it is sent what has changed."""
    with index_of_tests.in_use(settings):
        monkeypatch.setattr("tests.search.factories.get_engine", lambda: index_of_tests)
        monkeypatch.setattr("search.results.run.get_engine", lambda: index_of_tests)
        yield index_of_tests


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest) -> None:
    """Every engine in turn."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
