"""Ordering the weekly digest in the own account, and ending it by the link in each of them."""

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

from cms.dashboard.digest import DIGEST_LINK
from cms.models import User, WeeklyDigest

GONE = 410


class DigestForm(forms.ModelForm[User]):
    """Whether somebody wants it."""

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
        self.initial["wanted"] = WeeklyDigest.objects.filter(user=self.instance).exists()

    def save(self, commit: bool = True) -> User:
        """Order it, or end it; the account itself does not change."""
        if self.cleaned_data["wanted"]:
            WeeklyDigest.objects.get_or_create(user=self.instance)
        else:
            WeeklyDigest.objects.filter(user=self.instance).delete()
        return self.instance


class DigestPanel(BaseSettingsPanel):
    """The form in Wagtail's page of the own account."""

    name = "digest"
    title = gettext_lazy("Weekly digest")  # type: ignore[assignment]  # as Wagtail's own
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
    title = _("No more weekly digests") if ended else _("End the weekly digest?")
    context = {"page_title": title, "ended": ended, "noindex": True}
    status = GONE if digest is None else 200
    response = render(request, "pages/digest_unsubscribe.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
