"""The pages to print as PDF: the empty check, the answers, the result, the action plan.

Each is the page itself in another frame. Where PDFs cannot be made, the page to print stays.
"""

import hashlib
import logging
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checks.filling.pages import RunView, private_page, show
from cms.files import pdf
from cms.spam_protection.throttling import Throttle
from cms.text import slugify
from regions.finder.selected_region import keeping

logger = logging.getLogger(__name__)

#: A training room asks for many from one address.
THROTTLE = Throttle("check-pdf", most=60, seconds=10 * 60)
#: Seconds after which a page that waits asks again.
AGAIN = 4
#: An empty check is stored in memory for so many seconds: it has nothing of anybody.
STORED = 24 * 60 * 60
FRAME = "checks/pdf.html"
STYLE = Path(__file__).with_suffix(".css")
#: What a page may open, as its style names it.
FILES = {
    f"fonts:{name}.woff2": settings.BASE_DIR / "static" / "fonts" / f"{name}.woff2"
    for name in ("haus-text", "haus-titel")
}


def as_pdf(view: RunView, page_name: str, is_stored: bool = False) -> RunView:
    """The same page as PDF.

    Args:
        view: shows the page to print.
        page_name: of its address.
        is_stored: whether the PDF may be kept in memory: it has nothing of anybody.
    """

    @private_page
    @require_safe
    def printed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        page = view(request, *args, **kwargs)
        # A link that is no longer valid, a check that has just been deleted.
        if not isinstance(page, TemplateResponse) or page.status_code != 200:
            return page
        if "version" not in (page.context_data or {}):
            return page
        page_url = keeping(request, reverse(page_name, args=args, kwargs=kwargs))
        if not pdf.is_available():
            return redirect(page_url)
        try:
            made = _made(request, page, is_stored)
            if made is None:
                return _not_now(request, page, page_url, is_busy=False)
            return _answer(page, made)
        except pdf.Busy:
            return _not_now(request, page, page_url, is_busy=True)
        except pdf.FileProblem as problem:
            # Not what it says: it may quote the page.
            logger.warning("A PDF was not made: %s", problem.reason)
            return _not_now(request, page, page_url, is_busy=False)

    return printed


def _made(request: HttpRequest, page: TemplateResponse, is_stored: bool) -> bytes | None:
    """The file; ``None`` if too many were made for this connection."""
    page.context_data = (page.context_data or {}) | {"frame": FRAME}
    html = str(page.rendered_content)
    key = "check-pdf:" + hashlib.sha256(html.encode()).hexdigest()
    made: bytes | None = cache.get(key) if is_stored else None
    if made is None:
        with pdf.place():
            # Not before: whoever waits asks again and again.
            if not THROTTLE.accepts(request):
                return None
            made = pdf.to_pdf(html, STYLE.read_text(), FILES)
        if is_stored:
            cache.set(key, made, STORED)
    return made


def _answer(page: TemplateResponse, made: bytes) -> HttpResponse:
    """The file, shown by browsers; its name says what it is."""
    context = page.context_data or {}
    name = slugify(f"{context['page_title']}")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _not_now(
    request: HttpRequest, page: TemplateResponse, page_url: str, *, is_busy: bool
) -> HttpResponse:
    """Say that it takes a moment and ask again, or that there is none; and lead to the page."""
    context = page.context_data or {}
    title = _("Your PDF is being made") if is_busy else _("There is no PDF at the moment")
    response = show(
        request,
        "pdf_not_now",
        title,
        version=context["version"],
        is_busy=is_busy,
        page_url=page_url,
    )
    if is_busy:
        response["Refresh"] = str(AGAIN)
    return response
