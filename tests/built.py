"""Content that is built in a test and then read as visitors read it."""

import secrets

from django.db import connection

from search.models import IndexClock


def run_on_commit_callbacks() -> None:
    """Behave as if what was built had been committed, as it is on a real site.

    Otherwise the search would remember nothing between requests, because an open
    transaction may still be rolled back.
    """
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for entry in waiting:
        entry[1]()
    # Another history: nothing that is remembered of other tests fits by chance.
    IndexClock.objects.update(epoch=secrets.randbits(62))
