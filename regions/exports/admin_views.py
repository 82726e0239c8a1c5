"""Exporting and deleting a region in the admin, for administrators."""

from django import forms
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from cms.accounts.requests import SignedInRequest
from regions.admin_views import RegionView
from regions.exports.archive import RegionArchive
from regions.exports.deletion import NotExported, delete_region, loss_of, refusal, standing_export
from regions.models import Region

REFUSED = 422


class ExportView(RegionView):
    """Says what an export holds; downloads it: what visitors wrote, and who works where."""

    template_name = "admin/region_export.html"
    page_title = gettext_lazy("Export a region")
    header_icon = "download"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what there is and when it was exported."""
        exports = self.region.exports.select_related("user")[:5]
        context = self.get_context_data(
            region=self.region, loss=loss_of(self.region), exports=exports
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Download; kept by nobody on the way, because people are named in it."""
        archive = RegionArchive(self.region, self.request.user)
        headers = {
            "Content-Disposition": f'attachment; filename="{archive.filename}"',
            "Cache-Control": "no-store",
        }
        return StreamingHttpResponse(archive, content_type="application/zip", headers=headers)


class ConfirmForm(forms.Form):
    """Typing the short name makes sure that the right region is meant."""

    slug = forms.CharField(
        label=gettext_lazy("Short name of the region"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, region: Region, data: QueryDict | None = None) -> None:
        self.region = region
        super().__init__(data)
        self.fields["slug"].help_text = _("To confirm, type: %(slug)s") % {"slug": region.slug}

    def clean_slug(self) -> str:
        """Refuse anything but the short name of the region to be deleted."""
        if self.cleaned_data["slug"].strip() != self.region.slug:
            raise forms.ValidationError(_("That is not the short name of this region."))
        return self.cleaned_data["slug"]


class RegionDeleteView(DeleteView):
    """Says what goes, and deletes only what was exported today."""

    request: SignedInRequest

    template_name = "admin/region_delete.html"
    page_title = gettext_lazy("Delete a region")

    def get_usage_url(self) -> None:
        """The numbers on the screen say it better than Wagtail's list of references."""

    def get_form(self, form_class: object = None) -> ConfirmForm:
        """A form in which the short name is typed once more."""
        return ConfirmForm(self.object, self.request.POST or None)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Ask again: the day of the export may have passed since the page was shown."""
        try:
            delete_region(self.object, self.request.user)
        except NotExported:
            return self.form_invalid(form)
        text = _("The region “%(region)s” has been deleted.") % {"region": self.object.name}
        messages.success(self.request, text)
        return HttpResponseRedirect(reverse("regionen:index"))

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the page again, with status 422 and what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the numbers and the export."""
        region = self.object
        export = standing_export(region)
        return super().get_context_data(
            **{"form": self.get_form(), **kwargs},
            region=region,
            loss=loss_of(region),
            export=export,
            refusal=refusal(export, region.exports.exists()),
        )


def register_log(actions: LogActionRegistry) -> None:
    """How the history names an export and a deletion."""

    @actions.register_action("regions.export")
    class Exported(LogFormatter):
        label = gettext_lazy("Export a region")
        message = gettext_lazy("Exported the region")

    @actions.register_action("regions.delete")
    class Deleted(LogFormatter):
        label = gettext_lazy("Delete a region")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            data = {"pages": 0, "enquiries": 0} | (log_entry.data or {})
            return _("Deleted the region with %(pages)s pages and %(enquiries)s enquiries") % data
