"""The API as addresses, with its OpenAPI document."""

from http import HTTPStatus

from django.apps import apps
from django.db import transaction
from django.http import Http404
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from wagtail.utils.urlpatterns import decorate_urlpatterns

from search.api import responses
from search.api.entries import router
from search.api.throttling import NetworkThrottle


class Api(NinjaAPI):
    """Describes problems in the type of content that they have (RFC 9457)."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI document, with what django-ninja cannot know."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path_item in document["paths"].values():
            for status, answer in path_item["get"]["responses"].items():
                if status >= HTTPStatus.BAD_REQUEST:
                    answer["content"] = {responses.PROBLEM: answer["content"]["application/json"]}
        return document


api = Api(
    title="Häuser der Kooperation",
    version="1",
    description="What is public on this site, to be read by programs. No key is needed.",
    urls_namespace="api",
    docs_url=None,
    throttle=[NetworkThrottle()],
)
api.add_router("", router)
for config in apps.get_app_configs():
    if room_router := getattr(config, "api_router", ""):
        api.add_router("", room_router)
api.add_exception_handler(Http404, responses.not_found)
api.add_exception_handler(HttpError, responses.refused)
api.add_exception_handler(Throttled, responses.throttled)
api.add_exception_handler(ValidationError, responses.not_valid)

_patterns, _app, _namespace = api.urls
# Only reads: with ATOMIC_REQUESTS a reader would hold SQLite's single write lock.
_patterns = decorate_urlpatterns(
    decorate_urlpatterns(_patterns, transaction.non_atomic_requests), responses.read_only
)
urlpatterns = [path("api/v1/", (_patterns, _app, _namespace))]
