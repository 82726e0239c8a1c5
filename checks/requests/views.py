"""Filling in a form: no account, no cookie, no script; protected as enquiries are."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from checks.filling.pages import GONE, private_page, show
from checks.models import FormPage
from checks.requests.emails import tell
from checks.requests.forms import EntryForm
from cms.repeated_forms import earlier_answer, forget, remember_answer
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from cms.spam_protection.throttling import Throttle
from regions.access import house_of
from regions.finder.selected_region import keeping

#: A whole meeting may register behind one address.
THROTTLE = Throttle("form", most=30)
#: Signs that something was sent just now: who merely opens the page is not thanked.
SENT = TimestampSigner(salt="checks.requests.sent")
SENT_PARAMETER = "gesendet"
SENT_FOR = timedelta(hours=24)


@private_page
def fill_in(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form with its purpose and period; keep what is sent."""
    page = _page(page_id)
    if page.is_closed:
        return _show(request, page, "form_closed", page.title, status=GONE)
    form = EntryForm(request.POST if request.method == "POST" else None, page=page)
    if request.method == "POST":
        if not is_same_origin(request):
            form.add_error(None, NOT_SAME_ORIGIN)
        elif form.is_valid() and (answer := _take_once(request, page, form)):
            return redirect(keeping(request, answer))
    return _show(request, page, "form_fill_in", page.title, form=form)


@private_page
def sent(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say thank you to whoever has just sent something."""
    page = _page(page_id)
    try:
        SENT.unsign(request.GET.get(SENT_PARAMETER, ""), max_age=SENT_FOR)
    except BadSignature:
        return redirect(keeping(request, reverse("form_fill_in", args=[page.pk])))
    return _show(request, page, "form_sent", _("Thank you, it has arrived."))


def _page(page_id: int) -> FormPage:
    return get_object_or_404(FormPage.objects.live().select_related("locale"), pk=page_id)


def _show(
    request: HttpRequest,
    page: FormPage,
    template: str,
    title: str,
    *,
    form: EntryForm | None = None,
    status: int = 200,
) -> HttpResponse:
    above = [house] if (house := house_of(page)) and house.live else []
    crumbs = [{"title": one.title, "url": one.get_url(request) or ""} for one in (*above, page)]
    return show(
        request,
        template,
        title,
        status,
        page=page,
        contact=page.contact,
        crumbs=crumbs,
        form=form,
    )


@transaction.atomic
def _take_once(request: HttpRequest, page: FormPage, form: EntryForm) -> str | None:
    """Keep an entry; one that comes several times is one.

    Returns:
        Where to lead its sender; ``None`` if too many came, which the form says.
    """
    if earlier := earlier_answer(request):
        return earlier
    if not THROTTLE.accepts(request):
        forget(request)
        form.add_error(
            None,
            _(
                "Very much has just come from your connection. Please wait ten minutes. "
                "What you typed is still here."
            ),
        )
        return None
    page.get_submission_class().objects.create(
        page=page, form_data=form.entry, delete_on=page.deletes_on
    )
    tell(page)
    answer = f"{reverse('form_sent', args=[page.pk])}?{urlencode({SENT_PARAMETER: SENT.sign('')})}"
    remember_answer(request, answer)
    return answer
