"""A check and a form speak one language: their pages are shown in it, and lead to translations."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language_info

from checks.models import FormPage, SelfCheckPage
from regions.finder.selected_region import keeping

#: Where nothing is of somebody yet: there a translation can take the place of the page.
WITH_TRANSLATIONS = ("check_begin", "check_blank", "check_paper", "form_fill_in")


def elsewhere(request: HttpRequest, language: str) -> HttpResponse | None:
    """Lead from an address of another language to that of what it shows.

    What is sent is taken where it came, and answered in the language of the questions.

    Args:
        request: for a page of a check or form.
        language: that of the check or form.

    Returns:
        ``None`` where the page is to be shown.
    """
    if language == translation.get_language():
        return None
    if request.method in ("GET", "HEAD"):
        return redirect(translate_url(request.get_full_path(), language))
    translation.activate(language)
    request.LANGUAGE_CODE = language
    return None


def language_links(
    request: HttpRequest, page: SelfCheckPage | FormPage | None
) -> list[dict[str, object]]:
    """The same questions in every language they are public in; none once there are answers."""
    match = request.resolver_match
    if page is None or match is None or match.view_name not in WITH_TRANSLATIONS:
        return []
    found = type(page).objects.live().filter(translation_key=page.translation_key)
    pages = {other.locale.language_code: other for other in found.select_related("locale")}
    links = []
    for code, _name in settings.LANGUAGES:
        if code not in pages:
            continue
        with translation.override(code):
            url = reverse(match.view_name, kwargs={**match.kwargs, "page_id": pages[code].pk})
        links.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "url": keeping(request, url),
                "active": code == translation.get_language(),
            }
        )
    return links
