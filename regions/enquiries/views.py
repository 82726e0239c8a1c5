"""The public form: no account, no cookie, no script."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from cms.repeated_forms import earlier_answer, forget, known_answer, remember_answer
from cms.spam_protection.origin import FORM_TYPES, NOT_SAME_ORIGIN, is_same_origin
from cms.spam_protection.throttling import Throttle
from regions.enquiries.actions import receive
from regions.enquiries.forms import EnquiryForm
from regions.enquiries.network_form import NetworkForm, as_enquiry
from regions.enquiries.recipients import (
    Desk,
    enquiry_url,
    house_desk,
    national_desk,
    subject_from,
)
from regions.finder.selected_region import keeping
from regions.models import Region

#: Signs that an enquiry was sent just now; the page that says so promises nothing to others.
SENT = TimestampSigner(salt="regions.enquiries.sent")
SENT_PARAMETER = "gesendet"
SENT_HOURS = 24
FORBIDDEN, UNPROCESSABLE, TOO_MANY = 403, 422, 429
THROTTLE = Throttle("enquiry")


def _desk(request: HttpRequest, slug: str | None) -> Desk | None:
    """The desk behind an address; ``None`` where a house is closed or not public.

    Raises:
        Http404: if there is no such region.
    """
    if slug is None:
        return national_desk(request)
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        raise Http404
    return house_desk(region)


def _context(request: HttpRequest, desk: Desk, title: str, **more: object) -> dict[str, object]:
    crumbs = [{"title": "", "url": reverse("wagtail_serve", args=[""])}]
    if desk.contact.url:
        language = desk.contact.organisation_language
        crumbs.append(
            {
                "title": desk.contact.organisation,
                "url": desk.contact.url,
                "language": language,
            }
        )
    crumbs = [crumb | {"url": keeping(request, crumb["url"])} for crumb in crumbs]
    return {
        "desk": desk,
        "contact": desk.contact,
        "breadcrumbs": crumbs,
        "page_title": title,
        "noindex": True,
        **more,
    }


# The check of the Origin header replaces the CSRF token: visitors get no cookie.
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Show the form; keep what is sent and lead to the page that says thank you."""
    subject = subject_from(request.GET.get("zu", ""))
    desk = _desk(request, slug)
    if request.method == "POST" and request.content_type not in FORM_TYPES:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if desk is None:
        return _instead_of_a_house(request, request.POST, subject)
    status = 200
    if request.method == "POST":
        form = EnquiryForm(request.POST)
        status = _refusal(request, form)
        if not status and (answer := take_once(request, form, desk, _thanks_url(desk), subject)):
            return redirect(keeping(request, answer))
        status = status or TOO_MANY
    else:
        form = EnquiryForm()
    context = _context(request, desk, _("Write to us"), form=form, subject=subject)
    return render(request, "enquiries/form.html", context, status=status)


def _instead_of_a_house(
    request: HttpRequest, typed: QueryDict, subject: Page | None = None
) -> HttpResponse:
    """Lead to the form of the national desk; who has typed something finds it there, not sent."""
    address = keeping(request, enquiry_url(None, subject))
    if request.method != "POST":
        return redirect(address)
    if earlier := known_answer(request):  # sent twice, and closed in between
        return redirect(keeping(request, earlier))
    desk, form = national_desk(request), EnquiryForm(typed)
    form.add_error(
        None,
        _(
            "The house that you wrote to takes no enquiries at present. Your message now goes "
            "to: %(desk)s. Nothing has been sent yet: please send it once more."
        )
        % {"desk": desk.contact.organisation},
    )
    context = _context(request, desk, _("Write to us"), form=form, subject=subject)
    context["post_to"] = address
    return render(request, "enquiries/form.html", context, status=UNPROCESSABLE)


def _refusal(request: HttpRequest, form: EnquiryForm) -> int:
    """The status of an answer that shows the form again; 0 if all is well."""
    if not is_same_origin(request):
        form.add_error(None, NOT_SAME_ORIGIN)
        return FORBIDDEN
    if not form.is_valid():
        return UNPROCESSABLE
    return 0


def _thanks_url(desk: Desk) -> str:
    """The page that says thank you, with the sign that an enquiry was sent just now."""
    return f"{desk.thanks_url}?{urlencode({SENT_PARAMETER: SENT.sign('')})}"


@transaction.atomic
def take_once(
    request: HttpRequest,
    form: EnquiryForm,
    desk: Desk,
    answer: str,
    subject: Page | None = None,
    title: str = "",
) -> str | None:
    """Take a valid enquiry; one that comes several times is one, and counts once.

    Args:
        request: by which it was sent.
        form: the enquiry; says so if its sender has sent too many.
        desk: who answers.
        answer: where to lead its sender. Cached for whoever sends the same: no secret.
        subject: a public page that it is about.
        title: what it is about; by default the title of ``subject``.

    Returns:
        The answer, that of the first time if it came before; ``None`` if the sender has sent too
        many.
    """
    if earlier := earlier_answer(request):
        return earlier
    if not THROTTLE.accepts(request):
        forget(request)
        form.add_error(
            None,
            _(
                "Several enquiries have just come from your connection. Please wait ten minutes, "
                "or call us. What you typed is still here."
            ),
        )
        return None
    enquiry = form.save(commit=False)
    enquiry.language = get_language() or "de"
    enquiry.subject_page = subject
    enquiry.subject_title = title or (subject.title if subject else "")
    receive(enquiry, desk)
    form.keep_details(enquiry)
    remember_answer(request, answer)
    return answer


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def propose_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form for a new network of the region; keep what is proposed as an enquiry."""
    desk = _desk(request, slug)
    if request.method == "POST" and request.content_type not in FORM_TYPES:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if desk is None:
        return _instead_of_a_house(request, as_enquiry(request.POST))
    status = 200
    if request.method == "POST":
        # Sent twice it is known already: by the first time.
        if is_same_origin(request) and (earlier := known_answer(request)):
            return redirect(keeping(request, earlier))
        form = NetworkForm(request.POST, region=desk.region)
        status = _refusal(request, form)
        with translation.override("de"):  # the house reads it
            about = _("A network is proposed")
        if not status and (
            answer := take_once(request, form, desk, _thanks_url(desk), None, about)
        ):
            return redirect(keeping(request, answer))
        status = status or TOO_MANY
    else:
        form = NetworkForm(region=desk.region)
    context = _context(request, desk, _("Propose a network"), form=form)
    return render(request, "enquiries/network.html", context, status=status)


@require_safe
def thanks(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Say thank you and who will answer."""
    desk = _desk(request, slug)
    if desk is None:
        return redirect(keeping(request, enquiry_url(None)))
    was_sent = _was_sent(request.GET.get(SENT_PARAMETER, ""))
    title = _("Thank you") if was_sent else _("Did you write to us?")
    context = _context(request, desk, title, was_sent=was_sent)
    return render(request, "enquiries/thanks.html", context)


def _was_sent(signature: str) -> bool:
    try:
        SENT.unsign(signature, max_age=timedelta(hours=SENT_HOURS))
    except BadSignature:
        return False
    return True
