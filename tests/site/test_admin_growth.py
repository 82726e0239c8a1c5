"""The admin asks no more of the database with many houses than with five."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.accounts.mfa import SET_UP_KEY
from cms.editing.prefetch import load_rows
from cms.models import User
from demo import builders, people
from demo.review import submit
from news.models import NewsPage
from tests.databases.templates import EMPTY, Template, template_for
from workflows.report_prefetch import load_tasks

pytestmark = pytest.mark.django_db

# A further room costs a query where pages of its type stand among others; stock forms one for
# their menu entry.
MOST = 42
#: Of a page in review; form, review, comments, translations and history each ask for themselves.
MOST_IN_EDITOR = 60
#: Of the start page, with the admin around it.
MOST_ON_START_PAGE = 25
FEW, MANY = 5, 25
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
    "publishing calendar": ("publishing_calendar", (), "", EVERYBODY),
    "enquiries": ("enquiries", (), "", EVERYBODY),
    "people": ("people", ("slug",), "", ("lead", "administrator")),
    "people, houses": ("people_houses", (), "", ("administrator",)),
    "terms": ("terms:index", (), "", ("national_editor", "administrator")),
    "regions": ("regionen:index", (), "", ("administrator",)),
    "region form": ("regionen:edit", ("region",), "", ("administrator",)),
    "users": ("wagtailusers_users:index", (), "", ("administrator",)),
    "user form": ("wagtailusers_users:edit", ("user",), "", ("administrator",)),
    "groups": ("wagtailusers_groups:index", (), "", ("administrator",)),
    "collections": ("wagtailadmin_collections:index", (), "", ("administrator",)),
}
# Both tests of a view take the same count: one process has them.
CASES = [
    pytest.param((view, role), marks=pytest.mark.xdist_group(f"growth of {view} for {role}"))
    for view, (_name, _args, _query, roles) in VIEWS.items()
    for role in roles
]


def add_houses(numbers: Iterable[int]) -> None:
    """Houses with their people, a public page, a draft in review and an enquiry each."""
    for number in numbers:
        region = builders.build_region(f"Region {number:03}", f"region-{number:03}")
        people.build_lead(region, f"lead{number}@example.org", first_name="Lea")
        editor = people.build_editor(region, f"editor{number}@example.org", first_name="Edda")
        index = builders.build_news_index(builders.house_of_region(region))
        submit(builders.build_news(index, editor, title=f"Kooperation {number}"), editor)
        builders.build_enquiry(region, owner=editor)


def build_few() -> None:
    """A small site, and who looks after it."""
    add_houses(range(1, FEW + 1))
    people.build_national_editor("desk@example.org")
    people.build_administrator("admin@example.org")


def build_many() -> None:
    """The same, grown."""
    add_houses(range(FEW + 1, MANY + 1))


FEW_HOUSES = Template("fewhouses", build_few, EMPTY)
MANY_HOUSES = Template("manyhouses", build_many, FEW_HOUSES)
PEOPLE = {
    "editor": "editor1@example.org",
    "lead": "lead1@example.org",
    "national_editor": "desk@example.org",
    "administrator": "admin@example.org",
}


@pytest.fixture
def database_template(request) -> Template:
    asked = request.fixturenames
    return MANY_HOUSES if "queries" in asked else template_for(asked)


def arguments(names: Iterable[str]) -> list[object]:
    """What stands in the address of a view, of the first house."""
    news = NewsPage.objects.get(title="Kooperation 1")
    region = news.region
    values = {
        "houses": news.get_parent().get_parent().get_parent().pk,
        "house": news.get_parent().get_parent().pk,
        "index": news.get_parent().pk,
        "news": news.pk,
        "slug": region.slug,
        "region": region.pk,
        "user": news.owner.pk,
    }
    return [values[name] for name in names]


def count(view: str, role: str) -> int:
    """How much a view asks the database in use."""
    name, names, query, _roles = VIEWS[view]
    address = reverse(name, args=arguments(names))
    client, user = Client(), User.objects.get(email=PEOPLE[role])
    client.force_login(user)
    if role != "editor":
        # Whoever reviews signs in with a second factor.
        session = client.session
        session[SET_UP_KEY] = str(user.pk)
        session.save()
    # The first answer shows where it leads, and fills what a process remembers.
    before = client.get(f"{address}?{query}", follow=True)
    final = before.redirect_chain[-1][0] if before.redirect_chain else f"{address}?{query}"
    with CaptureQueriesContext(connection) as asked:
        response = client.get(final)
    assert response.status_code == 200, (view, response.status_code)
    return len(asked)


@pytest.fixture(scope="module")
def counted() -> dict[tuple[str, str], tuple[int, int]]:
    """What this process has counted already."""
    return {}


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def case(request) -> tuple[str, str]:
    """A view, and a role that sees it."""
    return request.param


@pytest.fixture
def queries(db, database, case, counted) -> tuple[int, int]:
    """The queries of a view with few and with many houses."""
    if case not in counted:
        with database.elsewhere(FEW_HOUSES):
            few = count(*case)
        counted[case] = few, count(*case)
    return counted[case]


def test_view_asks_as_much_with_many_houses_as_with_few(queries):
    few, many = queries
    # A second page of a list may cost a question more; a question per house would be 20.
    assert many <= few + 2, f"{few} queries with {FEW} houses, {many} with {MANY}"


def test_view_asks_little(queries, case):
    # The editor asks once for the review.
    limits = {"page editor": MOST_IN_EDITOR, "dashboard": MOST_ON_START_PAGE}
    assert max(queries) <= limits.get(case[0], MOST)


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
