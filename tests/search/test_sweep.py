"""The sweep: repairs each kind of drift, says so, and finds nothing the second time."""

import datetime
import logging

import pytest
from django.utils import timezone, translation

from cms.delivery.content_version import cached
from cms.jobs.registry import registered
from cms.models import PublicChange
from demo.builders import build_news, build_region, house_of_region
from news.models import NewsIndexPage, NewsPage
from news.search_documents import NewsDocument
from search.engines.fulltext import get_fulltext
from search.models import Entry, EntryFacet, IndexClock, IndexedWord
from search.sweep import KEEP_REMOVED, Outcome, sweep
from search.sync import sync
from tests.built import run_on_commit_callbacks
from tests.search.factories import author, make_entry, published, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> NewsPage:
    """A public page that is found, with everything else in order."""
    page = published(build_news(user=author(), title="Mentoring", topics=["sport"]))
    assert sweep(full=True).repaired == 0
    return page


def repaired_once(**found: int) -> bool:
    """Whether a full sweep repairs just this, and a second one nothing."""
    return sweep(full=True) == Outcome(**found) and sweep(full=True) == Outcome()


def test_words_that_no_page_has_any_more_are_deleted(page: NewsPage) -> None:
    known = IndexedWord.objects.filter(word="mentoring")
    NewsPage.objects.filter(pk=page.pk).update(title="Sponsoring")
    sync([page.pk])
    assert known.get().entries == 0

    sweep()

    assert not known.exists()


def test_missing_entry(page: NewsPage) -> None:
    Entry.objects.filter(pk=page.pk).delete()
    get_fulltext().remove([page.pk])

    assert repaired_once(missing=1)
    assert results("q=Mentoring").total == 1


def test_stale_publication(page: NewsPage) -> None:
    NewsPage.objects.filter(pk=page.pk).update(title="Sponsoring", last_published_at=timezone.now())

    assert repaired_once(stale=1)
    assert results("q=Sponsoring").total == 1


def test_stale_analysis(page: NewsPage) -> None:
    Entry.objects.filter(pk=page.pk).update(analysis_version=0, title_tokens="alt")

    assert repaired_once(stale=1)
    assert Entry.objects.get(pk=page.pk).title_tokens != "alt"


def test_orphaned_entry(page: NewsPage) -> None:
    NewsPage.objects.filter(pk=page.pk).update(live=False)

    assert repaired_once(orphaned=1)
    assert Entry.objects.get(pk=page.pk).removed


def test_entry_of_a_page_that_never_was(page: NewsPage) -> None:
    make_entry(99999)

    assert repaired_once(orphaned=1)


def test_drifted_facets(page: NewsPage) -> None:
    EntryFacet.objects.filter(entry_id=page.pk, name="thema").update(value="falsch")

    assert repaired_once(drifted=1)
    assert results("thema=sport").total == 1


