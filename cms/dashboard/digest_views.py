"""Ordering digests in the own account, and ending them by the link in each of them."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.dashboard.digests import DIGEST_LINK
from cms.models import Digest, User

GONE = 410


AT_ONCE, DAILY = "at-once", Digest.Kind.DAILY.value


class DigestForm(forms.ModelForm[User]):
    """When e-mails come, and whether there is one each week of what waits."""

    when = forms.ChoiceField(
        label=gettext_lazy("Messages about pages and reviews"),
        choices=[
            (AT_ONCE, gettext_lazy("at once, each by itself")),
            (DAILY, gettext_lazy("once a day: in the morning, all in one e-mail")),
        ],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy(
            "What concerns your account, such as a new password, and publication in an emergency "
            "always comes at once."
        ),
    )
    wanted = forms.BooleanField(
        label=gettext_lazy("Every week a mail of what waits for me"),
        required=False,
        help_text=gettext_lazy("On Mondays, and only if something waits."),
    )

    class Meta:
        model = User
        fields = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Wagtail calls it
        ordered = Digest.objects.filter(user=self.instance).values_list("kind", flat=True)
        kinds = set(ordered)
        self.initial["wanted"] = Digest.Kind.WEEKLY in kinds
        self.initial["when"] = DAILY if DAILY in kinds else AT_ONCE

    def save(self, commit: bool = True) -> User:
        """Order them, or end them; the account itself does not change."""
        self._keep(Digest.Kind.WEEKLY, self.cleaned_data["wanted"])
        self._keep(Digest.Kind.DAILY, self.cleaned_data["when"] == DAILY)
        return self.instance

    def _keep(self, kind: str, is_wanted: bool) -> None:
        if is_wanted:
            Digest.objects.get_or_create(user=self.instance, kind=kind)
        else:
            Digest.objects.filter(user=self.instance, kind=kind).delete()


class DigestPanel(BaseSettingsPanel):
    """The form in Wagtail's page of the own account."""

    name = "digest"
    title = gettext_lazy("When e-mails come")  # type: ignore[assignment]  # as Wagtail's own
    tab = notifications_tab
    order = 200
    form_class: type[DigestForm] = DigestForm  # type: ignore[assignment]  # None in Wagtail's


# Mail programs send the form by themselves (RFC 8058): the signed link is what protects it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponse:
    """Ask, and end the digest when the form is sent: programs that look at links change nothing."""
    digest = DIGEST_LINK.find(key, signature)
    ended = digest is None
    if digest and request.method == "POST":
        digest.delete()
        ended = True
    is_daily = digest is not None and digest.kind == Digest.Kind.DAILY
    context = {
        "page_title": _title(ended, is_daily),
        "ended": ended,
        "is_daily": is_daily,
        "noindex": True,
    }
    status = GONE if digest is None else 200
    response = render(request, "pages/digest_unsubscribe.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _title(ended: bool, is_daily: bool) -> str:
    if is_daily:
        return _("Messages come at once again") if ended else _("Have messages at once again?")
    return _("No more of these mails") if ended else _("End the weekly digest?")
