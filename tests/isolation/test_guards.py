"""Every guard is switched off once, and something must notice.

A guard that is entered by ``@guard`` and not proven here fails
:func:`test_every_guard_is_proven`.
"""

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page

from checks.models import QuarterTables
from regions import isolation
from regions.isolation import declarations
from regions.models import DeletedPage, Enquiry, Region
from tests.isolation import test_forged as forged
from tests.isolation import undeclared_urls
from tests.isolation.addresses import all_addresses
from tests.isolation.matrix import World
from tests.isolation.world import canary
from tests.mutations.guards import switch_off

pytestmark = pytest.mark.django_db

ADDRESSES = {address.key: address for address in all_addresses()}
Probe = Callable[[World], Iterator[str]]


def matrix(*keys: str) -> Probe:
    """What the matrix says of some addresses."""

    def probe(world: World) -> Iterator[str]:
        for key in keys:
            yield from world.problems(ADDRESSES[key])

    return probe


def references(world: World) -> Iterator[str]:
    """A forged reference to the other house's document."""
    page, document = world.sides["a"].review_free, world.sides["b"].document
    forged.forge(world.clients["editor"], page, "download", title="Her", document=document.pk)
    if forged.refers_to(page, document):
        yield "a document of the other house was taken"


def undeclared(world: World) -> Iterator[str]:
    """An address that nobody has declared."""
    with override_settings(ROOT_URLCONF=undeclared_urls.__name__):
        if world.clients["administrator"].get(undeclared_urls.PATH).status_code == 200:
            yield "an address was answered that is not declared"


def media(world: World) -> Iterator[str]:
    """An image of the other house in an address; Wagtail's own permissions are not asked."""
    context = declarations.GuardContext(world.sides["a"].editor, {})
    if declarations.reachable_image(context, world.sides["b"].image.pk):
        yield "an image of the other house may be named"


def log_messages(world: World) -> Iterator[str]:
    """A page that the desk has brought from a list of the other house."""
    page, title = Page.objects.get(pk=world.sides["b"].draft.pk), canary("b", "listtitle")
    page.get_ancestors().filter(depth=page.depth - 1).update(draft_title=title)
    here, desk = world.sides["a"].live.get_parent(), world.sides["n"].editor
    copy = page.copy(to=here, update_attrs={"slug": f"kopie-{Page.objects.count()}"}, user=desk)
    url = reverse("wagtailadmin_pages:history", args=[copy.pk])
    if title in world.clients["editor"].get(url).content.decode():
        yield "the history named the draft of another house's list"


def everything(items: Any, user: Any) -> Any:
    """A list that is not narrowed down."""
    return items


def always(*args: Any, **kwargs: Any) -> bool:
    """A door that stands open."""
    return True


#: Each guard: what stands in its place when it is off, and who notices.
OFF: dict[str, tuple[Callable, Probe]] = {
    "regions.isolation.url_guard.is_open": (
        always,
        matrix("wagtailadmin_reports:page_types_usage"),
    ),
    "regions.isolation.url_guard.is_declared": (always, undeclared),
    "regions.isolation.declarations.may_name": (
        always,
        matrix("wagtailadmin_pages:move_confirm"),
    ),
    "regions.isolation.declarations.may_name_media": (always, media),
    "regions.isolation.titles.shows_log_message": (always, log_messages),
    "regions.isolation.listings.choosable_pages": (
        everything,
        matrix("wagtailadmin_choose_page_search"),
    ),
    "regions.isolation.listings.listed_media": (
        everything,
        matrix("wagtailadmin_api:images:listing"),
    ),
    "regions.isolation.listings.offered_tags": (
        everything,
        matrix("wagtailadmin_tag_autocomplete"),
    ),
    "regions.isolation.listings.offered_people": (
        everything,
        matrix(
            "wagtailadmin_reports:workflow",
            "wagtailadmin_reports:workflow_tasks",
            "wagtailadmin_reports:locked_pages",
        ),
    ),
    "regions.isolation.listings.page_history": (
        everything,
        matrix("wagtailadmin_reports:site_history"),
    ),
    "regions.isolation.listings.visible_refusals": (
        everything,
        matrix("wagtail_bulk_action wagtailcore.page delete"),
    ),
    "regions.isolation.titles.page_title": (
        lambda page, user: page.draft_title,
        matrix("wagtailadmin_choose_page_child"),
    ),
    "regions.isolation.titles.page_name": (
        lambda page, user: page.title,
        matrix("wagtailadmin_pages:revisions_compare"),
    ),
    "regions.isolation.titles.shows_item": (always, matrix("wagtailadmin_pages:edit")),
    "regions.isolation.references.may_refer_to": (always, references),
    "regions.isolation.files.may_read_document": (always, matrix("wagtaildocs_serve")),
    "regions.isolation.files.may_read_file": (always, matrix("uploaded_file")),
    "regions.trash.views.deleted_pages_for": (
        lambda user: DeletedPage.objects.all(),
        matrix("trash"),
    ),
    "regions.enquiries.access.enquiries_for": (
        lambda user: Enquiry.objects.all(),
        matrix("enquiries"),
    ),
    "regions.people.access.houses_led": (
        lambda user: Region.objects.all(),
        matrix("people"),
    ),
    "checks.requests.access.forms_whose_entries_are_read": (
        lambda user, pages: pages,
        matrix("wagtailforms:list_submissions"),
    ),
    "checks.statistics.access.tables_for": (
        lambda user: QuarterTables.objects.all(),
        matrix("check_statistics"),
    ),
    "workflows.translation.access.is_national": (
        always,
        matrix("wagtail_localize:translations_report"),
    ),
    "workflows.translation.access.may_edit": (
        always,
        matrix("wagtail_localize:update_translations"),
    ),
}


def guards() -> set[str]:
    """All guards there are, those of modules that are loaded late among them."""
    for module in pkgutil.iter_modules(isolation.__path__, f"{isolation.__name__}."):
        import_module(module.name)
    return set(isolation.GUARDS)


def test_every_guard_is_proven():
    unproven = sorted(guards() - set(OFF))
    assert not unproven, f"add to OFF who notices when it is off: {', '.join(unproven)}"


def test_nothing_is_proven_that_is_no_guard():
    assert sorted(set(OFF) - guards()) == []


@pytest.mark.parametrize("name", OFF)
def test_somebody_notices_when_it_is_off(world, monkeypatch, name):
    """While it is on the same requests find nothing: ``test_matrix`` and ``test_forged``."""
    instead, probe = OFF[name]
    # Screens that only an open door shows are none that test_matrix may search later.
    monkeypatch.setattr(world, "screens", {})
    switch_off(monkeypatch, name, instead)
    assert next(probe(world), None)
