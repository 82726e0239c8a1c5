"""The preview links of a page in the admin: make one, copy it, revoke it."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from regions.isolation import declarations
from workflows.models import PreviewLink
from workflows.preview_links import links
from workflows.preview_links.consent import names_in

#: How many days a link may be valid.
DAYS = (7, 14, 30)


class PreviewLinkForm(forms.Form):
    """For whom a link is, and how long it is valid."""

    recipient = forms.CharField(
        label=pgettext_lazy("preview link", "For whom"),
        max_length=100,
        help_text=gettext_lazy("So that your colleagues know; the person does not read it."),
    )
    consent_name = forms.ChoiceField(
        label=pgettext_lazy("preview link", "Whose consent you ask for"),
        required=False,
        help_text=gettext_lazy(
            "They agree with one button at the top of the page. You see it in “Consent”."
        ),
    )
    consent_picture = forms.BooleanField(
        label=pgettext_lazy("preview link", "Also for the pictures of the page"), required=False
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
        choices=[(number, ngettext_lazy("%d day", "%d days", number) % number) for number in DAYS],
        initial=14,
    )

    def __init__(self, data: QueryDict | None, names: Iterable[str] | None) -> None:
        """Offer those whom the page names; ``None`` for a type that names nobody."""
        super().__init__(data)
        if names is None:
            del self.fields["consent_name"], self.fields["consent_picture"]
            return
        field = self.fields["consent_name"]
        if isinstance(field, forms.ChoiceField):
            nobody = ("", _("nobody’s, it is only to be read"))
            field.choices = [nobody, *((name, name) for name in names)]

    def clean(self) -> dict[str, object]:
        """Refuse to ask nobody for consent to pictures."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        is_known = cleaned.get("consent_name") or "consent_name" in self.errors
        if cleaned.get("consent_picture") and not is_known:
            self.add_error("consent_name", _("Please choose who agrees to the pictures."))
        return cleaned


def preview_links(request: SignedInRequest, page_id: int) -> HttpResponse:
    """The links of a page that still open it, and a form for another.

    Raises:
        PermissionDenied: for an alias, which has no text of its own.
    """
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if page.alias_of_id:
        raise PermissionDenied
    names = names_in(page.get_latest_revision_as_object()) if page.names_people else None
    form = PreviewLinkForm(request.POST if request.method == "POST" else None, names)
    if request.method == "POST" and form.is_valid():
        links.create(page, request.user, **form.cleaned_data)
        messages.success(request, _("The link is ready. Copy it, and send it yourself."))
        return redirect("preview_links", page.pk)
    return render(request, "admin/preview_links.html", _context(page, form))


def _context(page: Page, form: PreviewLinkForm) -> dict[str, object]:
    found = PreviewLink.objects.filter(page=page).select_related("created_by")
    rows = [(link, links.PREVIEW_LINK.url(link)) for link in found if link.is_valid]
    return {
        "page": page,
        "page_title": _("Show to somebody outside"),
        "form": form,
        "rows": rows,
        "is_public": links.is_all_public(page),
    }


@require_POST
def revoke_preview_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a link.

    Raises:
        PermissionDenied: if its page is out of reach.
    """
    link = get_object_or_404(PreviewLink.objects.select_related("page"), pk=pk)
    if not declarations.may_name(request.user, link.page):
        raise PermissionDenied
    links.revoke(link, request.user)
    messages.success(request, _("The link is revoked: it does not open the page any more."))
    return redirect(reverse("preview_links", args=[link.page_id]))
