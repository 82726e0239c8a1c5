"""Signals of the regions, so that rooms above can follow what happens to houses."""

from django.dispatch import Signal

#: Sent with ``region``, inside the transaction, when its house has just closed and
#: before its accounts are deactivated: whoever holds open work of the house ends it.
region_archived = Signal()

#: Sent with ``absence``, inside the transaction, when its first day has come: what the person had
#: taken on passes to others.
absence_began = Signal()
