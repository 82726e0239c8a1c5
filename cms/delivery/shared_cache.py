"""A cache in memory, of which some values are shared by all processes."""

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

    def _shared(self, key: object) -> BaseCache | None:
        found = str(key).startswith(tuple(settings.SHARED_CACHE_PREFIXES))
        return caches["shared"] if found else None

    def add(
        self,
        key: object,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value unless there is one; says whether it was stored."""
        shared = self._shared(key)
        if shared:
            return shared.add(key, value, timeout, version)
        return super().add(key, value, timeout, version)

    def get(self, key: object, default: object = None, version: int | None = None) -> object:
        """The value, or ``default``."""
        shared = self._shared(key)
        return shared.get(key, default, version) if shared else super().get(key, default, version)

    def set(
        self,
        key: object,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        shared = self._shared(key)
        if shared:
            shared.set(key, value, timeout, version)
        else:
            super().set(key, value, timeout, version)

    def delete(self, key: object, version: int | None = None) -> bool:
        """Forget a value; says whether there was one."""
        shared = self._shared(key)
        return shared.delete(key, version) if shared else super().delete(key, version)
