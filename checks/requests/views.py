"""Filling in a form: no account, no cookie, no script; protected as enquiries are."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from checks.filling.languages import elsewhere
from checks.filling.pages import GONE, private_page, show
from checks.models import FormPage
from checks.requests.emails import tell
from checks.requests.forms import EntryForm, Typed
from cms.repeated_forms import earlier_answer, forget, known_answer, remember_answer
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
    page = _page(page_id, was_public=request.method == "POST")
    if there := elsewhere(request, page.locale.language_code):
        return there
    if page.is_closed or not page.live:
        return _over(request, page)
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
    page = _page(page_id, was_public=True)
    if there := elsewhere(request, page.locale.language_code):
        return there
    try:
        SENT.unsign(request.GET.get(SENT_PARAMETER, ""), max_age=SENT_FOR)
    except BadSignature:
        return redirect(keeping(request, reverse("form_fill_in", args=[page.pk])))
    return _show(request, page, "form_sent", _("Thank you, it has arrived."))


def _page(page_id: int, *, was_public: bool) -> FormPage:
    """The form; what is sent may find that it has been withdrawn since it was opened."""
    public = Q(live=True) | Q(first_published_at__isnull=False) if was_public else Q(live=True)
    return get_object_or_404(FormPage.objects.filter(public).select_related("locale"), pk=page_id)


def _over(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Say that the form is over; whoever has filled it in meanwhile finds the answers below."""
    typed: Typed = ()
    if request.method == "POST":
        if earlier := known_answer(request):  # sent twice, and closed in between
            return redirect(keeping(request, earlier))
        typed = EntryForm(request.POST, page=page).typed
    return _show(request, page, "form_closed", page.title, typed=typed, status=GONE)


def _show(
    request: HttpRequest,
    page: FormPage,
    template: str,
    title: str,
    *,
    form: EntryForm | None = None,
    typed: Typed = (),
    status: int = 200,
) -> HttpResponse:
    above = [one for one in (house_of(page), page) if one and one.live]
    crumbs = [{"title": one.title, "url": one.get_url(request) or ""} for one in above]
    return show(
        request,
        template,
        title,
        status,
        page=page,
        contact=page.contact,
        crumbs=crumbs,
        form=form,
        typed=typed,
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
