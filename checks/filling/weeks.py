"""Taking part in the check week of a house: the short address, and counting."""

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from checks.models import CheckRun, CheckWeekCount, CheckWeekPage
from checks.models.weeks import WEEK


@require_safe
def short(request: HttpRequest, page_id: int) -> HttpResponse:
    """From the short address to the invitation."""
    page = CheckWeekPage.objects.live().filter(pk=page_id).first()
    if page is None:
        raise Http404
    return redirect(page.get_url(request) or "/")


def count(request: HttpRequest, run: CheckRun) -> None:
    """Count a check that was begun by an invitation; nothing of the two is kept together.

    Args:
        request: its address names the invitation.
        run: has just been saved; only its first step counts, however often that was sent.
    """
    number = request.GET.get(WEEK, "")
    if run.step != 1 or not (number.isascii() and number.isdecimal() and len(number) < 10):
        return
    page = CheckWeekPage.objects.live().filter(pk=int(number)).first()
    if page and page.is_on and page.self_check_id == run.version.page_id:
        with transaction.atomic():
            CheckWeekCount.objects.get_or_create(page=page)
            CheckWeekCount.objects.filter(page=page).update(begun=F("begun") + 1)
