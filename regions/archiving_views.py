"""Archiving a region in the admin: a page that says what happens, and undoes it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log

from regions.admin_views import RegionView
from regions.archiving import archive, closing_of, reopen
from regions.models import Region


class ArchiveView(RegionView):
    """Says what archiving a region does; archives it, or opens it again."""

    template_name = "admin/region_archive.html"
    page_title = gettext_lazy("Archive a region")
    header_icon = "folder-inverse"

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
        action = request.POST.get("action")
        if action == "archive" and not self.region.is_archived:
            self._archive()
        elif action == "reopen" and self.region.is_archived:
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
