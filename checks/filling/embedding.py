"""A check on another website: a frame that introduces it and leads to the full page.

What people fill in never stands in a frame: its links open the whole window. So only this one page
can be framed, and only by the websites that the desk has listed (CSP Level 3, frame-ancestors).
"""

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from checks.filling.languages import elsewhere
from checks.models import SelfCheckPage
from cms.models import SiteSettings


@require_safe
@xframe_options_exempt
def embedded(request: HttpRequest, page_id: int) -> HttpResponse:
    """What a check asks and how long it takes, to be shown in a frame."""
    page = get_object_or_404(SelfCheckPage.objects.live().select_related("locale"), pk=page_id)
    if answer := elsewhere(request, page.locale.language_code):
        return answer
    response = render(request, "checks/embedded.html", {"page": page})
    sites = SiteSettings.load(request_or_site=request).frame_sites.split()
    policy = {"frame-ancestors": [SELF, *sites]}
    response._csp_replace = policy  # type: ignore[attr-defined]  # as csp.decorators does
    response["X-Robots-Tag"] = "noindex"
    return response
