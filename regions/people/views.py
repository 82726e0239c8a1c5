"""The public page behind an invitation: no account, no script, no cookie before it is accepted."""

import uuid

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.accounts.first_sign_in import sign_in_with_new_password
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from regions.enquiries.recipients import desk_of
from regions.models import Invitation, Role
from regions.people.forms import AcceptForm
from regions.people.invitation_links import INVITATION_LINK
from regions.people.invitations import Refused, State, accept, acceptable

GONE = 410


def _render(
    request: HttpRequest, template: str, title: str, status: int = 200, **context: object
) -> HttpResponse:
    context |= {
        "page_title": title,
        "noindex": True,
        "breadcrumbs": [{"title": "", "url": reverse("wagtail_serve", args=[""])}],
    }
    response = render(request, f"people/{template}.html", context, status=status)
    # The address is the key: no other site is told it. Not "no-referrer": browsers would
    # then send the form with an Origin of "null".
    response["Referrer-Policy"] = "same-origin"
    return response


def _refuse(
    request: HttpRequest, state: State | None, invitation: Invitation | None = None
) -> HttpResponse:
    """Say what is the matter; a link that is not ours learns nothing about any invitation."""
    desk = desk_of(invitation.region if invitation else None)
    return _render(
        request,
        "not_valid",
        _("This invitation is not valid"),
        status=GONE,
        state=state.value if state else "",
        contact=desk.contact,
        sign_in=resolve_url(settings.LOGIN_URL),
    )


# Protected by the Origin check and the signed link: there is no session to forge yet.
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponse:
    """Show what one is invited to; make the account from name and password, and sign it in."""
    with transaction.atomic():
        found = INVITATION_LINK.find(key, signature, lock=request.method == "POST")
        try:
            if found is None:
                return _refuse(request, None)
            acceptable(found)
            return _answer(request, found)
        except Refused as refusal:
            return _refuse(request, refusal.state, found)


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not is_same_origin(request):
            form.add_error(None, NOT_SAME_ORIGIN)
        if form.is_valid():
            names = {name: form.cleaned_data[name] for name in ("first_name", "last_name")}
            user = accept(found, **names, password=form.cleaned_data["password"])
            return sign_in_with_new_password(request, user)
    # 200 also with mistakes: other answers would write the address, which is the key, to the log.
    return _render(
        request,
        "invitation",
        _("Your invitation"),
        form=form,
        invitation=found,
        role=Role(found.role).label,
        leads=found.role == Role.LEAD,
        contact=desk_of(found.region).contact,
    )
