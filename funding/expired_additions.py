"""Additions that expire by themselves: their programmes are found without their words from then on.

Visitors see an addition no longer from its day on, since that is asked at reading time. What a
programme is found by is written when something changes, and at an expiry nothing does.
"""

from datetime import timedelta

from django.utils.translation import ngettext

from cms.signals import page_changed
from funding.choices import ADDITION_FACET
from funding.models import FundingPage
from funding.models.additions import houses_that_add
from search.models import EntryFacet

EVERY = timedelta(hours=1)


def find_without_expired() -> str:
    """Have programmes indexed anew that are still found by additions nobody sees any more.

    Returns:
        How many.
    """
    public = {str(entry.pk) for added in houses_that_add().values() for entry in added}
    found_by = EntryFacet.objects.filter(name=ADDITION_FACET).values_list("entry_id", "value")
    ids = sorted({entry_id for entry_id, value in found_by if value not in public})
    if ids:
        page_changed.send(sender=FundingPage, page_ids=ids)
    return ngettext("%(number)d programme", "%(number)d programmes", len(ids)) % {
        "number": len(ids)
    }
