"""Answers say which process made them and when, so that one can see what came from memory."""

import os
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

#: Process and seconds of the epoch.
HEADER = "X-Made"


def note_making(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware below the page cache."""

    def made(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers[HEADER] = f"{os.getpid()} {time.time():.3f}"
        return response

    return made
