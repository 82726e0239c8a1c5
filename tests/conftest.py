"""What every run of the tests needs: compiled messages, and a reason for each skipped test."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone, translation
from django.utils.translation.reloader import translation_file_changed

from scripts.bootstrap import ROOT
from scripts.compile_messages import compile_all
from tests.second_database import is_selected

if TYPE_CHECKING:
    from tests.databases import Databases
    from tests.databases.templates import Template

CHROMIUM = "/usr/bin/chromium"


def missing_for(marker: str) -> str:
    """Why tests with this marker cannot run here; empty when they can."""
    if marker == "postgres" and connection.vendor != "postgresql":
        return "needs PostgreSQL: DATABASE_URL=postgres://…"
    if marker == "elasticsearch" and not os.environ.get("ELASTICSEARCH_URL"):
        return "needs Elasticsearch: ELASTICSEARCH_URL=http://…"
    # A browser that is named must start: then a missing one is a failure.
    if marker == "browser" and "CHROMIUM" not in os.environ and not Path(CHROMIUM).exists():
        return f"needs Chromium: {CHROMIUM}, or CHROMIUM=…"
    return ""


def pytest_configure(config: pytest.Config) -> None:
    """Compile the German texts that tests look for, and forget those loaded before."""
    for path in compile_all():
        translation_file_changed(sender=None, file_path=path)


def uses_database(item: pytest.Item) -> bool:
    """Whether a test has a database, by its marker or by its fixtures."""
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or fixtures.intersection(item.fixturenames))


@pytest.hookimpl(tryfirst=True)  # before pytest reads -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test its database first; skip what the machine has no server or browser for."""
    for item in items:
        if is_selected(item.path.relative_to(ROOT)):
            item.add_marker("database")
        if uses_database(item):
            item.fixturenames.insert(0, "database")
        for marker in ("postgres", "elasticsearch", "browser"):
            reason = missing_for(marker) if item.get_closest_marker(marker) else ""
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: modules, models, collected tests.

    To look through all of it every now and then took 7 % of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker,
) -> Iterator["Databases"]:
    """Instead of pytest-django's: copies of templates, see ``tests/databases``."""
    from tests.databases import Databases, store_of_the_settings

    databases = Databases(store_of_the_settings())
    yield databases
    with django_db_blocker.unblock():
        databases.close()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture
def database_template(request) -> "Template":
    """What a test's database is a copy of; modules with content of their own override this."""
    from tests.databases.templates import template_for

    return template_for(request.fixturenames)


@pytest.fixture
def database(
    request, database_template: "Template", django_db_setup: "Databases", django_db_blocker
) -> Iterator["Databases"]:
    """The database of a test.

    A test that may commit has a copy to itself; nothing needs to be deleted after it.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = bool(
        (marker and marker.kwargs.get("transaction"))
        or {"transactional_db", "live_server"}.intersection(request.fixturenames)
    )
    with django_db_blocker.unblock():
        django_db_setup.use(database_template)
    with patch.object(TransactionTestCase, "_fixture_teardown") if commits else nullcontext():
        yield django_db_setup
    if commits:
        with django_db_blocker.unblock():
            django_db_setup.discard()


@pytest.fixture(autouse=True)
def queued_mail(settings) -> None:
    """pytest-django swaps the mail backend; the queue is what we test."""
    settings.EMAIL_BACKEND = "cms.jobs.mail_queue.QueueBackend"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What is rolled back after a test must not be remembered in the next."""
    from cms.delivery.content_version import clear

    clear()


@pytest.fixture(autouse=True)
def nothing_active() -> None:
    """A request leaves its language and its time zone to whoever comes next in this thread."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture
def region(db: None):
    """A region with its house; the template database has it, see ``tests/databases``."""
    from tests.databases import regions

    return regions.region()


@pytest.fixture
def other_region(region):
    """A second region, whose people must not reach into the first."""
    from tests.databases import regions

    return regions.other_region()


@pytest.fixture
def house(region):
    """The house page of the region."""
    from demo.builders import house_of_region

    return house_of_region(region)


@pytest.fixture
def editor(region):
    """Writes for the region's house."""
    from tests.databases import usual

    return usual.editor()


@pytest.fixture
def lead(region):
    """Leads the region's house."""
    from tests.databases import usual

    return usual.lead()


@pytest.fixture
def other_lead(other_region):
    """Leads the other region's house."""
    from demo.people import build_lead

    return build_lead(other_region, "other-lead@example.org", first_name="Katrin")


@pytest.fixture
def national_editor(db: None):
    """Approves for the national desk."""
    from tests.databases import usual

    return usual.national_editor()


@pytest.fixture
def second_national_editor(db: None):
    """A colleague at the national desk."""
    from tests.databases import usual

    return usual.second_national_editor()


@pytest.fixture
def administrator(db: None):
    """A national administrator."""
    from demo.people import build_administrator

    return build_administrator("admin@example.org", first_name="Ines", last_name="Admin")


@pytest.fixture
def sign_in(client: Client):
    """Sign a person in and give the client back."""

    def sign_in(user) -> Client:
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def usual_news(house, editor, database_template: "Template"):
    """What ``news`` gives, where a module has no ``news`` of its own: only then it is there."""
    from news.models import NewsPage
    from tests.databases import usual

    if usual.holds(database_template, "usual_news"):
        return NewsPage.objects.earliest("pk")
    return usual.usual_news()


@pytest.fixture
def news(usual_news):
    """A draft of a news item in the region's house."""
    return usual_news


@pytest.fixture
def usual_example(house, editor, database_template: "Template"):
    """What ``example`` gives, likewise."""
    from examples.models import ExamplePage
    from tests.databases import usual

    if usual.holds(database_template, "usual_example"):
        return ExamplePage.objects.earliest("pk")
    return usual.usual_example()


@pytest.fixture
def example(usual_example):
    """A draft of an example in the region's house."""
    return usual_example
