"""What administrators read of the search index on the start page."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from search.index_section import SearchIndex
from search.models import Entry, IndexState
from tests.search.factories import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    """A server in the settings; the section asks it nothing."""
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]


@pytest.fixture
def section(administrator: Any) -> SearchIndex:
    """What the administrator sees."""
    return SearchIndex(administrator)


def test_nothing_is_said_when_nothing_is_wrong(section: SearchIndex) -> None:
    assert section.is_for_user()
    assert section.listing.rows == []


def test_it_is_for_administrators_of_sites_with_a_server(
    section: SearchIndex, editor: Any, settings: Any
) -> None:
    assert not SearchIndex(editor).is_for_user()
    settings.ELASTICSEARCH_URLS = []
    assert not section.is_for_user()


def test_server_that_does_not_answer_is_named_with_what_waits(section: SearchIndex) -> None:
    make_entry(1)
    make_entry(2)
    IndexState.objects.create(unreachable_since=timezone.now(), problem="ConnectionTimeout")

    (row,) = section.listing.rows
    assert (row.is_late, row.note) == (True, "ConnectionTimeout")
    assert "2 Seiten warten" in row.about


def test_progress_of_a_build_is_shown(section: SearchIndex) -> None:
    IndexState.objects.create(build_at=timezone.now(), build_total=200, build_done=50)

    (row,) = section.listing.rows
    assert (row.about, row.progress) == ("50 von 200 Seiten", 0.25)
    assert '<progress class="board-row__progress" value="0.25"' in render_to_string(
        "admin/dashboard/row.html", {"row": row}
    )


def test_refused_pages_are_named_with_the_reason(section: SearchIndex) -> None:
    make_entry(1, title="Mentoring")
    Entry.objects.update(delivery_error="illegal_argument_exception: gift")

    (row,) = section.listing.rows
    assert "Mentoring" in str(row.title)
    assert row.note == "illegal_argument_exception: gift"


def test_it_asks_two_queries(section: SearchIndex, django_assert_num_queries: Any) -> None:
    for page_id in range(1, 9):
        make_entry(page_id)
    Entry.objects.update(delivery_error="gift")

    with django_assert_num_queries(2):
        assert section.listing.total == 8
