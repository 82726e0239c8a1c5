"""All addresses (docs/reference/addresses.md). German has no language prefix.

A room above names its own in its app configuration, as modules of addresses: ``public_urls`` for
what visitors read, in every language; ``root_urls`` for what is the same in all of them.
"""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.dashboard import digest_views
from cms.delivery import health, monitoring, protected_media


def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything public may be indexed, search results need not."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def urls_of_rooms(attribute: str) -> list[URLResolver]:
    """The addresses that app configurations name in ``attribute``, in the order of the apps."""
    modules = [getattr(config, attribute, "") for config in apps.get_app_configs()]
    return [path("", include(module)) for module in modules if module]


documents_urls = decorate_urlpatterns(
    wagtaildocs_urls.urlpatterns, protected_media.document_headers
)

handler400 = "cms.delivery.errors.bad_request"
handler500 = "cms.delivery.errors.server_error"

urlpatterns = [
    path("-/health/live", health.live, name="health_live"),
    path("-/health/ready", health.ready, name="health_ready"),
    path("-/metrics", monitoring.metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    # Asked for by programs that do not read <link rel="icon">.
    path("favicon.ico", lambda request: redirect(static("img/icon-32.png")), name="favicon"),
    path(
        "abbestellen/<uuid:key>/<slug:signature>/",
        digest_views.unsubscribe,
        name="digest_unsubscribe",
    ),
    *urls_of_rooms("root_urls"),
    path("", include("cms.accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(documents_urls)),
]

media_path = settings.MEDIA_URL.lstrip("/")
if settings.SERVE_MEDIA:
    urlpatterns.append(
        path(
            f"{media_path}images/<path:path>",
            serve,
            {"document_root": settings.MEDIA_ROOT / "images"},
            name="scaled_picture",
        )
    )
urlpatterns.append(
    path(f"{media_path}<path:path>", protected_media.uploaded_file, name="uploaded_file")
)

# Reading pages takes no transaction: on SQLite it would queue behind every writer.
public_urls = decorate_urlpatterns(
    [
        *urls_of_rooms("public_urls"),
        path("", include(wagtail_urls)),
    ],
    transaction.non_atomic_requests,
)
urlpatterns += i18n_patterns(*public_urls, prefix_default_language=False)
