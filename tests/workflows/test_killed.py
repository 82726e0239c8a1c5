"""A process killed in the middle of publishing leaves page and search entry in agreement."""

import os
import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from wagtail.signals import page_published

from demo import builders, people
from demo.review import approve, submit
from news.models import NewsPage
from search.models import Entry
from tests.databases.templates import REGION, Template

#: How the process ends that is killed.
KILLED = 9

pytestmark = pytest.mark.django_db(transaction=True)


def build() -> None:
    """A piece of news that waits for the lead of its house."""
    region = builders.build_region()
    editor = people.build_editor(region, "editor@example.org")
    people.build_lead(region, "lead@example.org")
    index = builders.build_news_index(builders.house_of_region(region))
    submit(builders.build_news(index, editor), editor)


@pytest.fixture
def database_template() -> Template:
    return Template("submittednews", build, REGION)


def in_a_child(settings: dict[str, Any], work: Callable[[], str]) -> tuple[int, str]:
    """Do something in a process of its own, with a database connection of its own.

    It is forked: to start Django anew takes seconds.

    Returns:
        How it ended, and what the work returned; empty if it did not get so far.
    """
    reader, writer = os.pipe()
    if not (child := os.fork()):
        try:
            # What the parent has open stays open, and is the parent's.
            connections.settings[DEFAULT_DB_ALIAS] |= settings
            connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
            os.write(writer, work().encode())
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


def settings_of_the_copy(folder: Path) -> dict[str, Any]:
    """Where another process finds the database of this test."""
    if connection.vendor == "postgresql":
        return {"NAME": connection.settings_dict["NAME"]}
    file = sqlite3.connect(folder / "killed.sqlite3")
    connection.connection.backup(file)
    file.close()
    return {"NAME": str(folder / "killed.sqlite3")}


def approve_and_die() -> str:
    """Approve, and be killed when the page is public and nobody has heard of it."""
    page_published.connect(lambda **kwargs: os._exit(KILLED), weak=False)
    approve(NewsPage.objects.get())
    return "was not killed"


def look() -> str:
    """Whether the page is public, whether the search finds it, and how its review stands."""
    page = NewsPage.objects.get()
    found = Entry.objects.filter(page_id=page.pk, removed=False).exists()
    return f"{page.live} {found} {page.current_workflow_state.status}"


def test_killed_while_publishing(tmp_path):
    settings = settings_of_the_copy(tmp_path)
    assert in_a_child(settings, approve_and_die) == (KILLED, "")
    assert in_a_child(settings, look) == (0, "False False in_progress")
