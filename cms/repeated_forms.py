"""The same form sent several times at once has one effect, and each sender the same answer.

Nobody has to wait for the page to load before clicking again, and a network may send a form twice.
What was sent is noted in the transaction that carries it out, in the cache all processes share: a
second process waits for the first at the same key.
"""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

#: In ``SHARED_CACHE_PREFIXES``.
CACHE_PREFIX = "sent-form"
#: The same form counts as sent again for so many seconds; later somebody may mean it.
SECONDS = 5 * 60


def earlier_answer(request: HttpRequest) -> str:
    """Note that a valid form is about to be carried out.

    Call it in the transaction of what the form does, and :func:`remember_answer` at its end.

    Returns:
        Where the same form has led already; empty if it is the first.
    """
    key = _key(request)
    return "" if cache.add(key, "", SECONDS) else str(cache.get(key, ""))


def known_answer(request: HttpRequest) -> str:
    """Where the same form has led already; nothing is noted.

    For a form that would refuse what it has just carried out.
    """
    return str(cache.get(_key(request), ""))


def remember_answer(request: HttpRequest, url: str) -> None:
    """Note where the form has led, for whoever sent the same."""
    cache.set(_key(request), url, SECONDS)


def forget(request: HttpRequest) -> None:
    """The form was not carried out after all."""
    cache.delete(_key(request))


def _key(request: HttpRequest) -> str:
    """What was sent, by whom and where to, hashed with the site's secret."""
    user = getattr(request, "user", None)
    fields = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
    sent = repr((getattr(user, "pk", None), request.path, fields))
    return f"{CACHE_PREFIX}:{salted_hmac(__name__, sent, algorithm='sha256').hexdigest()}"
