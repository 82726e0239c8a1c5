"""*Write something new*: what a person may begin, and how it was written last time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.delivery.content_version import cached
from cms.editing.copies import copy_as_draft
from cms.models import User
from regions.access import (
    HOUSE_DEPTH,
    is_administrator,
    is_national_editor,
    leads_a_house,
    works_for_a_house,
)
from regions.dashboard.house_pages import own_house_pages
from search.list_page import ListPage

if TYPE_CHECKING:
    from laces.typing import RenderContext

#: How many of the last pages somebody wrote are looked through for one of each type.
LOOKED_THROUGH = 50
#: Where it stands on the start page: for who only writes above what waits; for who decides, too,
#: below that and above what the house could do some day.
FIRST, AFTER_WHAT_WAITS = 10, 58


@dataclass(frozen=True)
class Offer:
    """One type of page that can be begun, or a house.

    Args:
        label: what it is, in the words of editors.
        url: the empty form, at the right place.
        last: the page of this type the person wrote last, if any.
    """

    label: StrOrPromise
    url: str
    last: Page | None = None

    @property
    def copy_url(self) -> str:
        """Where a copy of the last one is made."""
        return reverse("copy_as_draft", args=[self.last.pk]) if self.last else ""


def offers(user: User) -> list[Offer]:
    """What ``user`` may write below the lists of the own house or of the nation; two queries."""
    models: dict[type[Page], Page] = {}
    for parent in _parents(user):
        parent_class = parent.specific_class
        for model in parent_class.creatable_subpage_models() if parent_class else ():
            if not issubclass(model, ListPage) and model.can_create_at(parent):
                models.setdefault(model, parent)
    # Who reviews writes seldom, and has other things to read here.
    last = _last_written(user) if models and _only_writes(user) else {}
    return [
        Offer(
            model.get_verbose_name(),
            _add(model, parent),
            last.get(model),
        )
        for model, parent in models.items()
    ]


def _only_writes(user: User) -> bool:
    """Whether ``user`` writes for a house and reviews for none."""
    return works_for_a_house(user) and not leads_a_house(user)


def _add(model: type[Page], parent: Page) -> str:
    """The empty form, and back to the start page when it has been submitted."""
    names = [model._meta.app_label, model._meta.model_name, parent.pk]
    return f"{reverse('wagtailadmin_pages:add', args=names)}?next={reverse('wagtailadmin_home')}"


def _parents(user: User) -> list[Page]:
    """The German pages below which ``user`` writes: lists, then the house or the home page."""
    pages = own_house_pages(user)
    if not pages and is_national_editor(user) and not is_administrator(user):
        pages = cached("dashboard.national_parents", _national_parents)
    top = min((page.depth for page in pages), default=0)
    lists = [page for page in pages if issubclass(page.specific_class or Page, ListPage)]
    return [*lists, *(page for page in pages if page.depth == top)]


def _national_parents() -> list[Page]:
    """The German home page and what is public right below it."""
    depths = (HOUSE_DEPTH - 2, HOUSE_DEPTH - 1)
    german = Page.objects.live().filter(locale__language_code="de", depth__in=depths)
    return list(german.order_by("path"))


def _last_written(user: User) -> dict[type[Page] | None, Page]:
    """The latest page of each type among those ``user`` began."""
    written = Page.objects.filter(owner=user, alias_of=None, locale__language_code="de")
    found: dict[type[Page] | None, Page] = {}
    for page in written.order_by("-pk")[:LOOKED_THROUGH]:
        found.setdefault(page.specific_class, page)
    return found


class WriteNew(Component):
    """A button for each type, and beside it the copy of the last one."""

    name = "write-new"
    template_name = "admin/dashboard/write_new.html"

    def __init__(self, user: User) -> None:
        self.user = user
        self.order = FIRST if _only_writes(user) else AFTER_WHAT_WAITS

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """The offers, and the form token; who administers makes houses."""
        makes_houses = is_administrator(self.user)
        houses = [Offer(_("New house"), reverse("regionen:add"))] if makes_houses else []
        return {
            "heading": _("Set up something new") if makes_houses else _("Write something new"),
            "offers": [*houses, *offers(self.user)],
            "csrf_token": (parent_context or {}).get("csrf_token", ""),
        }


@require_POST
def copy_last(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Begin a page as a copy of another one of the same list, as a draft.

    Raises:
        PermissionDenied: if the person may not write there.
    """
    page = get_object_or_404(Page, pk=page_id, depth__gt=HOUSE_DEPTH - 2).specific
    parent = page.get_parent().specific_deferred
    may_write = parent.permissions_for_user(request.user).can_add_subpage()
    if not may_write or page.alias_of_id or type(page) not in parent.creatable_subpage_models():
        raise PermissionDenied
    copy = copy_as_draft(page, request.user)
    messages.success(
        request, _("This is a copy of “%(title)s”. Write over it.") % {"title": page.title}
    )
    return redirect("wagtailadmin_pages:edit", copy.pk)
