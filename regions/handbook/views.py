"""The handbook, and the welcome that leads to it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.users.models import UserProfile

from cms.accounts.requests import SignedInRequest
from regions.handbook import chapters
from regions.handbook.welcome import DISMISSED

ICON = "help"
MENU_ITEM = MenuItem(
    _("Handbook"), reverse_lazy("own_handbook"), name="handbook", icon_name=ICON, order=1000
)


@require_safe
def own_chapter(request: SignedInRequest) -> HttpResponse:
    """To the page of the person's own role."""
    return redirect(chapters.chapter_for(request.user).url)


@require_safe
def chapter(request: SignedInRequest, chapter: str) -> HttpResponse:
    """A page of the handbook; all roles may read all of them.

    Raises:
        Http404: there is no such page.
    """
    found = chapters.CHAPTERS.get(chapter)
    if found is None:
        raise Http404
    context = {
        "chapter": found,
        "chapters": chapters.CHAPTERS.values(),
        "text": chapters.render(found.slug),
        "page_title": _("Handbook"),
        "header_icon": ICON,
    }
    return render(request, "admin/handbook.html", context)


@require_POST
def dismiss_welcome(request: SignedInRequest) -> HttpResponse:
    """Show the welcome no more, where Wagtail remembers what else was dismissed."""
    profile = UserProfile.get_for_user(request.user)
    profile.dismissibles[DISMISSED] = True
    profile.save(update_fields=["dismissibles"])
    return redirect(f"{reverse('wagtailadmin_home')}#start")
