"""Uploaded files that are not for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control
from django.views.static import serve


@cache_control(private=True, no_store=True)
def uploaded_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below ``MEDIA_ROOT``, if the rule of the rooms above lets it out.

    Scaled copies of pictures do not pass here: the reverse proxy serves them.
    """
    import_string(settings.FILE_RULE)(request, path)
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
