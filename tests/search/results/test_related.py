"""Related content: same topics and form first, then words of the title, or nothing at all."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cms.models import Term
from demo.builders import build_example, build_form, build_news, build_standard, ensure_term
from search.models import RelatedPages
from search.results import related as related_module
from search.results import related_job
from search.results.related import MOST, RelatedPage, related_pages
from search.results.related_job import REFRESH_AFTER, find_related
from tests.search.factories import author, published

pytestmark = pytest.mark.django_db


def related(page: Any, without: tuple[int, ...] = ()) -> list[RelatedPage]:
    with translation.override("de"):
        return related_pages(page, "de", None, without)


def titles(page: Any, without: tuple[int, ...] = ()) -> list[str]:
    return [str(one.title) for one in related(page, without)]


def news(title: str, *topics: str) -> Any:
    for key in topics:
        ensure_term("topic", key)
    return published(build_news(user=author(), title=title, topics=list(topics)))


def test_pages_that_share_more_topics_come_first() -> None:
    page = news("Ein Tandem", "ausbildung", "integration")
    news("Etwas anderes", "kultur")
    news("Das andere Thema", "integration")
    news("Beide Themen", "ausbildung", "integration")

    assert titles(page) == ["Beide Themen", "Das andere Thema"]


@pytest.mark.usefixtures("engine")
def test_words_of_the_title_find_what_has_no_topic_in_common() -> None:
    page = published(build_standard(user=author(), title="„Blutspende“ -am Arbeitsplatz"))
    news("Blutspende in der Werkhalle")
    news("Radweg am Fluss")

    assert titles(page) == ["Blutspende in der Werkhalle"]


def test_no_type_crowds_out_the_others() -> None:
    page = news("Ein Tandem", "ausbildung")
    form = published(build_form(user=author(), title="Mentoring", topics=["ausbildung"]))
    published(build_example(user=author(), form=form, title="Fall", topics=["ausbildung"]))
    for number in range(MOST):
        news(f"Nachricht {number}", "ausbildung")

    assert {one.type_label for one in related(page)} == {
        "Kooperationsform",
        "Beispiel",
        "Nachricht",
    }
    assert len(related(page)) == MOST


def test_what_the_page_shows_anyway_is_not_repeated() -> None:
    page, other = news("Ein Tandem", "ausbildung"), news("Zwei Tandems", "ausbildung")

    assert titles(page, (other.pk,)) == []


def test_beside_what_the_page_shows_anyway_as_many_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(related_module, "CANDIDATES", 2)
    page, left = news("Ein Tandem", "ausbildung"), news("Drei Tandems", "ausbildung")
    shown = news("Zwei Tandems", "ausbildung")

    assert titles(page, (shown.pk,)) == [left.title]


def test_a_page_that_repeats_another_has_what_is_related_to_that() -> None:
    page, other = news("Ein Tandem", "ausbildung"), news("Gemeinsam lernen", "ausbildung")
    alias = page.create_alias(update_slug="spiegel")

    assert [one.page_id for one in related(alias)] == [other.pk]


def test_a_page_says_what_is_related_and_its_type(client: Client) -> None:
    page, other = news("Ein Tandem", "ausbildung"), news("Gemeinsam lernen", "ausbildung")

    html = client.get(page.url).content.decode()

    section = html.partition('aria-labelledby="related-content"')[2].partition("</section>")[0]
    assert f'href="{other.url}"' in section
    assert "Nachricht" in section


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine may not be asked."""

    def refuse(*args: object) -> None:
        raise AssertionError(args)

    monkeypatch.setattr(related_module, "ranked", refuse)


def test_what_was_found_beforehand_asks_the_engine_no_more(
    request: pytest.FixtureRequest,
) -> None:
    page, other = news("Ein Tandem", "ausbildung"), news("Gemeinsam lernen", "ausbildung")
    find_related()
    request.getfixturevalue("unasked")

    with CaptureQueriesContext(connection) as queries:
        assert [one.url for one in related(page)] == [other.url]
    # What was found, the entries with their addresses, names of regions, versions.
    assert len(queries) <= 6
    assert titles(other) == [page.title]


def test_a_page_that_has_changed_is_asked_for_again(request: pytest.FixtureRequest) -> None:
    page = news("Ein Tandem", "ausbildung")
    news("Gemeinsam lernen", "ausbildung")
    other = news("Theater", "kultur")
    find_related()
    ensure_term("topic", "kultur")
    page.topics = Term.objects.filter(key="kultur")
    page.save_revision()
    published(page)

    assert titles(page) == [other.title]
    find_related()
    request.getfixturevalue("unasked")
    assert titles(page) == [other.title]


def test_what_is_no_longer_public_is_left_out_at_once() -> None:
    page, other = news("Ein Tandem", "ausbildung"), news("Gemeinsam lernen", "ausbildung")
    find_related()
    other.unpublish()

    assert titles(page) == []


def test_new_pages_are_related_to_older_ones_after_a_day() -> None:
    page = news("Ein Tandem", "ausbildung")
    find_related()
    later = news("Gemeinsam lernen", "ausbildung")
    find_related()
    assert titles(page) == []

    RelatedPages.objects.update(found_at=timezone.now() - REFRESH_AFTER * 2)
    find_related()
    # Shown with the next public change.
    news("Theater", "kultur")
    assert titles(page) == [later.title]


def test_a_run_ends_in_time_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related_job, "_BATCH", 1)
    news("Ein Tandem", "ausbildung")
    news("Gemeinsam lernen", "ausbildung")

    find_related(seconds=-1)
    assert RelatedPages.objects.count() == 1
    find_related(seconds=-1)
    assert RelatedPages.objects.count() == 2
