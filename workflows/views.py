"""Admin views of the review."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from regions.access import is_administrator
from workflows.emergency import publish_in_emergency
from workflows.forms import EmergencyForm


def emergency(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason and publish; for national administrators only."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not is_administrator(request.user) or page.alias_of_id:
        raise PermissionDenied
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publish_in_emergency(page, request.user, form.cleaned_data["reason"])
        messages.warning(request, _("Published in an emergency. The national desk was told."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "admin/emergency.html", {"page": page, "form": form})
