"""Where Wagtail heeds the guards by its hooks."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.accounts.requests import SignedInRequest
from regions.isolation import files, listings, log_messages, rich_text, url_guard
from regions.isolation.api import DocumentsInReach, ImagesInReach

PAGE_TYPES = "wagtailadmin_reports:page_types_usage"


@hooks.register("construct_page_chooser_queryset")
def offer_public_pages(pages: QuerySet[Page], request: SignedInRequest) -> QuerySet[Page]:
    """Choosers offer no drafts of other houses."""
    return listings.choosable_pages(pages, request.user)


@hooks.register("before_serve_document")
def serve_public_documents(document: AbstractDocument, request: HttpRequest) -> None:
    """Documents are public as long as a public page offers them."""
    files.check_document(document, request)


@hooks.register("construct_admin_api", order=100)
def list_media_in_reach(router: WagtailAPIRouter) -> None:
    """After Wagtail's own endpoints, whose place these take."""
    router.register_endpoint("images", ImagesInReach)
    router.register_endpoint("documents", DocumentsInReach)


@hooks.register("construct_reports_menu")
def keep_national_reports(request: SignedInRequest, menu_items: list[MenuItem]) -> None:
    """Reports on all regions stand in the menu of those who may read them."""
    if not url_guard.is_open(request.user, PAGE_TYPES):
        menu_items[:] = [item for item in menu_items if item.url != reverse(PAGE_TYPES)]


@hooks.register("register_rich_text_features", order=100)
def resolve_links_in_reach(features: FeatureRegistry) -> None:
    """After Wagtail's own handlers, whose place these take."""
    rich_text.register(features)


@hooks.register("register_log_actions", order=100)
def name_pages_in_reach(actions: LogActionRegistry) -> None:
    """After Wagtail's own formatters, whose place these take."""
    log_messages.register(actions)
