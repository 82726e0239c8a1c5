"""Which views of the admin are asked, by whom, and what they cost."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from audit.models import TrailEntry
from bench.admin.houses import House, houses
from bench.measure import Answer, Figures, Visitor, signed_in
from bench.rows import Row
from cms.models import CustomImage, Term, User
from examples.models import ExampleIndexPage
from news.models import NewsIndexPage
from regions.models import HouseIndexPage, Region

EDITOR, LEAD, DESK, ADMINISTRATOR = "editor", "lead", "national desk", "administrator"
EVERYBODY = (EDITOR, LEAD, DESK, ADMINISTRATOR)
READERS = (LEAD, DESK, ADMINISTRATOR)
ONLY_ADMINISTRATOR = (ADMINISTRATOR,)
#: In how many houses each view is asked: the one with most pages, the next ones by size.
PLACES = (0, 9, 99, 299)
#: The kinds of limits a view can have.
QUERIES, TIME = "queries", "time"


@dataclass(frozen=True)
class View:
    """A view of the admin.

    Args:
        name: shown in the table.
        address: its name, with the places to be filled in as a second part.
        query: after the question mark, with places too.
        roles: who opens it.
        limits: which limits hold.
        once: whether it is asked in one house and once only, because it takes long.
    """

    name: str
    address: tuple[str, ...]
    query: str = ""
    roles: tuple[str, ...] = EVERYBODY
    limits: tuple[str, ...] = (QUERIES, TIME)
    once: bool = False


_PAGE = "wagtailadmin_pages:"
_REPORT = "wagtailadmin_reports:"
VIEWS = (
    View("dashboard", ("wagtailadmin_home",)),
    View("explorer, first page", ("wagtailadmin_explore_root",)),
    View("explorer, list of houses", ("wagtailadmin_explore", "houses")),
    View("explorer, house", ("wagtailadmin_explore", "house")),
    View("explorer, news", ("wagtailadmin_explore", "news_index")),
    View("explorer, news by title", ("wagtailadmin_explore", "news_index"), "ordering=title"),
    View("explorer, examples", ("wagtailadmin_explore", "example_index"), "p=2"),
    View("explorer, search below", ("wagtailadmin_explore", "house"), "q=Ausbildung"),
    View("page search, frequent word", (f"{_PAGE}search",), "q=Ausbildung"),
    View("page search, place", (f"{_PAGE}search",), "q={place}"),
    View("page chooser", ("wagtailadmin_choose_page",)),
    View("page chooser, houses", ("wagtailadmin_choose_page_child", "houses")),
    View("page chooser, news", ("wagtailadmin_choose_page_child", "news_index")),
    View("page chooser, search", ("wagtailadmin_choose_page_search",), "q=Ausbildung"),
    View("images", ("wagtailimages:index",)),
    View("images, search", ("wagtailimages:index",), "q=Treffen"),
    View("image chooser", ("wagtailimages_chooser:choose",)),
    View("image chooser, search", ("wagtailimages_chooser:choose_results",), "q=Treffen"),
    View("documents", ("wagtaildocs:index",)),
    View("document chooser", ("wagtaildocs_chooser:choose",)),
    View("workflow report", (f"{_REPORT}workflow",)),
    View("workflow report, waiting", (f"{_REPORT}workflow",), "status=in_progress"),
    View("task report", (f"{_REPORT}workflow_tasks",)),
    View("log", ("trail",), roles=READERS),
    View("log, one person", ("trail",), "user={editor}", READERS),
    View("log, approvals", ("trail",), "action=wagtail.workflow.approve", READERS),
    View("log, words", ("trail",), "label=Ausbildung", READERS),
    View("log, one house", ("trail",), "region={region}", ONLY_ADMINISTRATOR),
    View("log, page 40", ("trail",), "p=40", READERS),
    View(
        "log, export of two months",
        ("trail",),
        "export=csv&timestamp_after={two_months_ago}",
        (LEAD, ADMINISTRATOR),
        limits=(),
        once=True,
    ),
    View("checks due", ("checks_due",)),
    View("enquiries", ("enquiries",)),
    View("people", ("people", "slug"), roles=(LEAD, ADMINISTRATOR)),
    View("people, houses", ("people_houses",), roles=ONLY_ADMINISTRATOR),
    View("terms", ("terms:index",), roles=ONLY_ADMINISTRATOR),
    View("term", ("terms:edit", "term"), roles=ONLY_ADMINISTRATOR),
    View("regions", ("regionen:index",), roles=ONLY_ADMINISTRATOR),
    View("regions, search", ("regionen:index",), "q=kreis", ONLY_ADMINISTRATOR),
    View("region", ("regionen:edit", "region"), roles=ONLY_ADMINISTRATOR),
    View("accounts", ("wagtailusers_users:index",), roles=ONLY_ADMINISTRATOR),
    View("accounts, search", ("wagtailusers_users:index",), "q=Albers", ONLY_ADMINISTRATOR),
    View("account", ("wagtailusers_users:edit", "editor"), roles=ONLY_ADMINISTRATOR),
    View("groups", ("wagtailusers_groups:index",), roles=ONLY_ADMINISTRATOR),
    View("group", ("wagtailusers_groups:edit", "group"), roles=ONLY_ADMINISTRATOR),
    View("collections", ("wagtailadmin_collections:index",), roles=ONLY_ADMINISTRATOR),
    View("image", ("wagtailimages:edit", "image")),
    View("page history", (f"{_PAGE}history", "news")),
    View("page editor", (f"{_PAGE}edit", "news"), limits=(TIME,)),
    View("page editor, example", (f"{_PAGE}edit", "example"), limits=(TIME,)),
    View("page editor, in review", (f"{_PAGE}edit", "reviewed"), limits=(TIME,)),
    View("new news item", (f"{_PAGE}add", "app", "model", "news_index"), limits=(TIME,)),
)


@dataclass(frozen=True)
class Place:
    """One house, with what addresses there name, and a session for each role."""

    values: Row
    sessions: dict[str, str]


def _session(user: User) -> str:
    """The cookie of somebody who has signed in."""
    return f"sessionid={signed_in(user).session.session_key}"


def _values(house: House) -> Row:
    """What addresses name in one house."""
    news = NewsIndexPage.objects.descendant_of(house.page).get()
    examples = ExampleIndexPage.objects.descendant_of(house.page).get()
    image = CustomImage.objects.filter(collection=house.region.collection).first()
    public = Page.objects.child_of(news).filter(live=True).first().pk
    return {
        "houses": HouseIndexPage.objects.get(locale__language_code="de").pk,
        "house": house.page.pk,
        "news_index": news.pk,
        "example_index": examples.pk,
        "news": public,
        # A small house may have nothing in review.
        "reviewed": _reviewed(house) or public,
        "example": Page.objects.child_of(examples).filter(live=True).first().pk,
        "app": "news",
        "model": "newspage",
        "place": "Rheine",
        "region": house.region.pk,
        "slug": house.region.slug,
        "editor": house.editors[0].pk,
        "group": house.region.editors_group_id,
        "image": image.pk,
        "term": Term.objects.first().pk,
        "two_months_ago": f"{timezone.localdate() - datetime.timedelta(days=60)}",
    }


def _reviewed(house: House) -> int | None:
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    ids = [int(pk) for pk in waiting.values_list("object_id", flat=True)]
    page = Page.objects.filter(pk__in=ids).descendant_of(house.page).first()
    return page.pk if page else None


def _places() -> list[Place]:
    """The houses asked in: the fullest first."""
    users = get_user_model().objects
    desk = users.get(email="messung-bund@example.org")
    administrator = users.filter(is_superuser=True).order_by("pk").first()
    by_size = sorted(houses(), key=lambda house: -Page.objects.descendant_of(house.page).count())
    chosen = [by_size[min(place, len(by_size) - 1)] for place in PLACES]
    national = {DESK: _session(desk), ADMINISTRATOR: _session(administrator)}
    return [
        Place(
            _values(house),
            {EDITOR: _session(house.editors[-1]), LEAD: _session(house.leads[0]), **national},
        )
        for house in chosen
    ]


def _address(view: View, place: Place) -> str:
    name, *arguments = view.address
    path = reverse(name, args=[place.values[argument] for argument in arguments])
    return f"{path}?{view.query.format(**place.values)}"


def _follow(visitor: Visitor, address: str, view: View) -> str:
    """The address that answers with a page; asking also fills what processes remember.

    Raises:
        RuntimeError: when none does.
    """
    for _ in range(3):
        answer = visitor.get(address)
        if answer.status == 200:
            return address
        if answer.status not in (301, 302) or not visitor.location:
            break
        address = visitor.location
    raise RuntimeError(f"{view.name}: {address} answers {answer.status} {visitor.location}")


def facts() -> dict[str, int]:
    """Number of houses, pages, accounts and other rows in the database."""
    return {
        "regions": Region.objects.count(),
        "pages": Page.objects.filter(depth__gt=1).count(),
        "accounts": get_user_model().objects.count(),
        "images": CustomImage.objects.count(),
        "log": TrailEntry.objects.count(),
        "reviews": TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count(),
    }


def measure(requests: int, only: str = "") -> list[Row]:
    """Ask every view as everybody it is for, in several houses in turn.

    Returns:
        Rows of figures with role and limits.

    Raises:
        RuntimeError: when a view does not answer with a page.
    """
    places = _places()
    rows: list[Row] = []
    for view in (view for view in VIEWS if only in view.name):
        for role in view.roles:
            asked = []
            for place in places[:1] if view.once else places:
                visitor = Visitor(place.sessions[role])
                asked.append((visitor, _follow(visitor, _address(view, place), view)))
            figures = Figures.of(
                view.name, list(_answers(view, asked, 1 if view.once else requests))
            )
            rows.append({**figures.as_json(), "role": role, "limits": list(view.limits)})
    return rows


def _answers(view: View, asked: list[tuple[Visitor, str]], requests: int) -> Iterator[Answer]:
    for visitor, address in islice(cycle(asked), requests):
        answer = visitor.get(address)
        if answer.status != 200:
            raise RuntimeError(f"{view.name}: {address} answers {answer.status}.")
        yield answer
