"""“Select all in listing” acts on what the listing shows: every listing, under every filter.

The address is put together as Wagtail's ``bulk-actions.js`` does it, from what stands in the
listing; ``tests/browser/test_bulk_actions.py`` follows one in a real browser.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow, WorkflowPage

from cms.editing.bulk_actions import default_listing
from cms.models import User
from cms.wagtail_patches import PATCHES, original
from demo.builders import build_news, build_news_index, house_of_region
from demo.people import build_administrator, build_editor, build_lead
from news.models import NewsIndexPage, NewsPage
from regions.models import Region
from tests.databases import regions
from tests.databases.templates import REGIONS, Template

pytestmark = pytest.mark.django_db

#: What Wagtail wants typed before many pages are deleted.
CONFIRMED = {"confirm_site_name": "Häuser der Kooperation"}
MEDIA = {"image": "wagtailimages:index", "document": "wagtaildocs:index"}


def build() -> dict[str, Model]:
    """Two houses, each with pictures, documents, news and people."""
    own, other = regions.region(), regions.other_region()
    editor = build_editor(own, "editor@example.org", first_name="Selma")
    User.objects.filter(pk=editor.pk).update(is_active=False)
    for title, region, tags in [
        ("Werkstatt", own, ["alt"]),
        ("Werkbank", own, ["alt", "neu"]),
        ("Chor", own, []),
        ("Werft", other, ["alt"]),
    ]:
        for item in _media(title, region.collection):
            item.tags.add(*tags)
        build_news(build_news_index(house_of_region(region)), title=title)
    return {
        "own": own,
        "other": other,
        "editor": editor,
        "administrator": build_administrator("admin@example.org", first_name="Ines"),
        "lead": build_lead(own, "lead@example.org", first_name="Annette"),
    }


def _media(title: str, collection: Any) -> Iterator[Any]:
    file = get_test_image_file(filename=f"{title}.png")
    yield get_image_model().objects.create(title=title, file=file, collection=collection)
    yield get_document_model().objects.create(
        title=title, file=f"{title}.pdf", collection=collection
    )


@dataclass(frozen=True)
class World:
    """What was built."""

    own: Region
    other: Region
    editor: User
    administrator: User
    lead: User

    @property
    def house(self) -> Page:
        """The house page of the own region."""
        return house_of_region(self.own)

    def listing(self, name: str, query: str = "", *args: Any) -> str:
        """The address of a listing under filters, which may name what is in this world."""
        numbers = {
            "own": self.own.collection_id,
            "other": self.other.collection_id,
            "editors": self.own.editors_group_id,
            "news": ContentType.objects.get_for_model(NewsPage).pk,
            "lists": ContentType.objects.get_for_model(NewsIndexPage).pk,
        }
        return f"{reverse(name, args=args)}?{query.format(**numbers)}".rstrip("?")


WORLD = Template("bulkactions", build, REGIONS)


@pytest.fixture
def database_template() -> Template:
    return WORLD


@pytest.fixture
def world(db, database) -> World:
    return World(**database.content)


@pytest.fixture
def administrator(world, sign_in) -> Client:
    """Somebody who sees everything."""
    return sign_in(world.administrator)


@pytest.fixture
def lead(world, sign_in) -> Client:
    """Somebody who sees one house."""
    return sign_in(world.lead)


def address_for_all(client: Client, listing: str, action: str) -> str:
    """Where a browser goes after “select all in listing” and a click on ``action``."""
    page = BeautifulSoup(client.get(listing).content, "html.parser")
    button = page.select_one(f"[data-bulk-action-button][href$='/{action}/']")
    parent = page.select_one("[data-bulk-action-parent-id]")
    added = {"id": "all"}
    if parent:
        added["childOf"] = parent["data-bulk-action-parent-id"]
    added["next"] = listing
    _path, _mark, query = listing.partition("?")
    return f"{button['href']}?{query}&{urlencode(added)}"


def offered(client: Client, address: str) -> list[str]:
    """What the confirmation asks about: what would be changed, and what is refused."""
    response = client.get(address)
    if response.status_code == 404:  # how Wagtail says that nothing was selected
        return []
    context = response.context
    refused = ("items_with_no_access", "pages_without_common_parent_page")
    entries = [*context["items"], *(entry for name in refused for entry in context.get(name, []))]
    return sorted(str(entry["item"]) for entry in entries)


def selected(client: Client, listing: str, action: str) -> list[str]:
    """Everything in ``listing``, as the confirmation of ``action`` offers it."""
    return offered(client, address_for_all(client, listing, action))


@pytest.mark.parametrize("kind", MEDIA)
@pytest.mark.parametrize(
    "query, shown",
    [
        ("", ["Chor", "Werft", "Werkbank", "Werkstatt"]),
        ("tag=alt", ["Werft", "Werkbank", "Werkstatt"]),
        ("tag=neu", ["Werkbank"]),
        ("tag=alt&tag=neu", ["Werft", "Werkbank", "Werkstatt"]),
        ("collection_id={own}", ["Chor", "Werkbank", "Werkstatt"]),
        ("collection_id={own}&tag=alt", ["Werkbank", "Werkstatt"]),
        ("q=Werk", ["Werkbank", "Werkstatt"]),
        ("q=Werk&tag=neu", ["Werkbank"]),
        ("q=Chor&tag=alt", []),
        ("usage_count_min=1", []),
        ("usage_count_max=0&tag=neu", ["Werkbank"]),
        ("tag=alt&layout=list&ordering=-title&p=2", ["Werft", "Werkbank", "Werkstatt"]),
    ],
)
def test_media_are_those_shown(world, administrator, kind, query, shown, settings):
    settings.WAGTAILIMAGES_INDEX_PAGE_SIZE = 2
    assert selected(administrator, world.listing(MEDIA[kind], query), "delete") == shown


@pytest.mark.parametrize("action", ["add_tags", "add_to_collection"])
@pytest.mark.parametrize("kind", MEDIA)
def test_every_action_on_media_knows_the_filters(world, administrator, kind, action):
    assert selected(administrator, world.listing(MEDIA[kind], "tag=neu"), action) == ["Werkbank"]


@pytest.mark.parametrize("kind", MEDIA)
@pytest.mark.parametrize(
    "query, shown",
    [
        ("", ["Chor", "Werkbank", "Werkstatt"]),
        ("tag=alt", ["Werkbank", "Werkstatt"]),
        ("q=Wer", ["Werkbank", "Werkstatt"]),
        ("collection_id={other}", ["Chor", "Werkbank", "Werkstatt"]),  # no filter of theirs
    ],
)
def test_media_of_other_houses_are_not_among_them(world, lead, kind, query, shown):
    assert selected(lead, world.listing(MEDIA[kind], query), "delete") == shown


@pytest.mark.parametrize("kind", MEDIA)
def test_a_collection_that_was_shown_before_does_not_count(world, administrator, kind):
    # Filters change without loading the page anew; the number of the collection stays in it.
    delete = reverse("wagtail_bulk_action", args=["cms", f"custom{kind}", "delete"])
    query = urlencode({"tag": "alt", "id": "all", "childOf": world.own.collection_id})
    assert offered(administrator, f"{delete}?{query}") == ["Werft", "Werkbank", "Werkstatt"]


@pytest.mark.parametrize("kind", MEDIA)
def test_filters_count_without_the_address_of_the_listing(world, administrator, kind):
    delete = reverse("wagtail_bulk_action", args=["cms", f"custom{kind}", "delete"])
    for back in ("", "&next=/admin/", "&next=/gibt-es-nicht/", "&next=https://example.org/"):
        found = offered(administrator, f"{delete}?tag=neu&id=all{back}")
        assert found == ["Werkbank"]


@pytest.mark.parametrize(
    "model", [get_image_model(), get_document_model()], ids=lambda model: model.__name__
)
def test_what_is_not_shown_is_not_deleted(world, administrator, model):
    listing = world.listing(MEDIA[model._meta.model_name.removeprefix("custom")], "tag=alt")
    address = address_for_all(administrator, listing, "delete")
    assert administrator.post(address).url == listing
    assert [item.title for item in model.objects.all()] == ["Chor"]


@pytest.mark.parametrize(
    "query, shown",
    [
        ("content_type={news}", ["Chor", "Werkbank", "Werkstatt"]),
        ("content_type={news}&ordering=-title", ["Chor", "Werkbank", "Werkstatt"]),
        ("q=Werk", ["Werkbank", "Werkstatt"]),
        ("q=Werk&content_type={news}&p=2", ["Werkbank", "Werkstatt"]),
        ("q=Werk&content_type={lists}", []),
        ("content_type={news}&has_child_pages=true", []),
        ("content_type={news}&latest_revision_created_at_to=2001-01-31", []),
        ("q=Wer&search_all=1", ["Werft", "Werkbank", "Werkstatt"]),
        ("content_type={news}&search_all=1", ["Chor", "Werft", "Werkbank", "Werkstatt"]),
    ],
)
def test_pages_are_those_found(world, administrator, query, shown):
    listing = world.listing("wagtailadmin_explore", query, world.house.pk)
    assert selected(administrator, listing, "delete") == shown


@pytest.mark.parametrize("action", ["move", "publish", "unpublish"])
def test_every_action_on_pages_knows_the_filters(world, administrator, action):
    listing = world.listing("wagtailadmin_explore", "content_type={news}", world.house.pk)
    assert selected(administrator, listing, action) == ["Chor", "Werkbank", "Werkstatt"]


def test_pages_are_the_children_shown(world, administrator):
    listing = world.listing("wagtailadmin_explore", "ordering=title", world.house.pk)
    children = sorted(page.title for page in world.house.get_children())
    assert selected(administrator, listing, "unpublish") == children


@pytest.mark.parametrize(
    "query, shown",
    [
        ("q=Wer", ["Werft", "Werkbank", "Werkstatt"]),
        ("q=Wer&content_type=news.newspage", ["Werft", "Werkbank", "Werkstatt"]),
        ("q=Wer&content_type=news.newsindexpage", []),
        ("q=Wer+live:yes", []),
    ],
)
def test_pages_are_those_of_the_search(world, administrator, query, shown):
    listing = world.listing("wagtailadmin_pages:search", query)
    assert selected(administrator, listing, "delete") == shown


@pytest.mark.parametrize(
    "query, shown",
    [
        ("", ["Chor", "Werft", "Werkbank", "Werkstatt"]),
        ("q=Wer", ["Werft", "Werkbank", "Werkstatt"]),
        ("has_child_pages=true", []),
    ],
)
def test_pages_are_those_of_a_type(world, administrator, query, shown):
    listing = world.listing("wagtailadmin_pages:type_use", query, "news", "newspage")
    assert selected(administrator, listing, "delete") == shown


def test_pages_are_those_of_a_workflow(world, administrator):
    workflow = Workflow.objects.create(name="Eigene Prüfung")
    page = Page.objects.get(title="Werft")
    WorkflowPage.objects.create(workflow=workflow, page=page)
    listing = world.listing("wagtailadmin_workflows:usage", "", workflow.pk)
    assert selected(administrator, listing, "delete") == ["Werft"]


@pytest.mark.parametrize("query", ["q=Wer", "q=Wer&search_all=1", "q=Wer&content_type={news}"])
def test_pages_of_other_houses_are_not_among_them(world, lead, query):
    listing = world.listing("wagtailadmin_explore", query, world.house.pk)
    assert selected(lead, listing, "delete") == ["Werkbank", "Werkstatt"]


@pytest.mark.parametrize("query", ["", "q=Werft", "content_type={news}"])
@pytest.mark.parametrize("forged", ["childOf={parent}", "next=/admin/pages/{parent}/"])
def test_a_forged_listing_shows_nothing_of_another_house(world, lead, query, forged):
    parent = build_news_index(house_of_region(world.other))
    address = world.listing("wagtail_bulk_action", query or "p=1", "wagtailcore", "page", "delete")
    response = lead.get(f"{address}&id=all&{forged.format(parent=parent.pk)}")
    assert "Werft" not in response.content.decode()
    assert response.status_code == 404 or "Werft" not in offered(lead, address)


def test_pages_are_deleted_with_those_below_them(world, administrator):
    filters = "latest_revision_created_at_from=2001-01-01"  # both the list and what is in it
    listing = world.listing("wagtailadmin_explore", filters, world.house.pk)
    assert {"Aktuelles", "Chor"} <= set(selected(administrator, listing, "delete"))
    administrator.post(address_for_all(administrator, listing, "delete"), CONFIRMED)
    assert not world.house.get_descendants().exists()


@pytest.mark.parametrize("parent", ["x", "0", "-1", "99999999"])
def test_a_parent_that_does_not_exist_is_not_found(world, administrator, parent):
    delete = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert administrator.get(f"{delete}?id=all&childOf={parent}").status_code == 404


@pytest.mark.parametrize(
    "query, shown",
    [
        ("", ["Annette", "Ines", "Selma"]),
        ("is_active=false", ["Selma"]),
        ("is_superuser=false", ["Annette", "Selma"]),
        ("group={editors}", ["Selma"]),
        ("q=selm", ["Selma"]),
        ("q=selm&is_active=true", []),
        ("last_login_to=2001-01-31", []),
    ],
)
def test_people_are_those_shown(world, administrator, query, shown):
    listing = world.listing("wagtailusers_users:index", query)
    found = selected(administrator, listing, "assign_role")
    assert [name.split()[0] for name in found] == shown


def test_every_action_on_people_knows_the_filters(world, administrator):
    listing = world.listing("wagtailusers_users:index", "is_active=false")
    [found] = selected(administrator, listing, "set_active_state")
    assert found.startswith("Selma")


def models() -> list[type[Model]]:
    """Everything that bulk actions are registered for."""
    bulk_action_registry.get_bulk_action_class("", "", "")  # reads the hooks
    return [
        apps.get_model(app, model)
        for app, actions in bulk_action_registry.actions.items()
        for model in actions
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label_lower)
def test_every_model_with_bulk_actions_has_a_listing(model):
    assert default_listing(model, None).startswith("/admin/")


@pytest.mark.parametrize(
    "address, query, patched",
    [
        ("wagtailimages:index", "tag=neu", "image_bulk_action.ImageBulkAction"),
        ("wagtaildocs:index", "tag=neu", "document_bulk_action.DocumentBulkAction"),
        ("wagtailadmin_pages:search", "content_type=news.newspage", "PageBulkAction"),
        ("wagtailusers_users:index", "is_active=false", "UserBulkAction"),
    ],
)
def test_wagtail_itself_drops_the_filter(
    world, administrator, monkeypatch, address, query, patched
):
    [patch] = [patch for patch in PATCHES if f"{patched}.get_all_objects" in patch.target]
    listing = world.listing(address, query)
    action = "assign_role" if "users" in address else "delete"
    ours = selected(administrator, listing, action)
    monkeypatch.setattr(*patch.owner(), original(patch))
    assert len(selected(administrator, listing, action)) > len(ours)


def test_wagtail_fails_to_delete_pages_below_others(world, administrator, monkeypatch):
    [patch] = [patch for patch in PATCHES if patch.target.endswith("execute_action")]
    monkeypatch.setattr(*patch.owner(), original(patch))
    filters = "latest_revision_created_at_from=2001-01-01"
    listing = world.listing("wagtailadmin_explore", filters, world.house.pk)
    with pytest.raises(ObjectDoesNotExist):
        administrator.post(address_for_all(administrator, listing, "delete"), CONFIRMED)
