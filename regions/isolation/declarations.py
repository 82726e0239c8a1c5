"""Every address of the admin is declared here: what each of its arguments names.

A room declares its own addresses beside where it registers them. The guard of
addresses refuses whatever is not declared (:mod:`regions.isolation.url_guard`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpResponse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, TaskState

from cms.models import User
from regions.isolation import guard
from regions.isolation.reach import (
    can_traverse,
    can_view_draft,
    find,
    has_national_scope,
    is_key,
    reaches_media,
)


@dataclass(frozen=True)
class GuardContext:
    """What a kind of argument is told.

    Args:
        user: who is signed in.
        arguments: all arguments of the address by name.
    """

    user: User
    arguments: Mapping[str, object]


#: Whether the person may name what an argument stands for. What does not exist is left to the view.
Kind = Callable[[GuardContext, object], bool]
#: Asked before the view, which it may answer for; raises ``PermissionDenied`` to refuse.
Before = Callable[..., HttpResponse | None]


@dataclass(frozen=True)
class Declaration:
    """What is known of the addresses of one name.

    Args:
        arguments: the kind of each argument in the address.
        fields: the kind of what is sent along by these names, in the query or the form.
        is_national: whether it tells of all regions.
        before: what is asked first.
    """

    arguments: Mapping[str, Kind]
    fields: Mapping[str, Kind] = field(default_factory=dict)
    is_national: bool = False
    before: Before | None = None


#: All declarations by the name of the view.
DECLARED: dict[str, Declaration] = {}


def declare(
    *names: str,
    fields: Mapping[str, Kind] | None = None,
    is_national: bool = False,
    before: Before | None = None,
    **arguments: Kind,
) -> None:
    """Declare addresses that take the same arguments; see :class:`Declaration`.

    Args:
        names: as ``request.resolver_match.view_name`` says them.
        fields: kinds of what is sent along.
        is_national: whether only those who look after all regions are let in.
        before: what is asked before the view.
        arguments: kinds of what stands in the address.

    Raises:
        ImproperlyConfigured: if one is declared already.
    """
    for name in names:
        if name in DECLARED:
            raise ImproperlyConfigured(f"The address {name} is declared twice.")
        DECLARED[name] = Declaration(arguments, fields or {}, is_national, before)


def declare_viewset(namespace: str, *further: str) -> None:
    """Declare the addresses of a model viewset about things that belong to no house.

    Args:
        namespace: of the viewset.
        further: addresses about one object that not every viewset has.
    """
    declare(*(f"{namespace}:{name}" for name in ("index", "index_results", "add")))
    about_one = ("edit", "delete", "history", "history_results", "usage", *further)
    declare(*(f"{namespace}:{name}" for name in about_one), pk=checked_by_view)


# --- kinds of arguments ----------------------------------------------------------------------


def plain_value(context: GuardContext, value: object) -> bool:
    """Names no object: a type, an action, a mode."""
    return True


def checked_by_view(context: GuardContext, value: object) -> bool:
    """Names an object on which the view itself asks Wagtail's permissions or a guard."""
    return True


@guard
def may_name(user: User, page: Page, *, exploring: bool = False, linking: bool = False) -> bool:
    """Whether ``user`` may name ``page`` in an address.

    Args:
        user: who asks.
        page: the page.
        exploring: to walk down the tree to what is within reach.
        linking: to choose it as the target of a link: what is public can be linked by all.
    """
    if can_view_draft(user, page):
        return True
    if exploring or linking:
        return can_traverse(user, page) or (linking and page.live)
    return False


def _page(context: GuardContext, value: object, **purpose: bool) -> bool:
    found = find(Page, value)
    return found is None or may_name(context.user, found, **purpose)


def reachable_page(context: GuardContext, value: object) -> bool:
    """A page to work on."""
    return _page(context, value)


def traversable_page(context: GuardContext, value: object) -> bool:
    """A page of the tree, in which one walks down to one's house."""
    return _page(context, value, exploring=True)


def linkable_page(context: GuardContext, value: object) -> bool:
    """A page in a chooser."""
    return _page(context, value, linking=True)


def submitted_page(context: GuardContext, value: object) -> bool:
    """A page that a form names; what is no key of any is refused too."""
    return is_key(Page, value) and reachable_page(context, value)


def reachable_review_step(context: GuardContext, value: object) -> bool:
    """A step in the review of a page, of that page if the address names one."""
    step = find(TaskState, value)
    if step is None:
        return True
    reviewed = step.workflow_state.object_id
    named = context.arguments.get("page_id", reviewed)
    return str(named) == reviewed and reachable_page(context, reviewed)


@guard
def may_name_media(user: User, item: Model) -> bool:
    """Whether ``user`` may name an image or a document in an address."""
    return has_national_scope(user) or reaches_media(user, item)


def reachable_image(context: GuardContext, value: object) -> bool:
    """An image of the own collections."""
    found = find(get_image_model(), value)
    return found is None or may_name_media(context.user, found)


def reachable_document(context: GuardContext, value: object) -> bool:
    """A document of the own collections."""
    found = find(get_document_model(), value)
    return found is None or may_name_media(context.user, found)
