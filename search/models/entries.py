"""The read model of the search: entries of public pages, and the version they are at."""

import datetime
import secrets

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from search.index_version import IndexVersion


def new_epoch() -> int:
    """A number that no other history of the entries has."""
    return secrets.randbits(62)


class IndexClock(models.Model):
    """The clock of the read model: one row, advanced in the transaction that changes entries.

    Its row lock is held until commit, so versions become visible in their order:
    who has read everything up to version N misses nothing by asking for what is above N.

    ``epoch`` tells two histories apart (a restored or rebuilt database);
    ``purged_version`` is the highest version of a row that was deleted for good:
    who stands below it cannot catch up and reads everything anew.
    """

    changes_public_pages = False

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    counter = models.BigIntegerField(_("counter"), default=0)
    purged_version = models.BigIntegerField(_("highest purged version"), default=0)
    epoch = models.BigIntegerField(_("epoch"), default=new_epoch)

    class Meta:
        verbose_name = _("index version")
        verbose_name_plural = _("index versions")

    def __str__(self) -> str:
        return str(self.counter)

    @classmethod
    def lock(cls) -> "IndexClock":
        """The row, locked until the end of the transaction; changes of entries queue here."""
        cls.objects.get_or_create(pk=1)
        return cls.objects.select_for_update().get(pk=1)

    @classmethod
    def advance(cls) -> None:
        """Count one up, in the transaction of the change."""
        if not cls.objects.filter(pk=1).update(counter=F("counter") + 1):
            cls.objects.get_or_create(pk=1, defaults={"counter": 1})

    @classmethod
    def version(cls) -> IndexVersion:
        """The version the database is at."""
        row = cls.objects.filter(pk=1).values_list("epoch", "counter", "purged_version").first()
        return IndexVersion(*row) if row else IndexVersion()


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, and which of them the Elasticsearch index has."""

    def waiting(self) -> "EntryQuerySet":
        """The outbox: those of which the index has not acknowledged the present version."""
        return self.filter(acknowledged_version__lt=F("version"))


class Entry(models.Model):
    """What is found of one published page in its locale.

    No URL, host, label or name that can be renamed is stored here, so renaming needs no reindexing.
    A row whose page is no longer public is blanked and marked ``removed``; the sweep
    deletes it later, see :mod:`search.sweep` for the rule.
    """

    changes_public_pages = True
    # No use of the page: an entry goes when the page does.
    wagtail_reference_index_ignore = True

    page = models.OneToOneField(
        "wagtailcore.Page",
        # The row of a page that was deleted stays for a while.
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        verbose_name=_("page"),
    )
    locale = models.CharField(_("language"), max_length=100)
    type_key = models.CharField(_("type"), max_length=40)
    region_id = models.BigIntegerField(_("region"), null=True)
    title = models.TextField(_("title"))
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True)
    illustration = models.CharField(_("illustration"), max_length=40, blank=True)
    title_tokens = models.TextField(_("tokens of the title"), blank=True)
    summary_tokens = models.TextField(_("tokens of the summary"), blank=True)
    text_tokens = models.TextField(_("tokens of the text"), blank=True)
    analysis_version = models.PositiveIntegerField(_("version of the analysis"))
    date = models.DateField(_("date"), null=True)
    expires_at = models.DateTimeField(_("expires"), null=True)
    dates = models.JSONField(
        _("named dates"),
        default=dict,
        help_text=_("Pairs of first and last day by name."),
    )
    lat = models.FloatField(_("latitude"), null=True)
    lon = models.FloatField(_("longitude"), null=True)
    page_published_at = models.DateTimeField(
        _("publication it was read from"),
        null=True,
        help_text=_("Compared with the page by the sweep."),
    )
    version = models.BigIntegerField(_("version"), db_index=True)
    removed = models.BooleanField(_("removed"), default=False)
    removed_at = models.DateTimeField(_("removed at"), null=True)
    acknowledged_version = models.BigIntegerField(
        _("acknowledged version"),
        default=0,
        help_text=_("The version that Elasticsearch has."),
    )
    delivery_error = models.TextField(_("why Elasticsearch refuses it"), blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            # The outbox: nearly always empty.
            models.Index(
                fields=("version", "page"),
                condition=models.Q(acknowledged_version__lt=F("version")),
                name="search_entry_outbox",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type_key} {self.page_id}"


class IndexState(models.Model):
    """How the index on the Elasticsearch server is; one row, for the people who run the site.

    ``unreachable_since`` and ``problem`` are what the periodic work has met. An index that is
    being built shows that it goes on by ``build_at``.
    """

    changes_public_pages = False

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    unreachable_since = models.DateTimeField(_("does not answer since"), null=True)
    problem = models.TextField(_("problem"), blank=True)
    checked_at = models.DateTimeField(_("last asked at"), null=True)
    build_at = models.DateTimeField(_("sign of life of the build"), null=True)
    build_total = models.IntegerField(_("entries to be sent"), default=0)
    build_done = models.IntegerField(_("entries sent"), default=0)

    class Meta:
        verbose_name = _("state of the search index")
        verbose_name_plural = _("states of the search index")

    #: A build that has given no sign of life for so long is taken for dead.
    DEAD_AFTER = datetime.timedelta(minutes=2)

    def __str__(self) -> str:
        return self.problem

    def is_building(self, now: datetime.datetime) -> bool:
        """Whether a process builds the index at the moment."""
        return self.build_at is not None and now - self.build_at < self.DEAD_AFTER


class EntryFacet(models.Model):
    """One facet key of an entry."""

    changes_public_pages = True

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="facets", verbose_name=_("search entry")
    )
    name = models.CharField(_("facet"), max_length=40)
    value = models.CharField(_("key"), max_length=100)

    class Meta:
        verbose_name = _("facet of a search entry")
        verbose_name_plural = _("facets of search entries")
        indexes = [models.Index(fields=("name", "value"), name="search_facet_value")]
        constraints = [
            models.UniqueConstraint(fields=("entry", "name", "value"), name="search_unique_facet")
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class RelatedPages(models.Model):
    """What has to do with a page, found beforehand (:mod:`search.results.related_job`)."""

    # No page waits for it: it shows with the next public change.
    changes_public_pages = False

    entry = models.OneToOneField(
        Entry,
        # Written in batches, and an entry may be deleted meanwhile: that must not stop the batch.
        db_constraint=False,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="related",
        verbose_name=_("search entry"),
    )
    page_ids = models.JSONField(_("related pages"), default=list, help_text=_("The best first."))
    entry_version = models.BigIntegerField(_("version of the entry"))
    found_at = models.DateTimeField(_("found at"), db_index=True)

    class Meta:
        verbose_name = _("related pages")
        verbose_name_plural = _("related pages")

    def __str__(self) -> str:
        return str(self.entry_id)


class IndexedWord(models.Model):
    """A word of the entries in one language, by which typing errors are corrected."""

    # What is corrected changes with the entries, which are public changes.
    changes_public_pages = False

    locale = models.CharField(_("language"), max_length=100)
    word = models.CharField(_("word"), max_length=100, help_text=_("In the canonical spelling."))
    shown = models.CharField(_("as written"), max_length=100)
    entries = models.IntegerField(_("number of entries"), default=0)
    sound = models.CharField(_("as heard"), max_length=100, db_index=True)
    letters = models.IntegerField(_("set of letters"))

    class Meta:
        verbose_name = _("indexed word")
        verbose_name_plural = _("indexed words")
        constraints = [
            # In PostgreSQL, beginnings of words are looked up by it in any collation.
            models.UniqueConstraint(
                fields=("locale", "word"),
                name="search_unique_word",
                opclasses=("varchar_pattern_ops", "varchar_pattern_ops"),
            )
        ]

    def __str__(self) -> str:
        return self.shown
