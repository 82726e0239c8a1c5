"""What all pages behind the link of a run have in common: nobody keeps, names or indexes them."""

import uuid
from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from checks.filling.languages import elsewhere, language_links
from checks.filling.links import RUN_LINK, address
from checks.models import CheckRun, CheckVersion, FormPage
from cms.files import pdf
from cms.spam_protection.origin import FORM_TYPES
from regions.enquiries.recipients import national_desk
from regions.finder.selected_region import keeping

GONE = 410
RunView = Callable[..., HttpResponse]
#: The pages of a run that others lead to, by the name of their address in templates.
RUN_PAGES = {
    "overview_url": "check_run",
    "result_url": "check_result",
    "handover_url": "check_handover",
    "delete_url": "check_delete",
    "renew_url": "check_renew",
    "mail_url": "check_mail_link",
    "plan_url": "check_plan",
    "comparison_url": "check_comparison",
    "repeat_url": "check_repeat",
    "print_url": "check_print",
}
#: The same pages as PDF, where the machine can make them.
RUN_PDFS = {
    "print_pdf_url": "pdf_check_print",
    "result_pdf_url": "pdf_check_result",
    "plan_pdf_url": "pdf_check_plan",
}


def private_page(view: RunView) -> RunView:
    """A page without cookie, cache, index and referrer, whose posts come from this site.

    The check of the Origin header replaces the CSRF token: visitors get no cookie.
    """

    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and request.content_type not in FORM_TYPES:
            response = HttpResponse(status=415)
        else:
            response = view(request, *args, **kwargs)
        # The address is the key. Not "no-referrer": browsers would send forms with the Origin
        # "null" then.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def with_run(view: RunView) -> RunView:
    """A private page of the run whose link is the address; others are told that it is not valid."""

    @private_page
    @wraps(view)
    @sensitive_variables()
    def opened(
        request: HttpRequest, key: uuid.UUID, signature: str, *args: object, **kwargs: object
    ) -> HttpResponse:
        run = RUN_LINK.find(key, signature)
        if run is None:
            return show_not_valid(request)
        if answer := elsewhere(request, run.version.language):
            return answer
        return view(request, run, *args, **kwargs)

    return opened


def show_not_valid(request: HttpRequest) -> HttpResponse:
    """Say that a link opens nothing, and who helps."""
    return show(
        request,
        "not_valid",
        _("This link is not valid"),
        status=GONE,
        contact=national_desk(request).contact,
    )


def show(
    request: HttpRequest,
    template: str,
    title: str,
    status: int = 200,
    version: CheckVersion | None = None,
    run: CheckRun | None = None,
    page: FormPage | None = None,
    crumbs: Sequence[dict[str, str]] = (),
    **context: object,
) -> TemplateResponse:
    """One of the pages; those of a run get the addresses of :data:`RUN_PAGES`.

    Those of a check or form (``page``) lead to its translations, not to themselves with questions
    in another language (WCAG 3.1.2).

    200 also with mistakes in a form: Django logs the address of other answers. It is the key, which
    must not depend on the filter of the log alone.
    """
    version = version or (run.version if run else None)
    crumbs = [{"title": "", "url": reverse("wagtail_serve", args=[""])}, *crumbs]
    if version and version.page and version.page.live:
        crumbs.append({"title": version.title, "url": version.page.get_url(request) or ""})
    if version or page:
        questions = version.page if version else page
        context["language_links"] = language_links(request, None if run else questions)
    if page:
        context["page"] = page
    context |= {
        "page_title": title,
        "noindex": True,
        "breadcrumbs": [crumb | {"url": keeping(request, crumb["url"])} for crumb in crumbs],
        "version": version,
        "run": run,
        "makes_pdfs": pdf.is_available(),
    }
    if run and run.pk:
        urls = {name: address(run, page) for name, page in (RUN_PAGES | RUN_PDFS).items()}
        context |= {name: keeping(request, url) for name, url in urls.items()}
    return TemplateResponse(request, f"checks/{template}.html", context, status=status)
