"""Archiving a region in the admin: a page that says what happens, and undoes it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from cms.accounts.requests import SignedInRequest
from regions.access import is_administrator
from regions.archiving import archive, closing_of, reopen
from regions.models import Region


class ArchiveView(WagtailAdminTemplateMixin, View):
    """Says what archiving a region does; archives it, or opens it again."""

    request: SignedInRequest

    template_name = "admin/region_archive.html"
    page_title = gettext_lazy("Archive a region")
    header_icon = "folder-inverse"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Let only administrators in, as all of the regions' addresses do."""
        if not is_administrator(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def region(self) -> Region:
        """The region named in the address; two who decide at once do so one after the other."""
        regions = Region.objects.all()
        if self.request.method == "POST":
            regions = regions.select_for_update(of=("self",))
        return get_object_or_404(regions, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what happens, and ask."""
        context = self.get_context_data(region=self.region, closing=closing_of(self.region))
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Archive, or open again; pressing twice does it once."""
        is_wanted = request.POST.get("action") == "archive"
        if is_wanted and not self.region.is_archived:
            self._archive()
        elif request.POST.get("action") == "reopen" and self.region.is_archived:
            self._reopen()
        return HttpResponseRedirect(request.path)

    def _archive(self) -> None:
        number = archive(self.region)
        text = ngettext(
            "“%(region)s” is archived; %(number)d account was deactivated. You can undo this here.",
            "“%(region)s” is archived; %(number)d accounts were deactivated. "
            "You can undo this here.",
            number,
        )
        messages.success(self.request, text % {"region": self.region, "number": number})

    def _reopen(self) -> None:
        undone = reopen(self.region)
        log(self.region, "wagtail.edit", user=self.request.user)
        text = _("“%(region)s” is open again.") % {"region": self.region}
        if undone.people:
            said = ngettext(
                "%(number)d account can be used again; its owner sets a new password at sign-in.",
                "%(number)d accounts can be used again; their owners set a new password at "
                "sign-in.",
                undone.people,
            )
            text = f"{text} {said % {'number': undone.people}}"
        messages.success(self.request, text)
        if undone.lost:
            text = _("Another region serves these districts meanwhile: %(names)s")
            messages.warning(self.request, text % {"names": ", ".join(undone.lost)})

    def get_breadcrumbs_items(self) -> list[dict[str, StrOrPromise]]:
        """Home, regions, this region, this view."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("regionen:index"), "label": str(Region._meta.verbose_name_plural)},
            {"url": reverse("regionen:edit", args=[self.region.pk]), "label": self.region.name},
            {"url": "", "label": self.page_title},
        ]
