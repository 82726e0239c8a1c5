"""What the views of the admin cost, for everybody who opens them."""

import csv
import datetime
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from bench.fill import DESK, House, houses
from bench.measure import Visitor, figures
from bench.report import Row
from cms.models import CustomImage, Term, User
from examples.models import ExampleIndexPage
from news.models import NewsIndexPage
from regions.models import HouseIndexPage

#: In how many houses each view is asked: the one with most pages, the next ones by size.
PLACES = (0, 9, 99, 299)
VIEWS = Path(__file__).with_name("admin_views.csv")


class View(NamedTuple):
    """A row of admin_views.csv: the address is its name and the values it is made of."""

    name: str
    address: str
    query: str
    roles: str
    limit: str


def _values(house: House) -> Row:
    """What addresses name in one house."""
    news = NewsIndexPage.objects.descendant_of(house.page).get()
    examples = ExampleIndexPage.objects.descendant_of(house.page).get()
    public = _public_below(news)
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    ids = [int(pk) for pk in waiting.values_list("object_id", flat=True)]
    reviewed = Page.objects.filter(pk__in=ids).descendant_of(house.page).first()
    return {
        "houses": HouseIndexPage.objects.get(locale__language_code="de").pk,
        "house": house.page.pk,
        "news_index": news.pk,
        "example_index": examples.pk,
        "news": public,
        # A small house may have nothing in review.
        "reviewed": reviewed.pk if reviewed else public,
        "example": _public_below(examples),
        "app": "news",
        "model": "newspage",
        "region": house.region.pk,
        "slug": house.region.slug,
        "editor": house.editors[0].pk,
        "group": house.region.editors_group_id,
        "image": CustomImage.objects.filter(collection=house.region.collection).first().pk,
        "term": Term.objects.first().pk,
        "lately": str(timezone.localdate() - datetime.timedelta(days=60)),
    }


def _public_below(index: Page) -> int:
    """A page of the list; a small house may have none, then one of another house."""
    public = Page.objects.filter(live=True)
    (model,) = index.specific_class.allowed_subpage_models()
    return (public.child_of(index).first() or public.type(model).first()).pk


def _address(view: View, visitor: Visitor, values: Row) -> str:
    """The address that answers with a page; asking also fills what processes remember."""
    name, *arguments = view.address.split()
    path = reverse(name, args=[values[argument] for argument in arguments])
    address = f"{path}?{view.query.format(**values)}"
    visitor.get(address, 200, 301, 302)
    address = visitor.location or address
    visitor.get(address)
    return address


def measure(requests: int, only: str) -> list[Row]:
    """Ask every view with ``only`` in its name, as everybody it is for, in several houses."""
    administrator = User.objects.filter(is_superuser=True).order_by("pk").first()
    national = {
        "national desk": Visitor(User.objects.get(email=DESK)),
        "administrator": Visitor(administrator),
    }
    by_size = sorted(houses(), key=lambda house: -house.page.get_descendant_count())
    places = []
    for house in (by_size[min(place, len(by_size) - 1)] for place in PLACES):
        own = {"editor": Visitor(house.editors[0]), "lead": Visitor(house.leads[0])}
        places.append((_values(house), own | national))
    rows = []
    with VIEWS.open(encoding="utf-8", newline="") as file:
        views = [View(**row) for row in csv.DictReader(file) if only in row["name"]]
    for view in views:
        for role in view.roles.split("; "):
            number = requests if view.limit else 1  # what has no limit takes long
            asked = [
                (visitors[role], _address(view, visitors[role], values))
                for values, visitors in places[:number]
            ]
            costs = [visitor.get(address) for visitor, address in islice(cycle(asked), number)]
            rows.append({"role": role, **figures(view.name, view.limit, costs)})
    return rows
