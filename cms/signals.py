"""Signals of the foundation, so that rooms above can follow what happens to pages."""

from django.dispatch import Signal

#: Sent with ``page_ids`` (list of int), inside the transaction, after pages may
#: have changed what a visitor sees: saved live, unpublished, moved, deleted, copied.
page_changed = Signal()
