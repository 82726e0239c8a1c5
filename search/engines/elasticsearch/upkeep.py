"""The periodic work: deliver what waits, replace an index that is lost, repair what differs.

Whatever has happened to the server, index and entries agree again without anybody doing anything.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.comparison import compare, mark_unsent
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import current_index, is_as_made
from search.engines.elasticsearch.outbox import UNAVAILABLE, OtherHistory, deliver
from search.engines.elasticsearch.rebuild import AlreadyBuilding, Rebuild
from search.engines.elasticsearch.sending import IndexMissing
from search.models import Entry, IndexClock, IndexState, new_epoch

logger = logging.getLogger(__name__)

#: A server that does not answer is asked again after this time.
PAUSE = timedelta(seconds=30)


def keep_up() -> str:
    """Deliver what waits; build the index where it is missing or not as it should be.

    Returns:
        What was done, in a line for administrators.
    """
    state, _created = IndexState.objects.get_or_create(pk=1)
    if state.unreachable_since and state.checked_at and timezone.now() < state.checked_at + PAUSE:
        return _unreachable(state)
    try:
        outcome = _keep_up(get_client())
    except AlreadyBuilding:
        return _("the index is being built")
    except UNAVAILABLE as error:
        state.unreachable_since = state.unreachable_since or timezone.now()
        state.problem = f"{type(error).__name__}: {error}"[:500]
        outcome = _unreachable(state)
    else:
        state.unreachable_since, state.problem = None, ""
    state.checked_at = timezone.now()
    state.save(update_fields=["unreachable_since", "problem", "checked_at"])
    return outcome


def _unreachable(state: IndexState) -> str:
    return _("does not answer (%(problem)s); %(number)d entries wait") % {
        "problem": state.problem,
        "number": Entry.objects.waiting().count(),
    }


def _keep_up(client: Elasticsearch) -> str:
    epoch = IndexClock.version().epoch
    index = current_index(client, epoch)
    if index is None or not is_as_made(client, index):
        return _rebuilt(client)
    try:
        delivery = deliver(client)
    except IndexMissing:
        return _rebuilt(client)
    except OtherHistory:
        logger.error("The search index is newer than the database: it is built anew")
        renew_epoch()
        return _rebuilt(client)
    return _("%(taken)d sent, %(refused)d refused") % {
        "taken": delivery.taken,
        "refused": delivery.refused,
    }


def _rebuilt(client: Elasticsearch) -> str:
    rebuild = Rebuild(client)
    rebuild.run()
    logger.warning("The search index was built with %d entries", rebuild.done)
    return _("index built, %(number)d entries") % {"number": rebuild.done}


def renew_epoch() -> None:
    """Begin another history of the read model: after a backup has been restored.

    Versions of the restored database are older than those that the index has seen, and would be
    refused by it for ever.
    """
    with transaction.atomic():
        clock = IndexClock.lock()
        clock.epoch = new_epoch()
        clock.save(update_fields=["epoch"])


def repair() -> str:
    """Compare index and entries, and repair what differs.

    Returns:
        What was found, in a line for administrators.
    """
    client = get_client()
    try:
        found = compare(client)
        if found.surplus or found.newer:
            # Documents that nobody here has sent.
            logger.warning("Search index: built anew, foreign documents %s", found.surplus[:20])
            return _rebuilt(client)
        if found.repairable:
            logger.warning("Search index: sent again %s", found.repairable[:20])
            mark_unsent(found.repairable)
            deliver(client)
    except AlreadyBuilding:
        return _("the index is being built")
    except (*UNAVAILABLE, OtherHistory) as error:
        return _("not compared: %(error)s") % {"error": type(error).__name__}
    return _("%(number)d entries sent again, %(refused)d refused") % {
        "number": len(found.repairable),
        "refused": len(found.refused),
    }
