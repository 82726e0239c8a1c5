"""Words of the search as records: effective at once, published by a second person."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.models import User
from demo.builders import build_news
from demo.people import build_national_editor
from search.analysis.thesaurus import LineKind, initial_lines
from search.models import SearchCount, ThesaurusEntry
from tests.search.factories import author, published, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return build_national_editor("woerter@example.org")


@pytest.fixture
def second() -> User:
    return build_national_editor("zweite@example.org")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def data(words: str, others: str = "", kind: str = LineKind.SAME, **more: str) -> dict[str, str]:
    return {"kind": str(kind), "words": words, "others": others, **more}


def add(user: User, words: str, others: str = "", **more: str) -> Any:
    return client_of(user).post(reverse("thesaurus:add"), data(words, others, **more))


def edit(user: User, entry: ThesaurusEntry, words: str, **more: str) -> Any:
    return client_of(user).post(reverse("thesaurus:edit", args=[entry.pk]), data(words, **more))


def publish_as(user: User, entry: ThesaurusEntry) -> Any:
    entry.refresh_from_db()
    draft = entry.get_latest_revision_as_object()
    fields = data(draft.words, draft.others, draft.kind)
    address = reverse("thesaurus:edit", args=[entry.pk])
    return client_of(user).post(address, fields | {"action-publish": "1"})


def titles(address: str) -> list[str]:
    return [hit.page.title for hit in results(address).hits]


def newest() -> ThesaurusEntry:
    return ThesaurusEntry.objects.latest("pk")


def test_a_new_site_begins_with_the_words_of_the_file() -> None:
    lines = [entry.line for entry in ThesaurusEntry.objects.filter(live=True).order_by("pk")]

    assert lines == initial_lines()


def test_a_record_counts_with_the_next_search_once_a_second_person_publishes_it(
    writer: User, second: User
) -> None:
    published(build_news(user=author(), title="Ein Raumzirkel am Abend"))
    add(writer, "Quarkspeise\nRaumzirkel", **{"action-publish": "1"})
    entry = newest()
    assert titles("q=Quarkspeise") == []
    assert not entry.live

    publish_as(second, entry)

    assert titles("q=Quarkspeise") == ["Ein Raumzirkel am Abend"]
    assert "<mark>Raumzirkel</mark>" in results("q=Quarkspeise").hits[0].title


def test_own_words_only_can_be_searched(writer: User, second: User) -> None:
    published(build_news(user=author(), title="Ein Raumzirkel am Abend"))
    add(writer, "Quarkspeise\nRaumzirkel")
    publish_as(second, newest())

    found = results("q=Quarkspeise")

    assert found.notes.related == ("Raumzirkel",)
    assert titles(found.notes.exact_url.partition("?")[2]) == []


def test_who_writes_a_change_cannot_publish_it(writer: User) -> None:
    entry = newest()

    response = edit(
        writer, entry, "Mondbasis\nRaumstation", others="Weltraum", kind=str(LineKind.CONCEPT)
    )
    publish_as(writer, entry)

    entry.refresh_from_db()
    assert response.status_code == 302
    assert "Mondbasis" not in entry.words
    assert entry.has_unpublished_changes
    with pytest.raises(PermissionDenied):
        entry.latest_revision.publish(user=writer)


def test_a_second_person_who_changes_the_text_needs_a_second_person(
    writer: User, second: User
) -> None:
    add(writer, "Quarkspeise\nRaumzirkel")
    entry = newest()

    edit(second, entry, "Quarkspeise\nRaumzirkel\nMondbasis", **{"action-publish": "1"})
    entry.refresh_from_db()
    assert not entry.live

    publish_as(writer, entry)
    entry.refresh_from_db()
    assert entry.live


def test_an_earlier_version_is_brought_back_at_once(writer: User, second: User) -> None:
    entry = ThesaurusEntry.objects.filter(kind=LineKind.SAME).earliest("pk")
    before = entry.words
    edit(writer, entry, f"{before}\nQuarkspeise")
    publish_as(second, entry)
    first = entry.revisions.earliest("pk")

    address = reverse("thesaurus:revisions_revert", args=[entry.pk, first.pk])
    fields = data(before) | {"action-publish": "1", "revision": str(first.pk)}
    assert client_of(writer).get(address).status_code == 200
    client_of(writer).post(reverse("thesaurus:edit", args=[entry.pk]), fields)

    entry.refresh_from_db()
    assert entry.words.splitlines() == before.splitlines()


def test_what_is_withdrawn_no_longer_counts(writer: User, second: User) -> None:
    published(build_news(user=author(), title="Ein Raumzirkel am Abend"))
    add(writer, "Quarkspeise\nRaumzirkel")
    entry = newest()
    publish_as(second, entry)

    client_of(writer).post(reverse("thesaurus:unpublish", args=[entry.pk]))

    assert titles("q=Quarkspeise") == []


@pytest.mark.parametrize(
    ("words", "others", "kind", "field"),
    [
        ("Verein", "", LineKind.SAME, "words"),
        ("Verein\nStiftung", "", LineKind.SAME, "words"),
        ("Personal\nEhrenamtliche", "", LineKind.SAME, "words"),
        ("a\nVerband", "Bund", LineKind.SAME, "others"),
        ("Verband", "", LineKind.ONE_WAY, "others"),
        ("Verband", "und", LineKind.ONE_WAY, "others"),
        ("Verband", "Eintrag Verein Betrieb Garten Laden", LineKind.CONCEPT, "others"),
        ("\n".join(f"Wort{n}" for n in range(21)), "", LineKind.SAME, "words"),
    ],
)
def test_what_the_search_cannot_use_is_refused(
    words: str, others: str, kind: LineKind, field: str
) -> None:
    entry = ThesaurusEntry(kind=kind, words=words, others=others)

    with pytest.raises(ValidationError) as refused:
        entry.clean()

    assert field in refused.value.error_dict


def test_what_is_refused_stays_in_the_form(writer: User) -> None:
    response = add(writer, "Verein\nStiftung")

    assert response.status_code == 200
    assert "Verein\nStiftung" in response.content.decode().replace("\r", "")


def test_effect_shows_real_searches_before_and_after(writer: User) -> None:
    published(build_news(user=author(), title="Ein Raumzirkel am Abend"))
    for number in range(3):
        SearchCount.objects.create(
            day=timezone.localdate() - timezone.timedelta(days=number),
            locale="de",
            kind=SearchCount.Kind.WORDS,
            text="quarkspeise im verein",
            asked=3,
        )
    add(writer, "Quarkspeise\nRaumzirkel")
    entry = newest()

    page = client_of(writer).get(reverse("thesaurus:inspect", args=[entry.pk])).content.decode()

    assert "quarkspeise im verein" in page
    assert "9 Mal" in page
    assert "Ein Raumzirkel am Abend" in page


def test_effect_costs_a_bounded_number_of_queries(
    writer: User, django_assert_max_num_queries
) -> None:
    client = client_of(writer)
    address = reverse("thesaurus:inspect", args=[newest().pk])
    client.get(address)

    with django_assert_max_num_queries(90):
        client.get(address)


def test_houses_have_no_say_in_it(writer: User) -> None:
    writer.groups.clear()
    writer.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert client_of(writer).get(reverse("thesaurus:list")).status_code in (302, 403)
