"""Every change of what a page may show is noticed, in its transaction; nothing else is."""

import datetime
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.images import ImageFile
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from cms.delivery import change_tracking
from cms.models import CustomImage, PublicChange, SiteSettings, Term
from demo.builders import build_enquiry, build_news_index, ensure_term
from demo.review import approve, publish, submit
from news.models import NewsPage
from regions.models import Region
from search.models import Entry

pytestmark = pytest.mark.django_db


def noticed(change: Callable[[], object]) -> bool:
    """Whether ``change``, taken as a transaction of its own, is noticed."""
    # All of a test is one transaction, and a transaction is noted once.
    connection.run_on_commit.clear()
    before = PublicChange.version()
    change()
    return PublicChange.version() != before


def _picture() -> CustomImage:
    content = BytesIO()
    Image.new("RGB", (40, 40)).save(content, "PNG")
    return CustomImage.objects.create(title="Bild", file=ImageFile(content, "bild.png"))


@pytest.fixture
def live_news(news, editor, lead):
    """A public news item."""
    return publish(news, editor)


def test_publishing_is_noticed(news, editor, lead) -> None:
    submit(news, editor)
    assert noticed(lambda: approve(news))


def test_unpublishing_is_noticed(live_news) -> None:
    assert noticed(live_news.unpublish)


def test_deleting_is_noticed(live_news) -> None:
    assert noticed(live_news.delete)


def test_moving_a_tree_is_noticed(house, other_region, live_news) -> None:
    target = build_news_index(other_region.house_pages.get())
    assert noticed(lambda: live_news.move(target, pos="last-child"))


def test_another_address_is_noticed(live_news) -> None:
    page = Page.objects.get(pk=live_news.get_parent().pk).specific
    page.slug = "neues"
    assert noticed(page.save)


def test_a_place_in_the_menu_is_noticed(live_news) -> None:
    parent = live_news.get_parent()
    parent.show_in_menus = not parent.show_in_menus
    assert noticed(parent.save)


def test_the_name_of_a_term_is_noticed() -> None:
    label = ensure_term("topic", "kultur", "Kultur").labels.get(language="de")
    label.name = "Kunst"
    assert noticed(label.save)


def test_deleting_a_term_is_noticed() -> None:
    assert noticed(ensure_term("topic", "kultur", "Kultur").delete)


def test_settings_are_noticed(db) -> None:
    settings = SiteSettings.load()
    settings.funder_credit = "Gefördert"
    assert noticed(settings.save)


def test_a_region_is_noticed(region) -> None:
    region.name = "Kreis Warendorf"
    assert noticed(region.save)


def test_a_picture_is_noticed(db) -> None:
    picture = _picture()
    picture.title = "Anders"
    assert noticed(picture.save)


def test_a_redirect_is_noticed(db) -> None:
    assert noticed(lambda: Redirect.objects.create(old_path="/alt", redirect_link="/neu/"))


def test_site_and_language_are_noticed(db) -> None:
    site, locale = Site.objects.first(), Locale.objects.first()
    assert site
    assert locale
    assert (noticed(site.save), noticed(locale.save)) == (True, True)


def test_what_is_written_in_bulk_is_noticed(region) -> None:
    rows = [Term(vocabulary="topic", key="a"), Term(vocabulary="topic", key="b")]
    assert noticed(lambda: Term.objects.bulk_create(rows))
    assert noticed(lambda: Region.objects.update(land="Hessen"))
    assert noticed(lambda: Term.objects.filter(key="a").delete())


def test_the_sweep_is_noticed(live_news) -> None:
    entries = Entry.objects.filter(page_id=live_news.pk)
    assert noticed(lambda: entries.update(title="Repariert"))


@pytest.mark.parametrize(
    "sql",
    [
        "WITH old AS (SELECT 1) DELETE FROM cms_term WHERE id IN (SELECT 1)",
        "UPDATE `cms_term` SET `key` = %s",
        'INSERT OR IGNORE INTO "news_newspage_topics" ("a") VALUES (%s)',
        "  update wagtailcore_page set path = 'x'",
        'UPDATE "wagtailcore_page" SET "live" = %s, "draft_title" = %s WHERE "id" = %s',
        'UPDATE "news_newspage" SET "title" = %s',
        'DELETE FROM "a_table_of_tomorrow"',
    ],
)
def test_any_statement_that_writes_counts(sql: str) -> None:
    assert change_tracking.is_public_change(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "cms_term"."id" FROM "cms_term" FOR UPDATE',
        "WITH found AS (SELECT 1) SELECT * FROM found",
        'UPDATE "django_session" SET "session_data" = %s',
        'INSERT INTO "cms_rendition" ("file") VALUES (%s)',
        'UPDATE "wagtailcore_page" SET "draft_title" = %s, "locked" = %s WHERE "id" = 1',
        'SAVEPOINT "s1"',
    ],
)
def test_what_shows_nowhere_does_not_count(sql: str) -> None:
    assert not change_tracking.is_public_change(sql)


