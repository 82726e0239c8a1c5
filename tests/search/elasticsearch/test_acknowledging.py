"""What the server has answered, without a server."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.change_tracking import is_public_change
from search.engines.elasticsearch.mapping import page_id_of
from search.engines.elasticsearch.outbox import acknowledge
from search.engines.elasticsearch.requests import Found
from search.engines.elasticsearch.sending import Sent
from search.models import Entry
from tests.search.factories import make_entry

REASON = "document_parsing_exception: failed to parse"


@pytest.mark.django_db
def test_what_is_refused_again_changes_nothing_that_is_public() -> None:
    entry = make_entry(1)
    acknowledge([entry], Sent(refused={1: REASON}))
    entry.refresh_from_db()
    assert entry.delivery_error == REASON

    with CaptureQueriesContext(connection) as captured:
        acknowledge([entry], Sent(refused={1: REASON}))

    assert not [one for one in captured.captured_queries if is_public_change(one["sql"])]
    assert Entry.objects.waiting().exists()


@pytest.mark.parametrize(
    ("name", "page_id"), [("7", 7), ("fremd", None), ("007", None), ("٧", None), ("-7", None)]
)
def test_what_no_page_can_have_sent_is_of_no_page(name: str, page_id: int | None) -> None:
    assert page_id_of({"_id": name}) == page_id


def test_a_foreign_document_among_the_hits_is_read() -> None:
    assert Found.read({"_id": "fremd", "_score": None, "sort": [3.0, 77]}).page_id == 77
