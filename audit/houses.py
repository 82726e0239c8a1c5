"""Which houses an entry of the log concerns."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from cms.models import User
from regions.access import regions_of
from regions.models import Region

#: A house, or ``None`` for the nation.
Houses = set[Region | None]


def houses_of_page_entry(entry: PageLogEntry) -> Houses:
    """Where the page stands; a move concerns the house it left as well."""
    ids = {entry.page_id}
    for end in ("source", "destination"):
        if entry.action == "wagtail.move":
            ids.add(entry.data.get(end, {}).get("id"))
    pages = list(Page.objects.filter(pk__in=ids - {None}).only("path"))
    found = regions_of(pages)
    return {found.get(page.pk) for page in pages} or {None}


def houses_of_model_entry(entry: ModelLogEntry) -> Houses:
    """By what the entry is about, see :data:`RULES`; national if nothing else is known."""
    if "region" in entry.data:
        pk = entry.data["region"]
        return {Region.objects.filter(pk=pk).first() if pk else None}
    model = entry.content_type.model_class() if entry.content_type else None
    instance = model._base_manager.filter(pk=entry.object_id).first() if model else None
    for kind, rule in RULES:
        if isinstance(instance, kind):
            return set(rule(instance)) or {None}
    region = getattr(instance, "region", None)
    return {region if isinstance(region, Region) else _house_of_collection(instance)}


def houses_of_user(user: User) -> Iterable[Region]:
    """The houses somebody works for."""
    groups = user.groups.values("pk")
    return Region.objects.filter(Q(leads_group__in=groups) | Q(editors_group__in=groups)).distinct()


def houses_of_group(group: Group) -> QuerySet[Region]:
    """The house whose role the group is."""
    return Region.objects.filter(Q(leads_group=group) | Q(editors_group=group))


def _house_of_collection(instance: object) -> Region | None:
    """The house an image or document belongs to."""
    collection = getattr(instance, "collection", None)
    if collection is None:
        return None
    step = collection.steplen
    paths = [collection.path[:end] for end in range(step, len(collection.path) + 1, step)]
    return Region.objects.filter(collection__path__in=paths).first()


#: What an entry's object is to its houses; models are looked up by ``isinstance``.
RULES: list[tuple[type, Callable[[Any], Iterable[Region]]]] = [
    (Region, lambda region: [region]),
    (get_user_model(), houses_of_user),
    (Group, houses_of_group),
]
