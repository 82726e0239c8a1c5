"""The list of regions in the admin, and what the pages about one region have in common."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.requests import SignedInRequest
from regions.access import is_administrator
from regions.models import Region


class RegionIndexView(IndexView):
    """Offers the export and archiving beside editing and deleting, and a new house."""

    add_item_label = gettext_lazy("New house")

    def get_list_more_buttons(self, instance: Region) -> list[MenuItem]:
        """Add buttons for archiving and the export to Wagtail's."""
        url = reverse("regionen:export", args=[instance.pk])
        export = MenuItem(_("Export"), url=url, icon_name="download", priority=25)
        label = _("Open again") if instance.is_archived else _("Archive")
        url = reverse("regionen:archive", args=[instance.pk])
        archive = MenuItem(label, url=url, icon_name="folder-inverse", priority=24)
        return [*super().get_list_more_buttons(instance), archive, export]


class RegionCreateView(CreateView):
    """Called as on the start page, and says what comes next: a house begins with its lead."""

    page_title = gettext_lazy("New house")

    def get_page_subtitle(self) -> str:
        """The name of the model would be a second name for the same."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, StrOrPromise]]:
        """Wagtail's, the last one by the name above."""
        items: list[dict[str, StrOrPromise]] = super().get_breadcrumbs_items()
        return [*items[:-1], {**items[-1], "label": self.page_title}]

    def get_success_message(self, instance: Region) -> str:
        """The house is there, and nobody works for it."""
        return _("The house “%(name)s” has been made. Next, please invite its lead.") % {
            "name": instance.name
        }

    def get_success_buttons(self) -> list[tuple[str, StrOrPromise]]:
        """Where its lead is invited."""
        region = cast("Region", self.object)
        url = reverse("people_invite", args=[region.slug])
        return [messages.button(url, _("Invite a person"))]


class RegionView(WagtailAdminTemplateMixin, View):
    """A page about one region, for administrators."""

    request: SignedInRequest

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Let only administrators in, as all of the regions' addresses do."""
        if not is_administrator(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def region(self) -> Region:
        """The region named in the address."""
        return get_object_or_404(Region, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, StrOrPromise]]:
        """Home, regions, this region, this view."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("regionen:index"), "label": str(Region._meta.verbose_name_plural)},
            {"url": reverse("regionen:edit", args=[self.region.pk]), "label": self.region.name},
            {"url": "", "label": self.page_title},
        ]
