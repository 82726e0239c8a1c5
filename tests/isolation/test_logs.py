"""What happens to a draft stands in the log, its title and what is made of it do not."""

import pytest
from wagtail.models import Page

from demo.builders import build_news
from demo.review import publish
from tests.isolation.world import canaries_in, canary

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(world):
    """A public page whose title must not be logged."""
    side = world.sides["b"]
    page = build_news(side.live.get_parent(), side.editor, title=canary("b", "logged"))
    return publish(page, side.editor)


def rename(page):
    """Wagtail makes redirects of it."""
    page.slug = canary("b", "renamed")
    page.save()


WHAT = {
    "create": lambda page: build_news(page.get_parent(), page.owner, title=canary("b", "created")),
    "edit": lambda page: page.save_revision(user=page.owner),
    "rename": rename,
    "move": lambda page: page.move(page.get_parent().get_parent(), pos="last-child"),
    "copy": lambda page: page.copy(update_attrs={"slug": "kopie"}),
    "alias": lambda page: page.create_alias(update_slug="alias"),
    "unpublish": lambda page: page.unpublish(),
    "delete": lambda page: Page.objects.get(pk=page.pk).delete(),
}


@pytest.mark.parametrize("what", WHAT)
def test_title_is_not_logged(page, log_lines, what):
    WHAT[what](page)
    assert canaries_in(log_lines.getvalue().encode()) == set()


def test_publication_is_logged_without_its_title(world, log_lines):
    side = world.sides["b"]
    publish(build_news(side.live.get_parent(), side.editor, title=canary("b", "out")), side.editor)
    assert "Published pk=" in log_lines.getvalue()
    assert canaries_in(log_lines.getvalue().encode()) == set()


def test_the_line_names_the_page_by_its_number(page, log_lines):
    page.move(page.get_parent().get_parent(), pos="last-child")
    assert f"wagtail Page moved id={page.pk}\n" in log_lines.getvalue()
