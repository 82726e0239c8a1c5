"""Signals of the foundation, so that rooms above can follow what happens to pages."""

from django.dispatch import Signal

#: Sent with ``page_ids`` (list of int), inside the transaction, after pages may
#: have changed what a visitor sees: saved live, unpublished, moved, deleted, copied.
page_changed = Signal()

#: Sent with ``user`` and ``successor`` (both ``cms.User``; ``successor`` may be None),
#: inside the transaction, when ``user`` leaves: whoever holds something of theirs hands
#: it over, or gives it back where there is no successor or the successor may not have it.
#: ``region`` is the house that was left (``regions.Region``), and only what is of that house
#: is meant: who works for another one goes on working there. None means all of them.
#: No receiver mails ``user``. Send it after their groups are gone, so that nobody asks them again.
person_left = Signal()
