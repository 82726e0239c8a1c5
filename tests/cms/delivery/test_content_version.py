"""What is remembered between requests belongs to one state of the public site."""

import pytest
from django.db import transaction

from cms.delivery import content_version
from cms.delivery.change_tracking import in_changed_transaction
from cms.delivery.content_version import VERSION_SECONDS, ContentCache, VersionClock
from cms.models import SiteSettings
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


class Clock:
    """Time that passes when told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Counter:
    """Something to be made; counts how often."""

    made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


@pytest.fixture
def settings_row() -> SiteSettings:
    row = SiteSettings.load()
    run_on_commit_callbacks()
    return row


def test_is_made_once(settings_row):
    memory, make = ContentCache(), Counter()
    assert [memory.get("key", make), memory.get("key", make)] == [1, 1]


def test_keys_are_told_apart(settings_row):
    memory, make = ContentCache(), Counter()
    assert [memory.get("one", make), memory.get("other", make)] == [1, 2]


def test_change_of_another_process_is_seen_after_a_second(settings_row):
    clock, make = Clock(), Counter()
    memory = ContentCache(versions=VersionClock(clock))
    memory.get("key", make)
    settings_row.save()
    run_on_commit_callbacks()
    assert memory.get("key", make) == 1
    clock.now += VERSION_SECONDS
    assert memory.get("key", make) == 2


def test_own_change_is_seen_at_once(settings_row):
    make = Counter()
    content_version.cached("key", make)
    settings_row.save()
    run_on_commit_callbacks()
    assert content_version.cached("key", make) == 2


def test_what_may_be_rolled_back_is_not_remembered(settings_row):
    memory, make = ContentCache(), Counter()
    with transaction.atomic():
        settings_row.save()
        memory.get("key", make)
        transaction.set_rollback(True)
    assert memory.get("key", make) == 2


def test_longest_unused_makes_room(settings_row):
    memory, make = ContentCache(size=2), Counter()
    memory.get("one", make)
    memory.get("two", make)
    memory.get("one", make)
    memory.get("three", make)
    assert memory.get("one", make) == 1
    assert memory.get("two", make) == 4


def test_draft_does_not_make_forget(settings_row, news, django_assert_num_queries):
    run_on_commit_callbacks()
    clock, make = Clock(), Counter()
    memory = ContentCache(versions=VersionClock(clock))
    memory.get("key", make)
    news.title = "Anders"
    news.save_revision()
    run_on_commit_callbacks()
    clock.now += VERSION_SECONDS
    assert memory.get("key", make) == 1


def test_what_a_transaction_changed_is_cached_until_its_next_change(settings_row):
    cache, make = ContentCache(), Counter()
    with transaction.atomic():
        settings_row.save()
        assert [cache.get("key", make), cache.get("key", make)] == [1, 1]
        settings_row.save()
        assert cache.get("key", make) == 2


def test_what_a_savepoint_saw_goes_with_its_rollback(settings_row):
    cache, make = ContentCache(), Counter()
    with transaction.atomic():
        settings_row.save()
        with transaction.atomic():
            settings_row.save()
            cache.get("key", make)
            transaction.set_rollback(True)
        assert cache.get("key", make) == 2


def test_only_the_changing_transaction_is_told_apart(settings_row):
    assert not in_changed_transaction()
    with transaction.atomic():
        assert not in_changed_transaction()
        settings_row.save()
        assert in_changed_transaction()
