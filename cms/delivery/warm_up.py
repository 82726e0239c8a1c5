"""What a process loads before its first visitor comes (saves a dozen queries of that request)."""

import logging

from django.conf import settings
from django.db import Error, connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def run() -> None:
    """Call what ``WARM_UP`` names; without a database the first request loads it, as before.

    No connection stays open: web processes are forked from here.
    """
    for name in settings.WARM_UP:
        try:
            import_string(name)()
        except Error:
            logger.warning("Not loaded before the first request: %s", name, exc_info=True)
    for connection in connections.all(initialized_only=True):
        connection.close()
        # One to a database in memory does not close.
        del connections[connection.alias]
