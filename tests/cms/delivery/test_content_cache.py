"""What is remembered between requests belongs to one state of the public site."""

import pytest
from django.db import transaction

from cms.delivery import content_cache
from cms.delivery.content_cache import Memory
from cms.delivery.content_version import STATE_SECONDS
from cms.models import SiteSettings
from tests.built import settle

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
    settle()
    return row


def test_is_made_once(settings_row):
    memory, make = Memory(), Counter()
    assert [memory.get("key", make), memory.get("key", make)] == [1, 1]


def test_keys_are_told_apart(settings_row):
    memory, make = Memory(), Counter()
    assert [memory.get("one", make), memory.get("other", make)] == [1, 2]


def test_change_of_another_process_is_seen_after_a_second(settings_row):
    clock, make = Clock(), Counter()
    memory = Memory(clock=clock)
    memory.get("key", make)
    settings_row.save()
    settle()
    assert memory.get("key", make) == 1
    clock.now += STATE_SECONDS
    assert memory.get("key", make) == 2


def test_own_change_is_seen_at_once(settings_row):
    make = Counter()
    content_cache.remembered("key", make)
    settings_row.save()
    settle()
    assert content_cache.remembered("key", make) == 2


def test_what_may_be_rolled_back_is_not_remembered(settings_row):
    memory, make = Memory(), Counter()
    with transaction.atomic():
        settings_row.save()
        memory.get("key", make)
        transaction.set_rollback(True)
    assert memory.get("key", make) == 2


def test_longest_unused_makes_room(settings_row):
    memory, make = Memory(size=2), Counter()
    memory.get("one", make)
    memory.get("two", make)
    memory.get("one", make)
    memory.get("three", make)
    assert memory.get("one", make) == 1
    assert memory.get("two", make) == 4


def test_draft_does_not_make_forget(settings_row, news, django_assert_num_queries):
    settle()
    clock, make = Clock(), Counter()
    memory = Memory(clock=clock)
    memory.get("key", make)
    news.title = "Anders"
    news.save_revision()
    settle()
    clock.now += STATE_SECONDS
    assert memory.get("key", make) == 1
