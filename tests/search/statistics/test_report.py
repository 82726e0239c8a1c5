"""The report of searches, and what is deleted: only what many have asked is shown and kept."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from demo.people import build_administrator, build_national_editor
from search.models import SearchCount
from search.statistics.retention import delete_old, frequent_searches

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/berichte/suchen/"


def asked(text: str, *times: int, ago: int = 0, kind: str = "words", empty: bool = False) -> None:
    """So many times on each of some days, the last of them so many days ago."""
    for number, count in enumerate(times):
        SearchCount.objects.create(
            day=timezone.localdate() - datetime.timedelta(days=ago + number),
            locale="de",
            kind=kind,
            text=text,
            asked=count,
            without_result=count if empty else 0,
            results=0 if empty else 7,
        )


def shown() -> set[str]:
    return {row["text"] for row in frequent_searches()}


@pytest.mark.parametrize(
    ("times", "is_shown"),
    [((5, 0, 0), True), ((2, 2, 1), True), ((2, 1, 1), False), ((50, 50), False), ((), False)],
)
def test_shown_once_asked_five_times_on_three_days(times: tuple[int, ...], is_shown: bool) -> None:
    asked("mentoring", *times)

    assert shown() == ({"mentoring"} if is_shown else set())


def test_rare_words_are_deleted_after_thirty_days() -> None:
    asked("selten", 3, ago=31)
    asked("selten und neu", 3, ago=30)
    asked("häufig", 2, 2, 2, ago=40)

    delete_old()

    texts = set(SearchCount.objects.values_list("text", flat=True))
    assert texts == {"selten und neu", "häufig"}


def test_everything_is_deleted_after_four_hundred_days() -> None:
    asked("häufig", 9, 9, 9, ago=399)

    delete_old()

    assert SearchCount.objects.count() == 2


@pytest.fixture
def desk(client: Client) -> Client:
    """Somebody of the national desk, signed in."""
    client.force_login(build_national_editor("bund@example.org"))
    return client


def test_desk_reads_most_frequent_first_with_labels(desk: Client) -> None:
    asked("seltener", 2, 2, 1)
    asked("mentoring", 4, 4, 4)
    asked("typ=aktuelles", 9, 9, 9, kind="filter")
    asked("einmal", 9)

    page = desk.get(ADDRESS).content.decode()

    assert "einmal" not in page
    assert page.index("Aktuelles") < page.index("mentoring") < page.index("seltener")
    assert "/suche/?q=mentoring" in page


def test_desk_reads_what_found_nothing(desk: Client) -> None:
    asked("mentoring", 4, 4, 4)
    asked("quark", 2, 2, 1, empty=True)

    page = desk.get(f"{ADDRESS}?empty=always").content.decode()

    assert "quark" in page
    assert "mentoring" not in page


def test_report_can_be_taken_along_as_a_table(desk: Client) -> None:
    asked("mentoring", 4, 4, 4)

    response = desk.get(f"{ADDRESS}?export=csv")
    text = b"".join(response.streaming_content).decode()

    assert "mentoring" in text
    assert "12" in text


def test_number_of_queries_does_not_grow(desk: Client, django_assert_max_num_queries) -> None:
    for number in range(60):
        asked(f"wort{number}", 3, 3, 3)
        asked(f"typ={number}", 3, 3, 3, kind="filter")
    desk.get(ADDRESS)

    with django_assert_max_num_queries(25):
        desk.get(ADDRESS)


def test_others_are_not_let_in(client: Client) -> None:
    user = build_national_editor("weg@example.org")
    user.groups.clear()
    visitors = Group.objects.create(name="Nur hinein")
    visitors.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(visitors)
    client.force_login(user)

    assert client.get(ADDRESS).status_code in (302, 403)


def test_administrators_may_read_it(client: Client) -> None:
    client.force_login(build_administrator("admin@example.org"))

    assert client.get(ADDRESS).status_code == 200
