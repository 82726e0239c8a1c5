"""A process killed in the middle of publishing leaves page and search entry in agreement."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

SETUP = """
import django; django.setup()
from demo.builders import build_news, build_news_index, build_region, house_of_region
from demo.people import build_editor, build_lead
from demo.review import submit
region = build_region()
editor = build_editor(region, "editor@example.org")
build_lead(region, "lead@example.org")
submit(build_news(build_news_index(house_of_region(region)), editor), editor)
"""

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


def test_killed_while_publishing(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'killed.sqlite3'}",
        "VAR_DIR": str(tmp_path),
    }
    migrate = "import django; django.setup()\nfrom django.core.management import call_command\n"
    assert run(migrate + "call_command('migrate', verbosity=0)", environment).returncode == 0
    setup = run(SETUP, environment)
    assert setup.returncode == 0, setup.stderr
    assert run(KILL, environment).returncode == 9
    assert run(LOOK, environment).stdout.split() == ["False", "False", "in_progress"]
