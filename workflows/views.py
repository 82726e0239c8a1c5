"""Admin views of the review."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.repeated_forms import earlier_answer, forget, remember_answer
from regions.access import is_administrator
from workflows.emergency import publish_in_emergency
from workflows.emergency_form import EmergencyForm
from workflows.freshness import confirm, is_ageing


def emergency(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Ask for the reason and publish; for national administrators only."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not is_administrator(request.user) or page.alias_of_id:
        raise PermissionDenied
    form = EmergencyForm(request.POST or None)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.method == "POST" and form.is_valid():
        if earlier_answer(request):
            return redirect(editor)
        try:
            publish_in_emergency(page, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            forget(request)
            form.add_error(None, _("Something is missing, so it cannot be published yet:"))
            form.add_error(None, [_missing(page, name) for name in error.message_dict])
        else:
            messages.warning(request, _("Published in an emergency. The national desk was told."))
            remember_answer(request, editor)
            return redirect(editor)
    context = {"page": page, "page_title": _("Publish in an emergency"), "form": form}
    return render(request, "admin/emergency.html", context)


@require_POST
def still_current(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Note that a public page was read and is still right; for whoever may edit it."""
    page: Any = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    may_edit = page.permissions_for_user(request.user).can_edit()
    if not may_edit or page.alias_of_id or not page.live or not is_ageing(type(page)):
        raise PermissionDenied
    confirm(page, request.user)
    messages.success(
        request,
        _("“%(title)s” is marked as checked today. The next check is due on %(day)s.")
        % {"title": page.title, "day": date_format(page.check_again_on)},
    )
    # Back to the list, where the next one stands.
    return redirect(f"{reverse('wagtailadmin_home')}#to-check")


def _missing(page: Page, name: str) -> str:
    """The label of a field that lacks something."""
    try:
        field = page._meta.get_field(name)
        return capfirst(str(getattr(field, "verbose_name", name)))
    except FieldDoesNotExist:
        return name