def test_what_a_document_has_cached_is_no_older_than_what_it_reads(
    page: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_on_commit_callbacks()
    cached("summary", lambda: "before")
    # Another process has changed something, less than a second ago.
    PublicChange.objects.create()
    monkeypatch.setattr(NewsDocument, "summary", lambda *_: cached("summary", lambda: "now"))
    sync([page.pk])
    assert Entry.objects.get(pk=page.pk).summary == "now"


def test_drifted_region(page: NewsPage) -> None:
    region = build_region("Kreis Steinfurt")
    index = NewsIndexPage.objects.child_of(house_of_region(region)).get()
    # As if the move had told nobody.
    NewsPage.objects.filter(pk=page.pk).update(path=f"{index.path}0001", depth=index.depth + 1)

    assert sweep(full=True).drifted == 1
    assert Entry.objects.get(pk=page.pk).region_id == region.pk


def test_missing_full_text(page: NewsPage) -> None:
    get_fulltext().remove([page.pk])

    assert repaired_once(fulltext=1)
    assert results("q=Mentoring").total == 1


def test_orphaned_full_text(page: NewsPage) -> None:
    Entry.objects.filter(pk=make_entry(99999).pk).delete()

    assert repaired_once(fulltext=1)


def test_every_page_is_read_again_within_a_day(
    page: NewsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    EntryFacet.objects.filter(entry_id=page.pk).update(value="falsch")
    start = timezone.now()
    repaired = 0
    for hour in range(24):
        moment = start + datetime.timedelta(hours=hour)
        monkeypatch.setattr("search.sweep.timezone.localtime", lambda moment=moment: moment)
        repaired += sweep().drifted

    assert repaired == 1


def test_every_repair_is_logged(page: NewsPage, caplog: pytest.LogCaptureFixture) -> None:
    Entry.objects.filter(pk=page.pk).delete()
    with caplog.at_level(logging.WARNING, "search.sweep"):
        sweep()

    assert f"repaired page {page.pk} (missing)" in caplog.text


def test_page_that_cannot_be_synced_does_not_stop_the_rest(
    page: NewsPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = published(build_news(user=author(), title="Kaputt"))
    Entry.objects.all().delete()
    text = "news.search_documents.NewsDocument.text"

    def fail(self: object, page: NewsPage) -> str:
        if page.pk == other.pk:
            raise ValueError("kaputt")
        return ""

    monkeypatch.setattr(text, fail)

    assert sweep().missing >= 1
    assert Entry.objects.filter(pk=page.pk).exists()
    assert f"page {other.pk} (missing) could not be synced" in caplog.text


def test_removed_row_is_kept_for_readers_then_deleted(page: NewsPage) -> None:
    page.unpublish()
    entry = Entry.objects.get(pk=page.pk)
    assert (entry.removed, entry.title, entry.text_tokens) == (True, "", "")
    assert sweep().purged == 0

    Entry.objects.filter(pk=page.pk).update(removed_at=timezone.now() - 2 * KEEP_REMOVED)

    assert sweep().purged == 1
    assert IndexClock.objects.get().purged_version == entry.version


def test_removed_row_waits_for_the_outbox(page: NewsPage, settings: object) -> None:
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:1"]
    page.unpublish()
    rows = Entry.objects.filter(pk=page.pk)
    rows.update(removed_at=timezone.now() - 2 * KEEP_REMOVED)
    assert sweep().purged == 0

    rows.update(acknowledged_version=rows.get().version)

    assert sweep().purged == 1


def test_published_again_after_removal(page: NewsPage) -> None:
    page.unpublish()
    NewsPage.objects.filter(pk=page.pk).update(live=True)
    sync([page.pk])

    assert results("q=Mentoring").total == 1


def test_sync_again_changes_nothing(page: NewsPage) -> None:
    before = (IndexClock.version(), Entry.objects.get(pk=page.pk).version)

    assert sync([page.pk, 424242]) == 0
    assert (IndexClock.version(), Entry.objects.get(pk=page.pk).version) == before


def test_versions_grow(page: NewsPage) -> None:
    before = Entry.objects.get(pk=page.pk).version
    NewsPage.objects.filter(pk=page.pk).update(title="Neu")
    sync([page.pk])

    assert Entry.objects.get(pk=page.pk).version == IndexClock.version().counter > before


def test_many_pages_are_synced_in_few_queries(
    django_assert_max_num_queries: object, page: NewsPage
) -> None:
    pages = [published(build_news(user=author(), title=f"Nr {n}", slug=f"n{n}")) for n in range(4)]
    Entry.objects.all().delete()

    with django_assert_max_num_queries(18 + len(pages)):
        assert sync([page.pk for page in pages]) == 4


def test_sweep_is_periodic_work() -> None:
    (work,) = [work for work in registered() if work.name == "search.sweep"]

    with translation.override("en"):
        assert "0 repaired" in work.function()


def test_page_is_not_published_when_it_cannot_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    page = build_news(user=author(), title="Mentoring")

    def fail(self: object, page: NewsPage) -> str:
        raise ValueError("kaputt")

    monkeypatch.setattr("news.search_documents.NewsDocument.text", fail)
    with pytest.raises(ValueError, match="kaputt"):
        published(page)

    assert not NewsPage.objects.get(pk=page.pk).live
