"""Role × admin view × whose page: who gets in, and who does not (F29: two levels)."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from demo import builders, people
from demo.review import publish
from tests.databases.templates import REGIONS, Template

pytestmark = pytest.mark.django_db

VIEWS = {
    "explore": "wagtailadmin_explore",
    "edit": "wagtailadmin_pages:edit",
    "draft": "wagtailadmin_pages:view_draft",
    "delete": "wagtailadmin_pages:delete",
    "unpublish": "wagtailadmin_pages:unpublish",
    "move": "wagtailadmin_pages:move",
    "copy": "wagtailadmin_pages:copy",
    "history": "wagtailadmin_pages:history",
    "workflow history": "wagtailadmin_pages:workflow_history",
    "compare": "wagtailadmin_pages:revisions_compare",
    "revert": "wagtailadmin_pages:revisions_revert",
    "usage": "wagtailadmin_pages:usage",
    "privacy": "wagtailadmin_pages:set_privacy",
    "add below list": "wagtailadmin_pages:add_subpage",
    "add to list": "wagtailadmin_pages:add",
}


#: Whose pages a role reaches at all.
REACH = {
    "editor": {"own"},
    "lead": {"own"},
    "other_lead": {"foreign"},
    "national_editor": {"own", "foreign", "national"},
    "administrator": {"own", "foreign", "national"},
    "anonymous": set(),
}
#: In which state a page must be; where nothing is said, in any.
DRAFT, LIVE = {"draft"}, {"live"}
STATES = {
    # What is public is first taken down; only then it can be deleted or moved.
    ("delete", "editor"): DRAFT,
    ("delete", "lead"): DRAFT,
    ("delete", "other_lead"): DRAFT,
    ("delete", "national_editor"): DRAFT,
    ("move", "editor"): DRAFT,
    ("move", "lead"): DRAFT,
    ("move", "other_lead"): DRAFT,
    ("move", "national_editor"): DRAFT,
    # Taking down is for those who decide.
    ("unpublish", "editor"): set(),
    ("unpublish", "lead"): LIVE,
    ("unpublish", "other_lead"): LIVE,
    ("unpublish", "national_editor"): LIVE,
    ("unpublish", "administrator"): LIVE,
    # Pages are public or drafts; what nobody can restrict is not asked for when it is shown.
    **{("privacy", role): set() for role in REACH},
}


def expected(view: str, role: str) -> set[str]:
    """The pages on which ``role`` should get ``view``."""
    states = STATES.get((view, role), DRAFT | LIVE)
    return {f"{whose} {state}" for whose in REACH[role] for state in states}


def two_pages(index: Page, author, name: str) -> dict[str, Page]:
    """A draft and a public page."""
    live = publish(builders.build_news(index, author, title=f"{name} öffentlich"), author)
    return {
        f"{name} draft": builders.build_news(index, author, title=f"{name} Entwurf"),
        f"{name} live": live,
    }


def build() -> dict[str, Any]:
    """Two houses and the nation, each with a draft and a public page."""
    own = builders.build_region("Kreis Steinfurt")
    foreign = builders.build_region("Landkreis Görlitz")
    users = {
        "editor": people.build_editor(own, "editor@example.org"),
        "lead": people.build_lead(own, "lead@example.org"),
        "other_lead": people.build_lead(foreign, "other-lead@example.org"),
        "national_editor": people.build_national_editor("desk@example.org"),
        "administrator": people.build_administrator("admin@example.org"),
    }
    people.build_national_editor("desk2@example.org")
    writers = {
        "own": (builders.house_of_region(own), users["editor"]),
        "foreign": (
            builders.house_of_region(foreign),
            people.build_editor(foreign, "other-editor@example.org"),
        ),
        "national": (builders.national_home(), people.build_national_editor("d3@example.org")),
    }
    pages: dict[str, Page] = {}
    for name, (parent, author) in writers.items():
        pages |= two_pages(builders.build_news_index(parent), author, name)
    return {"users": users, "pages": pages}


WORLD = Template("adminrights", build, REGIONS)


@pytest.fixture
def database_template() -> Template:
    return WORLD


@pytest.fixture
def world(db, database) -> SimpleNamespace:
    return SimpleNamespace(**database.content)


def address(view: str, page: Page) -> str:
    if view == "add below list":
        return reverse(VIEWS[view], args=[page.get_parent().pk])
    if view == "add to list":
        return reverse(VIEWS[view], args=["news", "newspage", page.get_parent().pk])
    if view == "compare":
        return reverse(VIEWS[view], args=[page.pk, "earliest", "latest"])
    if view == "revert":
        return reverse(VIEWS[view], args=[page.pk, page.latest_revision_id])
    return reverse(VIEWS[view], args=[page.pk])


def enters(response, view: str) -> bool:
    """Whether a person got in; where only one type can be added Wagtail leads to its form."""
    if view == "add below list" and response.status_code == 302:
        return "/add/" in response["Location"]
    return response.status_code == 200


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", REACH)
def test_role_gets_exactly_its_pages(client, world, role, view):
    if role in world.users:
        client.force_login(world.users[role])
    responses = {name: client.get(address(view, page)) for name, page in world.pages.items()}
    assert {name for name, got in responses.items() if enters(got, view)} == expected(view, role)


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_explorer_names_nothing_of_other_houses(client, world, role):
    client.force_login(world.users[role])
    shown = client.get(reverse("wagtailadmin_explore_root"), follow=True).content.decode()
    assert "Steinfurt" in shown
    assert "Görlitz" not in shown


@pytest.mark.parametrize("role", ["editor", "lead", "other_lead"])
def test_search_of_pages_shows_no_foreign_draft(client, world, role):
    client.force_login(world.users[role])
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": "Entwurf"})
    shown = {page.pk for page in response.context["pages"]}
    reached = {world.pages[f"{whose} draft"].pk for whose in REACH[role]}
    assert shown & {page.pk for page in world.pages.values()} == reached


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_page_cannot_be_moved_into_another_house(client, world, role):
    client.force_login(world.users[role])
    page, target = world.pages["own draft"], world.pages["foreign live"].get_parent()
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert Page.objects.get(pk=page.pk).get_parent().pk == page.get_parent().pk


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_page_cannot_be_copied_into_another_house(client, world, role):
    client.force_login(world.users[role])
    page, target = world.pages["own draft"], world.pages["foreign live"].get_parent()
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": target.pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert not Page.objects.child_of(target).filter(slug="kopie").exists()
