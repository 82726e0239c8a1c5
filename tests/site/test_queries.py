"""What a page costs: at most twelve questions to the database, however much there is."""

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string
from wagtail.images.tests.utils import get_test_image_file

from cms.delivery import content_version
from cms.models import CustomImage
from cms.models.changes import PublicChange
from demo.builders import BUILDERS, build_news
from demo.review import publish
from home.models import HomePage
from news.models import NewsPage
from search.engines import facet_arrays
from tests.built import run_on_commit_callbacks
from tests.databases.templates import Template
from tests.site.conftest import SITE

pytestmark = pytest.mark.django_db

LIMIT = 12
MORE = 27
WITH_PICTURE = [model for model in BUILDERS if hasattr(model, "lead_image")]
TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
LISTS = [
    "/suche/",
    "/suche/?q=Nummer&typ=beispiel&thema=kultur&region=kreis-steinfurt",
    "/",
    "/beispiele/?thema=kultur&thema=ausbildung&form=mentoring",
    "/aktuelles/?q=Nummer",
    "/haeuser/kreis-steinfurt/beispiele/",
    "/haeuser/kreis-steinfurt/aktuelles/",
    "/foerderung/?wer=zusammen&ort=48431&thema=ausbildung",
    "/foerderung/?ags=05566",
]


FINDER = [
    "/foerderung/",
    "/foerderung/?ort=48431",
    "/foerderung/?wer=zusammen&ort=48431&thema=ausbildung",
    "/foerderung/?wer=verein&ort=48431&q=Nummer",
    "/foerderung/?wer=verein&sortierung=termin",
    "/foerderung/?frist=90&foerderart=sachmittel",
    "/foerderung/?ansicht=fristen",
    "/foerderung/?wer=verein&merk=1.2.3&ansicht=merkliste",
    "/haeuser/kreis-steinfurt/foerderung/",
    "/foerderung/?haus=kreis-steinfurt",
]


def build_more() -> None:
    """The same site with more news of its house."""
    news = NewsPage.objects.live().filter(title="Nummer 0").get()
    for number in range(MORE):
        publish(build_news(news.get_parent(), news.owner, title=f"Noch eine {number}"), news.owner)


MORE_NEWS = Template("morenews", build_more, SITE)


def queries_of(client, address: str) -> list[str]:
    """The statements of a request to a warm process.

    Without those around the transaction, and without the one that a process asks once a second.
    """
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    statements = [query["sql"] for query in captured.captured_queries]
    return [
        sql
        for sql in statements
        if not sql.startswith(TRANSACTION) and PublicChange._meta.db_table not in sql
    ]


def first_queries_of(client, address: str) -> list[str]:
    """The statements of the first request of a process, which knows what it loaded at its start."""
    for cache in caches.all(initialized_only=False):
        cache.clear()
    content_version.clear()
    ContentType.objects.clear_cache()
    facet_arrays.clear()
    # Not the function that closes connections: that of a test is in a transaction.
    for name in settings.WARM_UP:
        import_string(name)()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    statements = [query["sql"] for query in captured.captured_queries]
    return [
        sql
        for sql in statements
        if not sql.startswith(TRANSACTION) and PublicChange._meta.db_table not in sql
    ]


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_page_costs_few_queries(client, site, model):
    found = queries_of(client, site.pages[model].url)
    assert len(found) <= LIMIT, "\n".join(found)


@pytest.mark.parametrize("model", WITH_PICTURE, ids=lambda model: model.__name__)
def test_picture_costs_no_query_too_many(client, site, model):
    page = site.pages[model]
    picture = CustomImage.objects.create(title="Werkstatt", file=get_test_image_file())
    value = {"image": picture, "caption": "In der Werkstatt"}
    value["image"].contextual_alt_text, value["image"].decorative = "Zwei Menschen", False
    page.lead_image = [("image", value)]
    page.save()
    run_on_commit_callbacks()
    found = queries_of(client, page.url)
    assert len(found) <= LIMIT, "\n".join(found)


@pytest.mark.parametrize("address", LISTS)
def test_list_costs_few_queries(client, site, address):
    found = queries_of(client, address)
    assert len(found) <= LIMIT, "\n".join(found)


def test_search_costs_four_queries_in_a_warm_process(client, site):
    found = queries_of(client, "/suche/?q=Nummer")
    assert len(found) <= 4, "\n".join(found)


@pytest.mark.parametrize("address", FINDER)
def test_finder_costs_few_queries_in_a_process_that_has_just_started(client, site, address):
    found = first_queries_of(client, address)
    assert len(found) <= LIMIT, "\n".join(found)


@pytest.mark.parametrize("address", ["/suche/", "/aktuelles/", "/haeuser/kreis-steinfurt/", "/"])
def test_more_pages_cost_no_more_queries(client, site, database, address):
    before = queries_of(client, address)
    with database.elsewhere(MORE_NEWS):
        assert NewsPage.objects.live().count() > MORE
        after = queries_of(client, address)
    assert len(after) == len(before), "\n".join(after)


def test_home_page_shows_what_it_asks_for(client, site):
    context = client.get("/").context
    sections = [*context["teasers_above_text"], *context["teasers_below_text"]]
    assert {section.id: len(section.hits) for section in sections} == {
        "beispiel": 3,
        "aktuelles": 3,
    }
    assert isinstance(context["page"].specific, HomePage)
