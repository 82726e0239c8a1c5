"""Who may use which address of wagtail-localize: one table, closed by default.

Its own views ask for the right to translate at all, some for nothing, none for
the source page.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource

from cms.accounts.requests import SignedInRequest
from cms.models import User
from regions.access import is_administrator, is_national_editor, region_of
from regions.isolation import guard
from regions.isolation.references import out_of_reach
from regions.models import HousePage
from workflows.translation.review import existing_target, missing_ancestors

NAMESPACE = "wagtail_localize"

Rule = Callable[..., HttpResponse | None]


@guard
def is_national(user: User) -> bool:
    """National editors and administrators translate everything."""
    return is_administrator(user) or is_national_editor(user)


@guard
def may_edit(user: User, page: Page) -> bool:
    """Whether ``user`` may change ``page``, apart from any lock on it."""
    return page.specific.permissions_for_user(user).can_edit()


def may_translate(user: User, page: Page, locale: Locale) -> bool:
    """Whether ``user`` may have ``page`` translated into ``locale``.

    Regional people translate what they may edit, below what exists in the
    other language; the uppermost page they may bring there is their house.
    """
    if not may_edit(user, page):
        return False
    if is_national(user):
        return True
    *_below, uppermost = [page, *missing_ancestors(page, locale)]
    region = region_of(page)
    if region is None or region_of(uppermost) != region or not may_edit(user, uppermost):
        return False
    if issubclass(uppermost.specific_class, HousePage):
        return True
    parent = uppermost.get_parent().get_translation(locale)
    return parent.specific.permissions_for_user(user).can_add_subpage()


def _deny() -> None:
    raise PermissionDenied


def open_to_all(request: HttpRequest) -> None:
    """Texts of the editor itself: nothing of anybody's."""


def closed(request: HttpRequest, **kwargs: object) -> None:
    """Not offered on this site: snippets, machine translation."""
    _deny()


def national_only(request: SignedInRequest) -> None:
    """Lists titles of all regions, drafts among them."""
    if not is_national(request.user):
        _deny()


def administrators_only(request: SignedInRequest, page_id: int) -> None:
    """Aliases pass no review of their own."""
    if not is_administrator(request.user):
        _deny()


def submit_page(request: SignedInRequest, page_id: int) -> HttpResponse | None:
    """Submitting: the source is public and the person's own, the target within reach."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not may_edit(request.user, page):
        _deny()
    if not page.live:
        messages.error(request, _("Only what is public can be translated. Publish it first."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    locales = Locale.objects.exclude(pk=page.locale_id)
    if request.method == "POST":
        chosen = [pk for pk in request.POST.getlist("locales") if pk.isdecimal()]
        locales = locales.filter(pk__in=chosen)
    if not all(may_translate(request.user, page, locale) for locale in locales):
        text = _("The national desk must first translate the list that this page stands in.")
        messages.error(request, text)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def update_source(request: SignedInRequest, translation_source_id: int) -> None:
    """Updating: who may edit the source and every page that gets new texts."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    pages = [source.get_source_instance()]
    pages += [existing_target(item) for item in source.translations.filter(enabled=True)]
    if not all(isinstance(page, Page) and may_edit(request.user, page) for page in pages):
        _deny()


def read_target(request: SignedInRequest, translation_id: int, **kwargs: object) -> None:
    """Reading a translation: who may edit the page it writes to."""
    page = existing_target(get_object_or_404(Translation, pk=translation_id))
    if not isinstance(page, Page) or not may_edit(request.user, page):
        _deny()


def change_target(request: SignedInRequest, translation_id: int, **kwargs: object) -> None:
    """Changing a translation: the same, and the page is not locked for the person."""
    read_target(request, translation_id)
    page = existing_target(get_object_or_404(Translation, pk=translation_id))
    lock = page.get_lock()
    if lock and lock.for_user(request.user):
        _deny()


def check_override(
    sender: type[SegmentOverride], instance: SegmentOverride, **kwargs: object
) -> None:
    """A value typed in the place of the source's: refers to no more than a page's form may.

    wagtail-localize takes any number for a page, picture or document, and shows it in the preview.

    Raises:
        PermissionDenied: if it refers to what is out of reach, or to nothing.
    """
    user = instance.last_translated_by
    translation = Translation.objects.filter(
        source__object_id=instance.context.object_id, target_locale_id=instance.locale_id
    ).first()
    if user is None or translation is None or kwargs.get("update_fields"):
        return
    source = translation.source
    try:
        page = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    except (ObjectDoesNotExist, ValueError) as error:
        raise PermissionDenied from error
    if isinstance(page, Page) and any(out_of_reach(page, user, source.as_instance())):
        raise PermissionDenied


#: Every address of wagtail-localize; what is not named here is closed.
RULES: dict[str, Rule] = {
    "javascript_catalog": open_to_all,
    "submit_page_translation": submit_page,
    "submit_snippet_translation": closed,
    "update_translations": update_source,
    "edit_string_translation": change_target,
    "edit_override": change_target,
    "download_pofile": read_target,
    "upload_pofile": change_target,
    "machine_translate": closed,
    "preview_translation": read_target,
    "stop_translation": change_target,
    "convert_to_alias": administrators_only,
    "translations_report": national_only,
    "translations_report_results": national_only,
    "snippets_api_listing": closed,
    "snippets_api_detail": closed,
}


class TranslationAccessMiddleware:
    """Applies :data:`RULES` before any view of wagtail-localize runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Let through, answer, or refuse with the admin's own message."""
        match = request.resolver_match
        if not match.namespaces or not match.namespaces[0].startswith(NAMESPACE):
            return None
        # People who are not signed in are sent to the log-in by Wagtail itself.
        if not request.user.is_authenticated:
            return None
        try:
            return RULES.get(match.url_name, closed)(request, **kwargs)
        except PermissionDenied:
            # The editor's scripts want a status, people the admin's own message.
            if request.method not in ("GET", "POST"):
                raise
            return permission_denied(request)
