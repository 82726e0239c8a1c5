"""Admin views about programmes that are entered twice."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.models import User
from funding.duplicates import similar_programmes, similar_to
from funding.merging import merge as merge_programmes
from funding.models import FundingPage
from regions.access import is_national_editor

#: Longer is no title, and costs time to compare.
_MOST = 255


@require_GET
def similar(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Programmes that may be the one that is typed below a page, as a sentence; empty for none."""
    index = get_object_or_404(Page, pk=page_id)
    own = request.GET.get("own", "")
    found = similar_to(
        request.GET.get("title", "")[:_MOST],
        request.GET.get("source_url", "")[:_MOST],
        index,
        int(own) if own.isascii() and own.isdecimal() and len(own) < 10 else None,
    )
    return HttpResponse(named(request, found) if found else "")


def named(request: HttpRequest, found: Iterable[FundingPage]) -> str:
    """The question whether one of these is the same programme."""
    names = format_html_join(", ", "{}", ((_link(request, page),) for page in found))
    text = _("Does this programme exist already? Please compare:")
    return format_html("{} {}", text, names)


def _link(request: HttpRequest, page: FundingPage) -> str:
    """Title and house of a programme, with the way to it if it is public."""
    title = f"{page.title} ({page.region.name})" if page.region else page.title
    if not page.live:
        return title
    return format_html('<a href="{}">{}</a>', page.get_url(request), title)


class MergeForm(forms.Form):
    """Asks which programme stays."""

    kept = forms.ModelChoiceField(
        FundingPage.objects.filter(live=True, alias_of=None),
        widget=AdminPageChooser(target_models=[FundingPage]),
        label=gettext_lazy("The programme that stays"),
    )

    def __init__(
        self,
        page: FundingPage,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.page = page

    def clean_kept(self) -> FundingPage:
        """Refuse the programme itself and its translations."""
        kept: FundingPage = self.cleaned_data["kept"]
        if kept.translation_key == self.page.translation_key:
            raise forms.ValidationError(_("Please choose another programme than this one."))
        return kept


def may_merge(page: FundingPage, user: User) -> bool:
    """Whether somebody may withdraw a programme in favour of another."""
    return is_national_editor(user) and page.live and not page.alias_of_id


def merge(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Ask which programme stays, and withdraw this one; for the national desk."""
    page = get_object_or_404(FundingPage, pk=page_id)
    if not may_merge(page, request.user):
        raise PermissionDenied
    first = next((other for other in similar_programmes(page) if other.live), None)
    form = MergeForm(page, request.POST or None, initial={"kept": first})
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["kept"]
        merge_programmes(page, kept, request.user)
        text = _("“%(title)s” is withdrawn; its address leads to “%(kept)s”.")
        messages.success(request, text % {"title": page.title, "kept": kept.title})
        return redirect("wagtailadmin_pages:edit", kept.pk)
    usage = reverse("wagtailadmin_pages:usage", args=[page.pk])
    context = {"page": page, "form": form, "usage_url": usage}
    return render(request, "admin/merge_programmes.html", context)
