"""The admin asks no more of the database with fifty houses than with five."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.editing.prefetch import load_rows
from demo import builders, people
from demo.review import submit
from tests.built import module_transaction, run_on_commit_callbacks
from workflows.report_prefetch import load_tasks

pytestmark = pytest.mark.django_db

MOST = 40
#: Of a page in review; form, review, comments, translations and history each ask for themselves.
MOST_IN_EDITOR = 75
FEW, MANY = 5, 50
EVERYBODY = ("editor", "lead", "national_editor", "administrator")
REVIEWERS = EVERYBODY[1:]
#: View, its arguments, its query; and for whom it is.
VIEWS = {
    "dashboard": ("wagtailadmin_home", (), "", EVERYBODY),
    "explorer": ("wagtailadmin_explore_root", (), "", EVERYBODY),
    "explorer, list of houses": ("wagtailadmin_explore", ("houses",), "", EVERYBODY),
    "explorer, house": ("wagtailadmin_explore", ("house",), "", EVERYBODY),
    "explorer, news": ("wagtailadmin_explore", ("index",), "", EVERYBODY),
    "page search": ("wagtailadmin_pages:search", (), "q=Kooperation", EVERYBODY),
    "page editor": ("wagtailadmin_pages:edit", ("news",), "", EVERYBODY),
    "page chooser": ("wagtailadmin_choose_page", (), "", EVERYBODY),
    "page chooser, houses": ("wagtailadmin_choose_page_child", ("houses",), "", EVERYBODY),
    "page chooser, search": ("wagtailadmin_choose_page_search", (), "q=Haus", EVERYBODY),
    "images": ("wagtailimages:index", (), "", EVERYBODY),
    "image form": ("wagtailimages:add", (), "", EVERYBODY),
    "image chooser": ("wagtailimages_chooser:choose", (), "", EVERYBODY),
    "documents": ("wagtaildocs:index", (), "", EVERYBODY),
    "document form": ("wagtaildocs:add", (), "", EVERYBODY),
    "document chooser": ("wagtaildocs_chooser:choose", (), "", EVERYBODY),
    "workflow report": ("wagtailadmin_reports:workflow", (), "", EVERYBODY),
    "task report": ("wagtailadmin_reports:workflow_tasks", (), "", EVERYBODY),
    "history report": ("wagtailadmin_reports:site_history", (), "", ("administrator",)),
    "log": ("trail", (), "", REVIEWERS),
    "log, filtered": ("trail", (), "label=Kooperation&action=wagtail.create", REVIEWERS),
    "checks due": ("checks_due", (), "", EVERYBODY),
    "enquiries": ("enquiries", (), "", EVERYBODY),
    "people": ("people", ("slug",), "", ("lead", "administrator")),
    "people, houses": ("people_houses", (), "", ("administrator",)),
    "terms": ("terms:index", (), "", ("administrator",)),
    "regions": ("regionen:index", (), "", ("administrator",)),
    "region form": ("regionen:edit", ("region",), "", ("administrator",)),
    "users": ("wagtailusers_users:index", (), "", ("administrator",)),
    "user form": ("wagtailusers_users:edit", ("user",), "", ("administrator",)),
    "groups": ("wagtailusers_groups:index", (), "", ("administrator",)),
    "collections": ("wagtailadmin_collections:index", (), "", ("administrator",)),
}
CASES = [(view, role) for view, (_name, _args, _query, roles) in VIEWS.items() for role in roles]


def add_house(number: int):
    """A house with its people, a public page, a draft in review and an enquiry."""
    region = builders.build_region(f"Region {number:03}", f"region-{number:03}")
    lead = people.build_lead(region, f"lead{number}@example.org", first_name="Lea")
    editor = people.build_editor(region, f"editor{number}@example.org", first_name="Edda")
    house = builders.house_of_region(region)
    index = builders.build_news_index(house)
    news = builders.build_news(index, editor, title=f"Kooperation {number}")
    submit(news, editor)
    builders.build_enquiry(region, owner=editor)
    return SimpleNamespace(
        region=region, lead=lead, editor=editor, house=house, index=index, news=news
    )


def queries(user, view: str, first) -> int:
    name, arguments, query, _roles = VIEWS[view]
    values = {
        "houses": first.house.get_parent().pk,
        "house": first.house.pk,
        "index": first.index.pk,
        "news": first.news.pk,
        "slug": first.region.slug,
        "region": first.region.pk,
        "user": first.editor.pk,
    }
    address = reverse(name, args=[values[argument] for argument in arguments])
    client = Client()
    client.force_login(user)
    # The first answer shows where it leads, and fills what a process remembers.
    before = client.get(f"{address}?{query}", follow=True)
    final = before.redirect_chain[-1][0] if before.redirect_chain else f"{address}?{query}"
    with CaptureQueriesContext(connection) as asked:
        response = client.get(final)
    assert response.status_code == 200, (view, response.status_code)
    return len(asked)


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> Iterator[dict]:
    """The number of queries of every view and role, with few and with many houses."""
    with module_transaction(django_db_blocker):
        first = add_house(1)
        users = {
            "editor": first.editor,
            "lead": first.lead,
            "national_editor": people.build_national_editor("desk@example.org"),
            "administrator": people.build_administrator("admin@example.org"),
        }
        found: dict = {case: [] for case in CASES}
        built = 1
        for number in (FEW, MANY):
            while built < number:
                built += 1
                add_house(built)
            run_on_commit_callbacks()
            for view, role in CASES:
                found[view, role].append(queries(users[role], view, first))
        yield found


@pytest.mark.parametrize("view, role", CASES)
def test_view_asks_as_much_with_many_houses_as_with_few(measured, view, role):
    few, many = measured[view, role]
    # A second page of a list may cost a question more; a question per house would be 45.
    assert many <= few + 2, f"{few} queries with {FEW} houses, {many} with {MANY}"


@pytest.mark.parametrize("view, role", [case for case in CASES if case[0] != "page editor"])
def test_view_asks_little(measured, view, role):
    assert max(measured[view, role]) <= MOST


@pytest.mark.parametrize("role", EVERYBODY)
def test_editor_asks_once_for_the_review(measured, role):
    assert max(measured["page editor", role]) <= MOST_IN_EDITOR


def test_filters_of_pages_name_nobody(region, other_region, house, client):
    """Wagtail's would show everybody who ever wrote anywhere."""
    lead = people.build_lead(region, "lead@example.org", first_name="Annette")
    stranger = people.build_editor(other_region, "s@example.org", first_name="Ottokar")
    builders.build_news(builders.build_news_index(builders.house_of_region(other_region)), stranger)
    client.force_login(lead)
    shown = client.get(reverse("wagtailadmin_explore", args=[house.pk])).content.decode()
    assert "Ottokar" not in shown


def test_report_shows_the_step_a_review_has_reached(region, house, editor, lead, client):
    """The tasks of all rows come at once, and say what Wagtail's own method says."""
    news = builders.build_news(builders.build_news_index(house), editor)
    submit(news, editor)
    state = Page.objects.get(pk=news.pk).current_workflow_state
    wanted = [(task.pk, task.status, task.status_display) for task in state.all_tasks_with_status()]
    load_tasks([state])
    found = [(task.pk, task.status, task.status_display) for task in state.all_tasks_with_status]
    assert found == wanted


def test_chooser_shows_the_state_of_each_page(region, house, editor, lead, client):
    news = builders.build_news(builders.build_news_index(house), editor)
    submit(news, editor)
    rows = [Page.objects.get(pk=news.pk), Page.objects.get(pk=house.pk)]
    load_rows(rows)
    assert [row.status_string for row in rows] == [
        Page.objects.get(pk=row.pk).status_string for row in rows
    ]
    assert rows[0].get_parent() == Page.objects.get(pk=news.get_parent().pk)
