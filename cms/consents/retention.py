"""Deleting consents a year after nobody reads the page any more (GDPR, Articles 5(1)(e), 17)."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.jobs.registry import register as register_work
from cms.models import Consent

#: A proof is kept while the page is public, and so long after it in case somebody asks.
KEPT_FOR = datetime.timedelta(days=365)


def delete_hidden(today: datetime.date | None = None) -> str:
    """Note which pages are not public (any more), and delete what has outlived them for a year.

    Returns:
        How many; nothing of their content.
    """
    day = today or timezone.localdate()
    public = Exists(Page.objects.filter(translation_key=OuterRef("page_key"), live=True))
    Consent.objects.filter(public).exclude(hidden_since=None).update(hidden_since=None)
    Consent.objects.filter(~public, hidden_since=None).update(hidden_since=day)
    due = Consent.objects.filter(hidden_since__lte=day - KEPT_FOR)
    return _("%(count)d deleted") % {"count": due.delete()[0]}


def register() -> None:
    """Register the deletion as periodic work."""
    label = gettext_lazy("Deleting old consents")
    register_work("consents", datetime.timedelta(hours=24), delete_hidden, label)
