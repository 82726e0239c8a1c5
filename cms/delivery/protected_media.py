"""Uploaded files that are not for everybody."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control
from django.views.static import serve

#: Name of what the rule of documents notes on the request: whether everybody gets this one.
IS_PUBLIC = "document_is_public"


def document_headers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mend the headers of Wagtail's answer to who downloads a document.

    It says ``Content-Encoding: None``, and lets shared caches keep what is not for everybody.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.get("Content-Encoding") == "None":
            del response["Content-Encoding"]
        public = vars(request).get(IS_PUBLIC, False)
        # Whether it is public changes with its page, so every use asks again.
        patch_cache_control(response, no_cache=True, **{"public" if public else "private": True})
        return response

    return answer


@cache_control(private=True, no_store=True)
def uploaded_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below ``MEDIA_ROOT``, if the rule of the rooms above lets it out.

    Scaled copies of pictures do not pass here: the reverse proxy serves them.
    """
    import_string(settings.FILE_RULE)(request, path)
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
