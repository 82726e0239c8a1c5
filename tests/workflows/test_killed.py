"""A process killed in the middle of publishing leaves page and search entry in agreement."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from demo import builders, people
from demo.review import submit
from tests.databases.templates import REGION, Template

ROOT = Path(__file__).resolve().parent.parent.parent

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


KILL = """
import os
import django; django.setup()
from wagtail.signals import page_published
from demo.review import approve
from news.models import NewsPage
page_published.connect(lambda **kwargs: os._exit(9), weak=False)
approve(NewsPage.objects.get())
"""

LOOK = """
import django; django.setup()
from news.models import NewsPage
from search.models import Entry
page = NewsPage.objects.get()
print(page.live, Entry.objects.filter(page_id=page.pk, removed=False).exists(),
      page.current_workflow_state.status)
"""


def run(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def url_of_the_copy(folder: Path) -> str:
    """Where another process finds the database of this test."""
    names = connection.settings_dict
    if connection.vendor == "postgresql":
        account = f"{names['USER']}:{names['PASSWORD']}"
        return f"postgres://{account}@{names['HOST']}:{names['PORT']}/{names['NAME']}"
    file = sqlite3.connect(folder / "killed.sqlite3")
    connection.connection.backup(file)
    file.close()
    return f"sqlite:///{folder / 'killed.sqlite3'}"


def test_killed_while_publishing(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": url_of_the_copy(tmp_path),
        "VAR_DIR": str(tmp_path),
    }
    killed = run(KILL, environment)
    assert killed.returncode == 9, killed.stderr
    assert run(LOOK, environment).stdout.split() == ["False", "False", "in_progress"]
