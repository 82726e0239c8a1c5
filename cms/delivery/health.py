"""Answers for monitoring: does the process live, can it serve?"""

from django.db import Error, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

#: What begins so is never looked up in the page cache, which asks the database for its version.
HEALTH_PREFIX = "/-/health/"


# Outside of ATOMIC_REQUESTS, whose transaction would ask the database first.
@never_cache
@transaction.non_atomic_requests
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers too; 503 if not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
