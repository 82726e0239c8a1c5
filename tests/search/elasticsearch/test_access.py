"""How the site signs in to a server as the stock image runs it, and what operators read else."""

import json
import os
import re
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from scripts.bootstrap import ROOT
from search.engines.elasticsearch.comparison import compare
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.index import delete_others
from search.engines.elasticsearch.rebuild import Rebuild
from search.engines.elasticsearch.upkeep import keep_up
from search.models import Entry, IndexClock
from tests.search.factories import engine_query, make_entry

GUIDE = ROOT / "docs" / "how-to" / "run-elasticsearch.md"

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not os.environ.get("ELASTICSEARCH_PASSWORD"), reason="the server asks nobody who they are"
    ),
]


def documented_rights() -> dict[str, Any]:
    """What the guide has operators give a key."""
    found = re.search(r"```json\n(.+?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    rights: dict[str, Any] = json.loads(found[1])
    return rights


def sign_in(settings: Any, **changes: str) -> None:
    """As the settings with these changes say, from now on."""
    for name, value in changes.items():
        setattr(settings, f"ELASTICSEARCH_{name}", value)
    get_client.cache_clear()


def test_a_key_with_the_documented_rights_is_enough(server: Elasticsearch, settings: Any) -> None:
    rights = {"haeuser": documented_rights()}
    key = server.security.create_api_key(name="haeuser", role_descriptors=rights)
    sign_in(settings, API_KEY=key["encoded"], USER="")
    make_entry(1, "Mentoring")

    name = Rebuild().run()
    make_entry(2, "Mentoring im Handwerk")
    keep_up()
    delete_others(get_client(), IndexClock.version().epoch, name)

    found = ElasticsearchEngine().search(engine_query("Mentoring"))
    assert sorted(found.page_ids) == [1, 2]
    assert not compare()
    assert not Entry.objects.waiting().exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"PASSWORD": "expired"}, "401"),
        ({"API_KEY": "bm9ib2R5OnVua25vd24="}, "401"),
        ({"CA": ""}, "TlsError"),
    ],
)
def test_operators_read_why_the_server_is_not_used(
    server: Elasticsearch, settings: Any, changes: dict[str, str], told: str
) -> None:
    make_entry(1)
    sign_in(settings, **changes)

    assert told in keep_up()
    assert Entry.objects.waiting().exists()
