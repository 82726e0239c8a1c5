"""Searches, filters and exports: the same lists, asked for what they should not find."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.isolation.cases import Case
from tests.isolation.matrix import ask, leaks
from tests.isolation.world import MARK, canaries_in, canary

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "editor", "lead", "other_editor")
REPORTS = (
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtail_localize:translations_report",
    "checks_due",
    "check_statistics",
    "trail",
)
MEDIA = ("wagtailimages:index", "wagtaildocs:index")
CHOOSERS = ("wagtailimages_chooser:choose_results", "wagtaildocs_chooser:choose_results")
TREE = ("wagtailadmin_explore_root", "wagtailadmin_pages:search")


def of_everybody(world, name):
    """A query for each house's objects, and the nation's."""
    return [name(side) for side in world.sides.values()]


#: What is added to the addresses in a list; all of it for every one of them.
QUERIES = {
    REPORTS: lambda world: [
        {"export": "csv"},
        {"export": "xlsx"},
        {"label": MARK},
        *of_everybody(world, lambda side: {"user": side.editor.pk}),
        *of_everybody(world, lambda side: {"requested_by": side.editor.pk}),
        *of_everybody(world, lambda side: {"locked_by": side.editor.pk}),
    ],
    MEDIA: lambda world: [
        {"q": MARK},
        {"layout": "list"},
        {"usage_count_min": 0},
        *of_everybody(world, lambda side: {"tag": canary(side.letter, "tagimage")}),
        *of_everybody(world, lambda side: {"collection_id": side.image.collection_id}),
    ],
    CHOOSERS: lambda world: [
        {"q": MARK},
        *of_everybody(world, lambda side: {"tag": canary(side.letter, "tagimage")}),
        *of_everybody(world, lambda side: {"collection_id": side.image.collection_id}),
    ],
    TREE: lambda world: [
        {"q": MARK},
        {"q": MARK, "search_all": "1"},
        *of_everybody(world, lambda side: {"owner": side.editor.pk}),
        *of_everybody(world, lambda side: {"edited_by": side.editor.pk}),
    ],
    ("wagtailadmin_choose_page", "wagtailadmin_choose_page_search"): lambda world: [
        {"q": MARK, "page_type": "news.newspage"},
        {"page_type": "regions.housepage"},
        {"q": MARK, "multiple": "1"},
        *of_everybody(
            world, lambda side: {"user_perms": "move_to", "target_pages[]": side.draft.pk}
        ),
    ],
    ("wagtailadmin_api:pages:listing",): lambda world: [
        {"search": MARK},
        {"fields": "*"},
        *of_everybody(world, lambda side: {"child_of": side.live.get_parent().pk}),
        *of_everybody(world, lambda side: {"descendant_of": side.house.pk}),
        *of_everybody(world, lambda side: {"translation_of": side.live.pk}),
        *of_everybody(
            world, lambda side: {"child_of": side.live.get_parent().pk, "for_explorer": "1"}
        ),
    ],
    ("wagtailadmin_api:pages:find",): lambda world: [
        *of_everybody(world, lambda side: {"id": side.draft.pk}),
        *of_everybody(world, lambda side: {"html_path": side.draft.url}),
    ],
    ("wagtailadmin_api:images:listing", "wagtailadmin_api:documents:listing"): lambda world: [
        {"search": MARK},
        {"fields": "*"},
        *of_everybody(world, lambda side: {"tags": canary(side.letter, "tagimage")}),
    ],
    ("wagtailadmin_api:images:find",): lambda world: of_everybody(
        world, lambda side: {"id": side.image.pk}
    ),
    ("publishing_calendar",): lambda world: [
        {"haus": "bund"},
        *of_everybody(world, lambda side: {"haus": side.some_region.slug}),
    ],
    ("enquiries", "people_houses"): lambda world: [{"q": MARK}, {"status": "in_progress"}],
}
NAMES = [(name, names) for names in QUERIES for name in names]


@pytest.mark.parametrize(("name", "names"), NAMES, ids=[name for name, _names in NAMES])
def test_nothing_is_found_that_is_not_known(world, name, names):
    found = []
    for query in QUERIES[names](world):
        for role in ROLES:
            path = reverse(name)
            case = Case(name, urlencode(query), role, "GET", path, query, {}, {})
            answer = ask(world.clients[role], case)
            assert answer.status < 500, f"{case}: error page"
            found += [f"{case}: {sorted(leaks(case, answer))}"] if leaks(case, answer) else []
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_own_things_are_found(world, role):
    case = Case("", "", role, "GET", reverse("wagtailadmin_pages:search"), {"q": MARK}, {}, {})
    assert canary("a", "drafttitle").encode() in ask(world.clients[role], case).text


def test_a_random_token_is_no_canary():
    assert not canaries_in(b"XqZbCzrptrdboiUQunml xqznzimlqey")
