"""The catalogue of components in Wagtail's admin, for those who write for the whole site."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.requests import SignedInRequest
from home import styleguide
from regions.access import is_national_editor
from regions.isolation.declarations import declare, plain_value


def _allow(request: SignedInRequest) -> None:
    if not is_national_editor(request.user):
        raise PermissionDenied


def _found(key: str) -> styleguide.Component:
    component = styleguide.component(key)
    if component is None:
        raise Http404
    return component


def overview(request: SignedInRequest) -> HttpResponse:
    """All components with what they are for."""
    _allow(request)
    found = styleguide.components()
    groups = [
        (_("Parts of pages"), [component for component in found if not component.is_block]),
        (_("Blocks of texts"), [component for component in found if component.is_block]),
    ]
    crumbs = [{"url": "", "label": _("Components")}]
    context = {"groups": groups, "breadcrumbs_items": crumbs}
    return render(request, "admin/catalogue.html", context)


def detail(request: SignedInRequest, key: str) -> HttpResponse:
    """A component in all its states, light and dark, wide and as on a phone."""
    _allow(request)
    component = _found(key)
    crumbs = [
        {"url": reverse("catalogue"), "label": _("Components")},
        {"url": "", "label": component.name},
    ]
    context = {
        "component": component,
        "schemes": styleguide.SCHEMES,
        "breadcrumbs_items": crumbs,
    }
    return render(request, "admin/catalogue_component.html", context)


@xframe_options_sameorigin
def component_frame(request: SignedInRequest, key: str, number: int, scheme: str) -> HttpResponse:
    """A state by itself, with the style of the site and nothing of the admin."""
    _allow(request)
    component = _found(key)
    if number >= len(component.states) or scheme not in styleguide.SCHEMES:
        raise Http404
    context = {"component": component, "sample": component.render(number), "scheme": scheme}
    return render(request, "admin/catalogue_frame.html", context)


def style(request: SignedInRequest, scheme: str) -> HttpResponse:
    """The style sheet of the site in one scheme."""
    _allow(request)
    return HttpResponse(styleguide.sheet_of(scheme), content_type="text/css; charset=utf-8")


declare("catalogue", is_national=True)
declare("catalogue_style", is_national=True, scheme=plain_value)
declare("catalogue_component", is_national=True, key=plain_value)
declare(
    "catalogue_frame", is_national=True, key=plain_value, number=plain_value, scheme=plain_value
)


@hooks.register("register_admin_urls")
def register_catalogue_urls() -> list[URLPattern]:
    """Addresses of the component catalogue in the admin."""
    return [
        path("bausteine/", overview, name="catalogue"),
        path("bausteine/stil-<slug:scheme>.css", style, name="catalogue_style"),
        path("bausteine/<slug:key>/", detail, name="catalogue_component"),
        path(
            "bausteine/<slug:key>/<int:number>/<slug:scheme>/",
            component_frame,
            name="catalogue_frame",
        ),
    ]


class CatalogueMenuItem(MenuItem):
    """Shown to national editors and administrators."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether the catalogue would open."""
        return is_national_editor(request.user)


@hooks.register("register_admin_menu_item")
def register_catalogue_menu_item() -> CatalogueMenuItem:
    """Add the component catalogue to the menu."""
    return CatalogueMenuItem(
        gettext_lazy("Components"), reverse("catalogue"), icon_name="grip", order=850
    )
