"""Nothing is lost on the way to the index, whatever the server does meanwhile."""

import logging

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.comparison import Differences, compare
from search.engines.elasticsearch.index import current_index, indexes_of
from search.engines.elasticsearch.outbox import deliver
from search.engines.elasticsearch.rebuild import AlreadyBuilding, Rebuild
from search.engines.elasticsearch.upkeep import keep_up, renew_epoch, repair
from search.models import Entry, IndexClock, IndexState
from tests.search.factories import make_entry

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


def indexed(server: Elasticsearch, alias: str) -> set[int]:
    """Ids of all documents."""
    server.indices.refresh(index=alias)
    hits = server.search(index=alias, source=False, size=100)["hits"]["hits"]
    return {int(hit["_id"]) for hit in hits}


def remove(page_id: int) -> None:
    """Have an entry removed, as the sync does."""
    IndexClock.advance()
    version = IndexClock.version().counter
    Entry.objects.filter(pk=page_id).update(removed=True, version=version)


def test_missing_index_is_built(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    keep_up()

    assert indexed(server, alias) == {1}
    assert not Entry.objects.waiting().exists()
    assert not compare()


def test_changes_are_delivered(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    make_entry(2)
    keep_up()
    make_entry(3)
    remove(1)

    assert deliver().taken == 2
    assert indexed(server, alias) == {2, 3}
    assert not Entry.objects.waiting().exists()


def test_wiped_server_is_filled_again(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    keep_up()
    server.indices.delete(index=current_index(server, IndexClock.version().epoch) or "")
    make_entry(2)
    keep_up()

    assert indexed(server, alias) == {1, 2}


def test_a_refused_entry_holds_up_no_other(
    server: Elasticsearch, alias: str, caplog: pytest.LogCaptureFixture
) -> None:
    keep_up()
    make_entry(1, lat=500.0, lon=0.0)
    make_entry(2)
    with caplog.at_level(logging.ERROR):
        delivery = deliver()
        deliver()

    assert (delivery.taken, delivery.refused) == (1, 1)
    assert indexed(server, alias) == {2}
    assert Entry.objects.get(pk=1).delivery_error
    assert caplog.text.count("refuses page 1") == 1
    assert compare() == Differences(refused=[1])


def test_an_entry_that_was_mended_is_refused_no_longer(server: Elasticsearch, alias: str) -> None:
    keep_up()
    make_entry(1, lat=500.0, lon=0.0)
    assert deliver().refused == 1
    Entry.objects.filter(pk=1).update(lat=50.0)
    deliver()

    assert indexed(server, alias) == {1}
    assert Entry.objects.get(pk=1).delivery_error == ""


def test_read_only_index_is_waited_for(server: Elasticsearch, alias: str) -> None:
    keep_up()
    make_entry(1)
    block = "blocks.read_only_allow_delete"
    server.indices.put_settings(index=alias, settings={block: True})
    keep_up()
    state = IndexState.objects.get()
    assert state.unreachable_since
    assert "read-only" in state.problem
    assert Entry.objects.waiting().count() == 1

    server.indices.put_settings(index=alias, settings={block: None})
    keep_up()

    assert indexed(server, alias) == {1}
    assert IndexState.objects.get().unreachable_since is None


def test_what_changes_during_a_build_is_in_the_new_index(
    server: Elasticsearch, alias: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.rebuild.BATCH", 1)
    monkeypatch.setattr("search.engines.elasticsearch.rebuild._LAST", 0)
    for page_id in (1, 2, 3):
        make_entry(page_id)
    keep_up()
    before = current_index(server, IndexClock.version().epoch)

    def change(done: int, total: int) -> None:
        # The old index answers until the new one is complete.
        assert current_index(server, IndexClock.version().epoch) == before
        if done == 2:
            remove(1)
            make_entry(4)
            deliver()

    Rebuild(progress=change).run()

    assert indexes_of(server, IndexClock.version().epoch) != [before]
    assert len(indexes_of(server, IndexClock.version().epoch)) == 1
    assert indexed(server, alias) == {2, 3, 4}
    assert not compare()


def test_two_builds_at_once_are_one(server: Elasticsearch) -> None:
    make_entry(1)

    def build_again(done: int, total: int) -> None:
        with pytest.raises(AlreadyBuilding):
            Rebuild().run()

    Rebuild(progress=build_again).run()


def test_index_with_a_foreign_field_is_replaced(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    keep_up()
    before = current_index(server, IndexClock.version().epoch)
    server.indices.put_mapping(index=alias, properties={"fremd": {"type": "long"}})
    keep_up()

    assert current_index(server, IndexClock.version().epoch) != before
    assert indexed(server, alias) == {1}


def test_every_difference_is_named_and_repaired(server: Elasticsearch, alias: str) -> None:
    for page_id in (1, 2, 3):
        make_entry(page_id)
    keep_up()
    server.delete(index=alias, id="1")
    Entry.objects.filter(pk=2).update(version=1000, acknowledged_version=1000)
    IndexClock.objects.update(counter=1000)
    for name in ("77", "fremd"):
        foreign = {"page_id": 77, "locale": "de", "facets": {"typ": ["x"]}}
        server.index(index=alias, id=name, document=foreign)

    found = compare()
    found.surplus.sort()
    assert found == Differences(missing=[1], stale=[2], surplus=[-1, 77])
    with pytest.raises(CommandError, match="differ"):
        call_command("search_check")

    repair()
    assert not compare()
    call_command("search_check")


def test_documents_that_were_lost_are_sent_again(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    keep_up()
    server.delete(index=alias, id="1", version=2**40, version_type="external")
    index = current_index(server, IndexClock.version().epoch)
    repair()
    keep_up()

    assert not compare()
    assert indexes_of(server, IndexClock.version().epoch) != [index]


def test_restored_backup_begins_an_index_of_its_own(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    keep_up()
    renew_epoch()
    keep_up()

    assert indexed(server, f"{server_alias()}") == {1}
    assert server_alias() != alias


def test_restored_backup_is_noticed_without_being_told(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    IndexClock.objects.update(counter=50)
    make_entry(2)
    keep_up()
    # As if the backup were of the time before.
    IndexClock.objects.update(counter=20)
    Entry.objects.filter(pk=2).update(version=10, acknowledged_version=5, title="Alt")
    keep_up()

    assert server_alias() != alias
    assert indexed(server, server_alias()) == {1, 2}
    assert not compare()


def server_alias() -> str:
    """The alias of the present history."""
    from search.engines.elasticsearch.index import alias_of

    return alias_of(IndexClock.version().epoch)


def test_one_type_is_sent_again(server: Elasticsearch, alias: str) -> None:
    make_entry(1, type_key="beispiel")
    make_entry(2)
    keep_up()
    server.delete(index=alias, id="1", version=1, version_type="external_gte", refresh=True)
    call_command("search_rebuild", "--type", "beispiel")

    assert indexed(server, alias) == {1, 2}


def test_command_builds_the_index(server: Elasticsearch, alias: str) -> None:
    make_entry(1)
    call_command("search_rebuild")

    assert indexed(server, alias) == {1}
