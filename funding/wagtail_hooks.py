"""What the admin says of programmes, and the next round of one."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.models import User
from funding import addition_views, views
from funding.blocks import as_block
from funding.choices import DeadlineKind
from funding.dashboard import ChangedProgrammes
from funding.duplicates import similar_programmes
from funding.links.periodic import problem_of
from funding.models import FundingAdditionPage, FundingPage, NamedArea
from funding.next_round import with_next_round
from funding.programme_changes import check_url
from regions.isolation.declarations import (
    declare,
    declare_viewset,
    plain_value,
    reachable_page,
)

declare_viewset("named_areas")
declare("similar_programmes", page_id=reachable_page, fields={"own": plain_value})
declare("merge_programmes", page_id=reachable_page, is_national=True)
declare("funding_addition_check", page_id=reachable_page)
declare("funding_addition_confirm", page_id=reachable_page, revision_id=plain_value)

#: Parameter of the editor that puts the next round into its form.
NEXT_ROUND = "naechste-runde"


@hooks.register("before_edit_page")
def offer_next_round(request: HttpRequest, page: Page) -> None:
    """Put the next round into the form if that was asked for, offer it where the last is over.

    Nothing is stored before the editor saves.
    """
    if request.method != "GET" or not isinstance(page, FundingPage):
        return
    found = with_next_round(page.deadline_kind, page.all_rounds, timezone.localdate())
    if not found or not (page.is_over or NEXT_ROUND in request.GET):
        return
    if NEXT_ROUND in request.GET:
        page.deadline_kind, rounds = found
        page.rounds = [("round", as_block(entry)) for entry in rounds]
        text = _("The next round stands in the form. Please check its days, then save.")
        messages.info(request, text)
        return
    text, label = _("Applications are no longer possible."), _("Take over the next round")
    link = format_html('<a href="?{}=1">{}</a>', NEXT_ROUND, label)
    messages.info(request, format_html("{} {}", text, link))


@hooks.register("before_edit_page")
def tell_of_a_broken_link(request: HttpRequest, page: Page) -> None:
    """Whoever edits a programme reads that the page of its funder does not answer."""
    if request.method != "GET" or not isinstance(page, FundingPage):
        return
    if problem := problem_of(page.source_url):
        messages.warning(request, f"{problem} {_('Please check the link.')}")


@hooks.register("before_edit_page")
def tell_of_a_changed_programme(request: HttpRequest, page: Page) -> None:
    """Whoever edits an addition reads that its programme says something else by now."""
    if request.method != "GET" or not isinstance(page, FundingAdditionPage) or not page.live:
        return
    if page.needs_check:
        text, label = _("The programme has been changed."), _("See what has changed")
        link = format_html('<a href="{}">{}</a>', check_url(page), label)
        messages.warning(request, format_html("{} {}", text, link))


@hooks.register("construct_homepage_panels")
def add_section(request: SignedInRequest, panels: list[Component]) -> None:
    """Add the programmes that changed to the start page of houses."""
    panels.append(ChangedProgrammes(request.user))


@hooks.register("register_page_header_buttons")
def next_round_button(
    page: Page,
    user: User,
    next_url: str | None = None,
    view_name: str | None = None,
    **kwargs: object,
) -> Iterator[Button]:
    """Offered beside every programme that has rounds."""
    if view_name != "edit" or not isinstance(page, FundingPage) or not page.all_rounds:
        return
    if page.deadline_kind != DeadlineKind.CLOSED:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        label = _("Take over the next round")
        yield Button(label, f"{address}?{NEXT_ROUND}=1", icon_name="date", priority=60)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_similar_programmes(request: HttpRequest, page: Page) -> None:
    """Tell whoever saves a programme of others that may be the same one."""
    if not isinstance(page, FundingPage):
        return
    found = similar_programmes(page)
    if not found:
        return
    messages.warning(request, views.named(request, found))


class NamedAreaViewSet(ModelViewSet):
    """Names that editors can write as an area."""

    model = NamedArea
    icon = "site"
    menu_label = gettext_lazy("Named areas")
    add_to_settings_menu = True
    list_display = ["name", "area"]
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def register_named_areas() -> NamedAreaViewSet:
    """For administrators, as the terms are."""
    return NamedAreaViewSet("named_areas", url_prefix="gebietsnamen")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Programmes that are entered twice: noticed while typing, and made one."""
    return [
        path("foerderung/aehnliche/<int:page_id>/", views.similar, name="similar_programmes"),
        path("foerderung/zusammenfuehren/<int:page_id>/", views.merge, name="merge_programmes"),
        path(
            "foerderung/ergaenzung/<int:page_id>/",
            addition_views.check,
            name="funding_addition_check",
        ),
        path(
            "foerderung/ergaenzung/<int:page_id>/stimmt-noch/<int:revision_id>/",
            addition_views.confirm,
            name="funding_addition_confirm",
        ),
    ]


@hooks.register("insert_editor_js")
def name_similar_programmes_while_typing() -> str:
    """Load what asks for them."""
    return format_html('<script src="{}" defer></script>', static("js/admin-similar.js"))


@hooks.register("register_page_header_buttons")
def merge_button(
    page: Page,
    user: User,
    next_url: str | None = None,
    view_name: str | None = None,
    **kwargs: object,
) -> Iterator[Button]:
    """For the national desk, beside what is public."""
    if view_name == "edit" and isinstance(page, FundingPage) and views.may_merge(page, user):
        address = reverse("merge_programmes", args=[page.pk])
        yield Button(_("Entered twice: merge"), address, icon_name="copy", priority=70)
