"""Who may use which address of wagtail-localize, asked by the guard of addresses.

Its own views ask for the right to translate at all, some for nothing, none for
the source page.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource

from cms.accounts.requests import SignedInRequest
from cms.models import User
from regions.access import is_administrator, is_national_editor, region_of
from regions.isolation import guard
from regions.isolation.declarations import (
    Kind,
    checked_by_view,
    declare,
    plain_value,
    reachable_page,
)
from regions.isolation.references import out_of_reach
from regions.models import HousePage
from workflows.translation.review import existing_target, missing_ancestors

NAMESPACE = "wagtail_localize"
#: The rules below ask about the page that a translation writes to.
TRANSLATION: dict[str, Kind] = {"translation_id": checked_by_view}
MODEL: dict[str, Kind] = {"app_label": plain_value, "model_name": plain_value}
SNIPPET = MODEL | {"pk": checked_by_view}

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
    lock = page.get_lock() if page else None
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
        source__object_id=getattr(instance.context, "object_id", None),
        target_locale_id=instance.locale_id,
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


#: Every address of wagtail-localize: its rule, and what its arguments name.
RULES: dict[str, tuple[Rule, dict[str, Kind]]] = {
    "javascript_catalog": (open_to_all, {}),
    "submit_page_translation": (submit_page, {"page_id": reachable_page}),
    "submit_snippet_translation": (closed, SNIPPET),
    "update_translations": (update_source, {"translation_source_id": checked_by_view}),
    "edit_string_translation": (
        change_target,
        TRANSLATION | {"string_segment_id": checked_by_view},
    ),
    "edit_override": (change_target, TRANSLATION | {"overridable_segment_id": checked_by_view}),
    "download_pofile": (read_target, TRANSLATION),
    "upload_pofile": (change_target, TRANSLATION),
    "machine_translate": (closed, TRANSLATION),
    "preview_translation": (read_target, TRANSLATION | {"mode": plain_value}),
    "stop_translation": (change_target, TRANSLATION),
    "convert_to_alias": (administrators_only, {"page_id": reachable_page}),
    "translations_report": (national_only, {}),
    "translations_report_results": (national_only, {}),
    "snippets_api_listing": (closed, MODEL),
    "snippets_api_detail": (closed, SNIPPET),
}


def declare_addresses() -> None:
    """Enter the table into that of all addresses; called once with the hooks."""
    for name, (rule, arguments) in RULES.items():
        # No argument of theirs has the name of an option.
        declare(f"{NAMESPACE}:{name}", before=rule, **arguments)  # type: ignore[arg-type]
