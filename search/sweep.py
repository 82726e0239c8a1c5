"""The sweep finds entries that no longer agree with their page, repairs and reports them.

Nothing should ever be found: every change of a page calls ``sync``. What is found is
a path that was missed, or somebody who changed the database by hand.

Rule for removed entries: the row of a page that is no longer public stays for
:data:`KEEP_REMOVED`, so that incremental readers (the arrays of other processes) see
its new version, and longer until Elasticsearch, where it is in use, has
acknowledged it. Then it is deleted, and ``IndexClock.purged_version``
tells readers that have slept through it to read everything anew.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from search import registry, vocabulary
from search.analysis import ANALYSIS_VERSION
from search.engines.fulltext import get_fulltext
from search.models import Entry, IndexClock
from search.sync import BATCH, fulltext_row, sync_and_tell

logger = logging.getLogger(__name__)

KEEP_REMOVED = timedelta(days=1)
#: Every sweep also reads one of so many parts of the pages in full.
SLICES = 24
# Small, because publishing waits while a batch is synced.
_BATCH = 25


@dataclass(frozen=True)
class Outcome:
    """What a sweep found; all repaired."""

    missing: int = 0
    stale: int = 0
    orphaned: int = 0
    drifted: int = 0
    fulltext: int = 0
    purged: int = 0

    @property
    def repaired(self) -> int:
        """Number of repairs; deleting old removed rows is none."""
        return self.missing + self.stale + self.orphaned + self.drifted + self.fulltext

    def __str__(self) -> str:
        return _(
            "%(repaired)d repaired (missing %(missing)d, stale %(stale)d, orphaned %(orphaned)d, "
            "drifted %(drifted)d, full text %(fulltext)d), %(purged)d removed entries deleted"
        ) % {**asdict(self), "repaired": self.repaired}


def sweep(*, full: bool = False) -> Outcome:
    """Compare live pages with entries, repair what differs, log every repair.

    *Missing*, *stale* (publication or analysis version) and *orphaned* entries are
    looked for among all pages. *Drifted* ones (facets, region, text, though the
    publication is the same) only show when everything is read again: one slice of the
    pages per sweep, by the hour, or all with ``full``.
    """
    published = _published()
    entries = {
        pk: (version, published_at)
        for pk, version, published_at in Entry.objects.filter(removed=False).values_list(
            "page_id", "analysis_version", "page_published_at"
        )
    }
    missing = published.keys() - entries.keys()
    orphaned = entries.keys() - published.keys()
    stale = {
        pk
        for pk in published.keys() & entries.keys()
        if entries[pk] != (ANALYSIS_VERSION, published[pk])
    }
    hour = timezone.localtime().hour
    rest = {pk for pk in published if full or pk % SLICES == hour % SLICES} - missing - stale
    return Outcome(
        missing=_repair("missing", missing),
        stale=_repair("stale", stale),
        orphaned=_repair("orphaned", orphaned),
        drifted=_repair("drifted", rest),
        fulltext=_repair_fulltext(),
        purged=_purge(),
    )


def _published() -> dict[int, object]:
    """Publication times of all pages that should have an entry, by id."""
    models = registry.documents()
    if not models:
        return {}
    types = ContentType.objects.get_for_models(*models, for_concrete_models=False).values()
    pages = Page.objects.filter(live=True, alias_of__isnull=True, content_type__in=types)
    return dict(pages.order_by().values_list("pk", "last_published_at"))


def _repair(kind: str, page_ids: set[int]) -> int:
    """Sync pages and log each one that was wrong; one that fails does not stop the rest."""
    ids = sorted(page_ids)
    repaired = 0
    for start in range(0, len(ids), _BATCH):
        for pk in _sync_or_report(kind, ids[start : start + _BATCH]):
            logger.warning("Search sweep: repaired page %s (%s)", pk, kind)
            repaired += 1
    return repaired


def _sync_or_report(kind: str, ids: list[int]) -> list[int]:
    """Sync together; if that fails one by one, logging what fails."""
    try:
        return sync_and_tell(ids)
    except Exception:
        if len(ids) == 1:
            logger.exception("Search sweep: page %s (%s) could not be synced", ids[0], kind)
            return []
    return [pk for single in ids for pk in _sync_or_report(kind, [single])]


def _repair_fulltext() -> int:
    """Make the full-text table hold exactly the entries there are."""
    fulltext = get_fulltext()
    with transaction.atomic():
        IndexClock.lock()
        indexed = fulltext.page_ids()
        wanted = set(Entry.objects.filter(removed=False).values_list("page_id", flat=True))
        missing, surplus = sorted(wanted - indexed), sorted(indexed - wanted)
        for start in range(0, len(missing), BATCH):
            batch = Entry.objects.filter(pk__in=missing[start : start + BATCH])
            fulltext.write([fulltext_row(entry) for entry in batch])
        if surplus:
            fulltext.remove(surplus)
    for kind, ids in (("missing", missing), ("orphaned", surplus)):
        for pk in ids:
            logger.warning("Search sweep: repaired full text of page %s (%s)", pk, kind)
    return len(missing) + len(surplus)


def _purge() -> int:
    """Delete removed rows that nobody waits for, and words of which none is left."""
    with transaction.atomic():
        IndexClock.lock()
        vocabulary.delete_unused()
        rows = Entry.objects.filter(removed=True, removed_at__lt=timezone.now() - KEEP_REMOVED)
        if settings.ELASTICSEARCH_URLS:
            rows = rows.filter(acknowledged_version__gte=F("version"))
        highest = rows.aggregate(highest=Max("version"))["highest"]
        if highest is None:
            return 0
        purged, _details = rows.delete()
        IndexClock.objects.filter(pk=1, purged_version__lt=highest).update(purged_version=highest)
        return purged
