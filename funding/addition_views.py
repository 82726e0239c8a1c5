"""Admin views of a house about its additions to national programmes."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from cms.accounts.requests import SignedInRequest
from funding.models import FundingAdditionPage
from funding.programme_changes import confirm as confirm_addition
from funding.programme_changes import differences


def _addition(request: SignedInRequest, page_id: int) -> FundingAdditionPage:
    """A public addition that the person may edit.

    Raises:
        Http404: there is none.
        PermissionDenied: it is not theirs to look after, or its programme is not public.
    """
    found = FundingAdditionPage.objects.select_related("programme", "seen_revision")
    page: FundingAdditionPage = get_object_or_404(found, pk=page_id, alias_of=None)
    is_followed = page.live and page.programme and page.programme.live_revision_id
    if not is_followed or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_GET
def check(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What has changed in the programme, and one click for: the addition is still right."""
    page = _addition(request, page_id)
    changes = differences(page, request)
    return render(request, "admin/funding_addition.html", {"page": page, "comparison": changes})


@require_POST
def confirm(request: SignedInRequest, page_id: int, revision_id: int) -> HttpResponse:
    """Note that the addition is still right beside the version of the programme that was shown."""
    page = _addition(request, page_id)
    public = page.programme.live_revision if page.programme else None
    if public is None or public.pk != revision_id:
        messages.warning(request, _("The programme has been changed again. Please look once more."))
        return redirect("funding_addition_check", page.pk)
    confirm_addition(page, public, request.user)
    text = _("“%(title)s” is marked as still right.") % {"title": page.get_admin_display_title()}
    messages.success(request, text)
    return redirect("wagtailadmin_home")