def test_saving_a_draft_is_not_noticed(live_news, editor) -> None:
    page = NewsPage.objects.get(pk=live_news.pk)
    page.title = "Noch nicht"
    assert not noticed(lambda: page.save_revision(user=editor))


def test_submitting_is_not_noticed(news, editor, lead) -> None:
    assert not noticed(lambda: submit(news, editor))


def test_signing_in_is_not_noticed(client, editor) -> None:
    assert not noticed(lambda: client.force_login(editor))
    assert Session.objects.exists()


def test_an_enquiry_is_not_noticed(region) -> None:
    assert not noticed(lambda: build_enquiry(region))


def test_the_first_reader_of_a_picture_is_not_noticed(db) -> None:
    picture = _picture()
    assert not noticed(lambda: picture.get_rendition("width-20"))


def test_reading_is_not_noticed(client, live_news) -> None:
    SiteSettings.load()  # the first reader of a new site makes them
    assert not noticed(lambda: client.get(live_news.url))


def test_a_transaction_is_noted_once(region) -> None:
    before = PublicChange.objects.count()
    connection.run_on_commit.clear()
    region.save()
    region.save()
    assert PublicChange.objects.count() == before + 1


def _save_and_fail(region: Region) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        region.save()
        raise ZeroDivisionError


def test_what_is_rolled_back_is_no_change(region) -> None:
    assert not noticed(lambda: _save_and_fail(region))


def test_a_change_after_one_rolled_back_is_noticed(region) -> None:
    def change() -> None:
        with transaction.atomic():
            _save_and_fail(region)
            region.save()

    assert noticed(change)


def test_a_commit_that_comes_after_a_later_one_is_noticed(db) -> None:
    late = PublicChange.objects.create()
    PublicChange.objects.create()
    after = PublicChange.version()
    late.delete()
    assert PublicChange.version() != after


def test_old_notes_are_deleted_and_new_ones_kept(db) -> None:
    PublicChange.objects.all().delete()
    old, new = PublicChange.objects.create(), PublicChange.objects.create()
    then = timezone.now() - change_tracking.KEPT - datetime.timedelta(minutes=1)
    PublicChange.objects.filter(pk=old.pk).update(at=then)
    assert change_tracking.forget_old() == 1
    assert list(PublicChange.objects.values_list("pk", flat=True)) == [new.pk]


@pytest.mark.django_db
def test_a_version_never_comes_back() -> None:
    """A process may ask for nothing for hours, and still have what it cached before."""
    versions = []
    for _ in range(2):
        PublicChange.objects.create()
        change_tracking.forget_old(timezone.now() + datetime.timedelta(days=1))
        versions.append(PublicChange.version())
    assert versions[0] != versions[1]


@pytest.mark.django_db(transaction=True)
def test_killed_before_the_note_nothing_has_changed(monkeypatch) -> None:
    def killed(*args: object, **kwargs: object) -> None:
        raise SystemExit

    Term.objects.create(vocabulary="topic", key="kultur")
    monkeypatch.setattr(change_tracking._Watch, "_note", killed)
    with pytest.raises(SystemExit):
        Term.objects.update(key="natur")
    assert Term.objects.get().key == "kultur"


@pytest.mark.django_db(transaction=True)
def test_a_new_row_outside_a_transaction_is_noted() -> None:
    """SQLite cannot commit while the rows that INSERT returns are not fetched yet."""
    before = PublicChange.version()
    Term.objects.create(vocabulary="topic", key="kultur")
    assert PublicChange.version() != before
    assert Term.objects.filter(key="kultur").exists()


@pytest.mark.django_db(transaction=True)
def test_a_single_statement_is_noted_as_well() -> None:
    before = PublicChange.version()
    Term.objects.filter(key="x").update(order=1)
    assert PublicChange.version() != before
    assert get_user_model().objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_row_made_outside_any_transaction_is_noted() -> None:
    before = PublicChange.version()
    Term.objects.create(vocabulary="topic", key="ohne-transaktion", order=1)
    assert PublicChange.version() != before
