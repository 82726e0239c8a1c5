"""An example as a plain Wagtail page: what Wagtail itself costs with the same content.

Without menus, languages, breadcrumbs, contact and structured data.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from wagtail.models import Site

from cms.urls import handler400, handler500  # noqa: F401 - Django looks for them here
from cms.urls import urlpatterns as own


@transaction.non_atomic_requests
def plain(request: HttpRequest, address: str) -> HttpResponse:
    """Render the page at ``address`` with no more than Wagtail needs, to compare with."""
    site = Site.find_for_request(request)
    page, _args, _kwargs = site.root_page.specific.route(
        request, [part for part in address.split("/") if part]
    )
    return render(request, "plain_example.html", {"page": page})


urlpatterns = [path("plain/<path:address>", plain), *own]
