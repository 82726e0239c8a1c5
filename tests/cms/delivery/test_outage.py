"""While the database is away: what is stored is served, and nobody waits for long."""

import pytest
from django.db import DatabaseError
from django.test import Client

from cms.delivery import page_cache
from cms.models import PublicChange
from cms.models.changes import ContentVersion


class Outage:
    """A database that answers for the content version or does not, as the test says."""

    def __init__(self) -> None:
        self.began = False
        self.attempts = 0
        self._version = PublicChange.version

    def version(self) -> ContentVersion:
        """Stands in for :meth:`cms.models.PublicChange.version`."""
        if not self.began:
            return self._version()
        self.attempts += 1
        raise DatabaseError


@pytest.fixture
def outage(monkeypatch) -> Outage:
    """Begins when the test says so."""
    outage = Outage()
    monkeypatch.setattr(PublicChange, "version", outage.version)
    return outage


def test_without_database_a_stored_page_is_served_until_it_ends(
    clock, outage, counting_site
) -> None:
    counting_site.get()
    outage.began = True
    clock.now += 59
    counting_site.get()
    assert counting_site.renderings == 1
    clock.now += 2
    counting_site.get()
    assert counting_site.renderings == 2


def test_without_database_nothing_is_stored(clock, outage, counting_site) -> None:
    outage.began = True
    counting_site.get()
    counting_site.get()
    assert counting_site.renderings == 2


def test_without_database_not_every_request_waits_for_it(clock, outage, counting_site) -> None:
    outage.began = True
    for _request in range(3):
        counting_site.get()
    assert outage.attempts == 1
    clock.now += page_cache.RETRY_SECONDS
    counting_site.get()
    assert outage.attempts == 2


def test_database_is_asked_again_after_the_clock_was_set_back(clock, outage, counting_site) -> None:
    outage.began = True
    counting_site.get()
    clock.now -= 3600
    counting_site.get()
    assert outage.attempts == 2


def test_what_was_changed_meanwhile_is_seen_when_the_database_is_back(
    clock, outage, counting_site
) -> None:
    counting_site.get()
    outage.began = True
    clock.now += 1.1
    counting_site.get()
    outage.began = False
    PublicChange.objects.create()
    clock.now += page_cache.RETRY_SECONDS
    counting_site.get()
    assert counting_site.renderings == 2


def test_whether_the_process_lives_is_told_without_the_database(clock, outage) -> None:
    outage.began = True
    assert Client().get("/-/health/live").status_code == 200
    assert outage.attempts == 0
