"""Every way a page can change: afterwards the read model agrees with what is public.

Each test says what must be found; ``agrees`` holds that a full sweep has nothing to repair.
"""

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from demo.builders import (
    build_example,
    build_example_index,
    build_home,
    build_news,
    build_news_index,
    build_region,
    build_standard,
    ensure_term,
    house_of_region,
)
from demo.people import build_administrator, build_national_editor
from demo.review import publish, submit
from examples.models import ExampleIndexPage, ExamplePage, ExamplePartner
from search.models import Entry
from search.sweep import sweep
from tests.search.factories import author, published, results, tomorrow

pytestmark = pytest.mark.django_db

PAST = datetime.timedelta(minutes=5)


def news(title: str = "Mentoring im Handwerk", **fields: Any) -> Page:
    """A public piece of news."""
    return published(build_news(user=author(), title=title, **fields))


def approved(page: Page) -> Page:
    """``page``, published by a colleague's approval."""
    build_national_editor("prueft@example.org")
    return publish(page, author())


def titles(address: str = "", **kwargs: Any) -> set[str]:
    """Titles of what is found."""
    return {hit.page.title for hit in results(address, **kwargs).hits}


def agrees() -> bool:
    """Whether a full sweep finds nothing to repair."""
    return sweep(full=True).repaired == 0


def test_draft_is_not_found() -> None:
    build_news(user=author(), title="Geheim")

    assert titles("q=Geheim") == set()
    assert agrees()


def test_edit_of_a_public_page_is_not_found_before_it_is_published() -> None:
    page = news()
    page.title = "Geheim"
    page.save_revision(user=author())

    assert titles("q=Geheim") == set()
    assert titles("q=Mentoring") == {"Mentoring im Handwerk"}
    assert agrees()


def test_submitted_page_is_not_found() -> None:
    submit(build_news(user=author(), title="Geheim"), author())

    assert titles("q=Geheim") == set()


def test_page_published_by_the_review_is_found() -> None:
    approved(build_news(user=author(), title="Mentoring im Handwerk"))

    assert titles("q=Mentoring") == {"Mentoring im Handwerk"}
    assert agrees()


def test_published_edit_is_found() -> None:
    page = news()
    page.title = "Sponsoring im Handwerk"
    page.save_revision(user=author())
    published(page)

    assert titles("q=Sponsoring") == {"Sponsoring im Handwerk"}
    assert titles("q=Mentoring") == set()
    assert agrees()


def test_child_relations_and_terms_are_found_right_after_publishing() -> None:
    page = published(build_example(user=author(), topics=["sport"]))
    page.topics.set([ensure_term("topic", "jugend", "Jugend")])
    page.partners.add(ExamplePartner(name="Bäckerei Morgenrot", side="kmu", sort_order=9))
    page.save_revision(user=author())
    published(page)

    assert titles("thema=jugend") == {page.title}
    assert titles("thema=sport") == set()
    assert titles("q=Morgenrot") == {page.title}
    assert agrees()


def _post_bulk(action: str, pages: list[Page], data: dict[str, Any] | None = None) -> None:
    client = Client()
    client.force_login(build_administrator("verwaltet@example.org"))
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    ids = "&".join(f"id={page.pk}" for page in pages)
    client.post(f"{url}?next=/admin/&{ids}", data or {})


def test_bulk_unpublishing() -> None:
    _post_bulk("unpublish", [news("Erste Nachricht"), news("Zweite Nachricht")])

    assert titles("q=Nachricht") == set()
    assert agrees()


def test_bulk_publishing_passes_the_gate_or_nothing_is_found() -> None:
    page = build_news(user=author(), title="Mentoring")
    _post_bulk("publish", [page])

    assert titles("q=Mentoring") == set()
    assert agrees()


def test_bulk_move_and_delete() -> None:
    region = build_region("Kreis Steinfurt")
    index = ExampleIndexPage.objects.child_of(house_of_region(region)).get()
    page = published(build_example(user=author()))

    _post_bulk("move", [page], {"chooser": index.pk})
    assert page.title in titles(f"region={region.slug}")

    _post_bulk("delete", [page])
    assert not Entry.objects.filter(page_id=page.pk, removed=False).exists()
    assert agrees()


def test_scheduled_page_is_found_from_its_time_on() -> None:
    page = build_news(user=author(), title="Mentoring")
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision(user=author())
    approved(page)
    assert titles("q=Mentoring") == set()

    past = timezone.now() - PAST
    revision = Revision.objects.page_revisions().get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")

    assert titles("q=Mentoring") == {"Mentoring"}
    assert agrees()


def test_page_whose_time_is_over_is_not_found() -> None:
    page = news()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - PAST)
    call_command("publish_scheduled")

    assert titles("q=Mentoring") == set()
    assert agrees()


def test_last_day_is_decided_when_asked() -> None:
    news("Heute", expires_on=timezone.localdate())
    news("Morgen", expires_on=tomorrow())
    Entry.objects.filter(title="Heute").update(expires_at=timezone.now() - PAST * 1000)

    assert titles() == {"Morgen"}


def test_unpublished_page_is_not_found() -> None:
    news().unpublish()

    assert titles("q=Mentoring") == set()
    assert agrees()


