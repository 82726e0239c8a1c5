"""How translations stand, in Wagtail's admin: report, start page, notes above the form."""

from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.locales import locales
from regions.isolation.declarations import declare
from workflows.translation.access import is_national
from workflows.translation.board import StaleTranslations
from workflows.translation.coverage import source_language, stale_translations
from workflows.translation.report import CoverageView

declare("translation_coverage", "translation_coverage_results", is_national=True)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The report, and its list alone for what is filtered."""
    return [
        path("berichte/uebersetzungen/", CoverageView.as_view(), name="translation_coverage"),
        path(
            "berichte/uebersetzungen/liste/",
            CoverageView.as_view(results_only=True),
            name="translation_coverage_results",
        ),
    ]


class CoverageMenuItem(MenuItem):
    """For those who translate everything."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether the person may open it."""
        return is_national(request.user)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """The item among the reports, for the desk."""
    return CoverageMenuItem(
        CoverageView.page_title,
        reverse_lazy("translation_coverage"),
        icon_name=CoverageView.header_icon,
        order=110,
    )


@hooks.register("construct_homepage_panels")
def add_section(request: SignedInRequest, panels: list[Component]) -> None:
    """On the start page, what is to be translated anew."""
    panels.append(StaleTranslations(request.user))


@hooks.register("before_edit_page", order=-20)
def tell_of_stale_translations(request: SignedInRequest, page: Page) -> None:
    """On the original and on the translation, until what is public was written after the change."""
    if request.method != "GET":
        return
    source = source_language()
    for stale in stale_translations().filter(translation_key=page.translation_key):
        if stale.pk == page.pk:
            text = _("The original has changed since this translation was written.")
            _warn(request, text, page.get_translation(source), _("Open the original"))
        elif page.locale_id == source.pk:
            language = locales()[stale.locale_id].get_display_name()
            text = _("The translation (%(language)s) is older than this text.")
            _warn(request, text % {"language": language}, stale, _("Open the translation"))


def _warn(request: SignedInRequest, text: str, page: Page, label: str) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    messages.warning(request, text, buttons=[messages.button(address, label)])
