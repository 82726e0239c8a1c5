"""A cache in memory, of which some values are shared by all processes."""

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache


class PartlySharedCache(LocMemCache):
    """Keeps keys with a prefix of ``SHARED_CACHE_PREFIXES`` in the cache named ``shared``.

    django-allauth counts attempts in the default cache: with one per process, five web processes
    would allow five times as many guesses, and a code could be used once in each. Wagtail reads
    the default cache on every page: all of it in the database would cost every visitor a query.
    """

    def _shared(self, key: Any) -> BaseCache | None:
        found = str(key).startswith(tuple(settings.SHARED_CACHE_PREFIXES))
        return caches["shared"] if found else None

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Store a value unless there is one; says whether it was stored."""
        cache = self._shared(key) or super()
        return cache.add(key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or ``default``."""
        cache = self._shared(key) or super()
        return cache.get(key, default, version)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        cache = self._shared(key) or super()
        cache.set(key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; says whether there was one."""
        cache = self._shared(key) or super()
        return cache.delete(key, version)