def test_unpublishing_with_descendants() -> None:
    page = published(build_standard(user=author(), title="Oben"))
    child = published(build_standard(parent=page, user=author(), title="Unten"))
    Page.objects.get(pk=page.pk).unpublish()
    assert titles("q=Unten") == {"Unten"}

    client = Client()
    client.force_login(build_administrator("verwaltet@example.org"))
    published(Page.objects.get(pk=page.pk).specific)
    client.post(
        reverse("wagtailadmin_pages:unpublish", args=(page.pk,)), {"include_descendants": "on"}
    )

    assert not Page.objects.get(pk=child.pk).live
    assert titles("q=Unten") == set()
    assert agrees()


def test_deleted_ancestor_takes_its_pages_along() -> None:
    page = news()
    Page.objects.get(pk=page.get_parent().pk).delete()

    assert not Page.objects.filter(pk=page.pk).exists()
    assert titles("q=Mentoring") == set()
    assert agrees()


def test_moved_page_belongs_to_the_new_region() -> None:
    first, second = build_region("Kreis Steinfurt"), build_region("Kreis Borken")
    page = published(build_standard(user=author(), title="Oben"))
    child = published(build_standard(parent=page, user=author(), title="Unten"))
    Page.objects.get(pk=page.pk).move(house_of_region(first), pos="last-child")
    assert titles(f"region={first.slug}") >= {"Oben", "Unten"}

    Page.objects.get(pk=page.pk).move(house_of_region(second), pos="last-child")

    assert {"Oben", "Unten"}.isdisjoint(titles(f"region={first.slug}"))
    assert titles(f"region={second.slug}") >= {"Oben", "Unten"}
    assert Entry.objects.get(page_id=child.pk).region_id == second.pk
    assert agrees()


def test_changed_slug_of_an_ancestor_changes_addresses() -> None:
    page = news()
    index = build_news_index()
    index.slug = "nachrichten"
    index.save()

    (hit,) = results("q=Mentoring").hits
    assert hit.page.pk == page.pk
    assert hit.url == f"/nachrichten/{page.slug}/"
    assert agrees()


def test_public_copy_of_a_tree_is_found() -> None:
    page = published(build_example(user=author(), title="Tandem", topics=["sport"]))
    index = build_example_index()
    copied = index.copy(recursive=True, keep_live=True, update_attrs={"slug": "kopie"})

    copies = ExamplePage.objects.descendant_of(copied)
    assert set(Entry.objects.filter(title="Tandem").values_list("page_id", flat=True)) == {
        page.pk,
        copies.get().pk,
    }
    assert {"sport"} == set(
        Entry.objects.get(page_id=copies.get().pk)
        .facets.filter(name="thema")
        .values_list("value", flat=True)
    )
    assert agrees()


def test_copy_kept_as_draft_is_not_found() -> None:
    page = news()
    page.copy(keep_live=False, update_attrs={"slug": "kopie"})

    assert [hit.page.pk for hit in results("q=Mentoring").hits] == [page.pk]
    assert agrees()


def test_only_topics_choose_a_drawing() -> None:
    ensure_term("party", "kultur")
    terms = {"topics": ["ausbildung"], "parties": ["kultur"]}
    page = published(build_example(user=author(), form=None, illustration="", **terms))
    assert Entry.objects.get(page_id=page.pk).illustration == "thema-ausbildung"


def test_alias_is_not_found_until_it_is_converted() -> None:
    page = news()
    alias = page.create_alias(update_slug="spiegel")
    assert [hit.page.pk for hit in results("q=Mentoring").hits] == [page.pk]

    ConvertAliasPageAction(Page.objects.get(pk=alias.pk).specific).execute(
        skip_permission_checks=True
    )

    assert {hit.page.pk for hit in results("q=Mentoring").hits} == {page.pk, alias.pk}
    assert agrees()


def test_translation_is_found_in_its_language_when_published() -> None:
    home = build_home("en", user=author())
    page = published(build_standard(user=author(), title="Mentoring"))
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    copy = page.get_translation(english)
    assert copy.is_descendant_of(home)
    assert titles("q=Mentoring", language="en") == set()

    copy.title = "Mentoring for all"
    copy.save_revision(user=author())
    published(copy)

    assert titles("q=Mentoring", language="en") == {"Mentoring for all"}
    assert titles("q=Mentoring") == {"Mentoring"}
    assert agrees()


def test_locale_aliases_of_a_synchronised_tree_are_not_found() -> None:
    build_home("en", user=author())
    page = published(build_standard(user=author(), title="Mentoring"))
    page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)

    assert titles("q=Mentoring", language="en") == set()
    assert agrees()


def test_labels_are_found_in_the_language_of_the_page(house: Any) -> None:
    term = ensure_term("topic", "ausbildung", "Ausbildung")
    term.labels.create(language="en", name="Vocational training")
    house.priorities = [("priority", {"topic": "ausbildung", "text": "Jeder findet eine Lehre"})]
    with translation.override("en"):
        house.save_revision()
        published(house)

    text = Entry.objects.get(pk=house.pk).text
    assert "Ausbildung" in text
    assert "Vocational training" not in text
