"""The search in Elasticsearch: documents are made of entries, words of ready-made tokens.

``engine`` answers queries, ``fallback`` has the database answer while the server does not.
``outbox`` sends entries, ``rebuild`` makes and replaces indexes, ``comparison`` finds differences.

Only this module may be imported where no server is configured: the client costs every process time
and memory.
"""

from django.conf import settings
from django.db import transaction


def is_configured() -> bool:
    """Whether the settings name a server."""
    return bool(settings.ELASTICSEARCH_URLS)


def deliver_soon() -> None:
    """Send what the open transaction has changed, once it is committed; nobody waits for it."""
    if is_configured():
        # What is committed is done, whatever becomes of this; periodic work sends it, too.
        transaction.on_commit(_deliver, robust=True)


def _deliver() -> None:
    from search.engines.elasticsearch.outbox import start_thread

    start_thread()
