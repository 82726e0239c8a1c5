"""The read model: one row per published page, and what is found by it."""

import datetime
import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from search.analysis.thesaurus import Line, LineKind, key_of
from search.index_version import IndexVersion
from search.thesaurus_rules import lines_of, problems_of


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

    page_id = models.IntegerField(_("page"), primary_key=True)
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
                fields=("version", "page_id"),
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


class SearchCount(models.Model):
    """How often something was searched on a day: words, or one filter.

    Who asked, when, from where and with what else is not known. :mod:`search.statistics.retention`
    says what is shown and when it is deleted.
    """

    class Kind(models.TextChoices):
        """Words and filters are counted apart."""

        WORDS = "words", pgettext_lazy("what was searched", "Words")
        FILTER = "filter", pgettext_lazy("what was searched", "Filter")

    changes_public_pages = False

    day = models.DateField(_("day"))
    locale = models.CharField(_("language"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=100, db_index=True)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    without_result = models.PositiveIntegerField(_("without result"), default=0)
    results = models.PositiveIntegerField(_("number of results"), default=0)

    class Meta:
        verbose_name = _("counted search")
        verbose_name_plural = _("counted searches")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=("day", "locale", "kind", "text"), name="search_unique_count"
            )
        ]

    def __str__(self) -> str:
        return self.text


class ThesaurusEntry(DraftStateMixin, RevisionMixin, models.Model):
    """Words that the search takes for the same, or for the same matter in the other world.

    Effective when published, without restart or reindex. A change is published by somebody else
    than the person who wrote it.
    """

    changes_public_pages = True

    kind = models.CharField(
        _("what the words have in common"),
        max_length=10,
        choices=[
            (LineKind.SAME.value, _("They mean the same")),
            (LineKind.ONE_WAY.value, _("The first find the others, not the other way round")),
            (
                LineKind.CONCEPT.value,
                _("The same matter in other words, of two worlds or of everyday life"),
            ),
        ],
        default=LineKind.SAME.value,
        help_text=_(
            "What means the same counts for a little less than the word itself and stands below it."
            " The same matter counts for less still and stands for a word only where no page has"
            " it."
        ),
    )
    words = models.TextField(
        pgettext_lazy("thesaurus", "words"),
        help_text=_(
            "One a line, each of up to four words. Of a matter: what companies, or people in"
            " everyday life, say."
        ),
    )
    others = models.TextField(
        _("other words"),
        blank=True,
        help_text=_(
            "Empty for words that mean the same. Of a matter: what civil society, or guide and"
            " programmes, say."
        ),
    )

    panels = [FieldPanel("kind"), FieldPanel("words"), FieldPanel("others")]

    class Meta:
        verbose_name = _("Words of the search")
        verbose_name_plural = _("Words of the search")
        ordering = ["kind", "words"]

    def __str__(self) -> str:
        both = [", ".join(lines_of(text)) for text in (self.words, self.others)]
        return " – ".join(filter(None, both))[:120]

    @property
    def line(self) -> Line:
        """What the search reads of it."""
        return Line(LineKind(self.kind), lines_of(self.words), lines_of(self.others))

    def clean(self) -> None:
        """Refuse what the search could not use, and pairs that must stay apart.

        Raises:
            ValidationError: by field.
        """
        if errors := problems_of(self.line):
            raise ValidationError(errors)

    def may_be_published(self, revision: Revision, user: AbstractBaseUser | None) -> bool:
        """Whether somebody else than ``user`` has written what ``revision`` says."""
        if user is None:
            return False
        same = self.revisions.filter(pk__lte=revision.pk).exclude(user=user)
        wanted = _content(revision)
        return any(_content(other) == wanted for other in same.order_by("-pk"))

    def publish(
        self,
        revision: Revision,
        user: AbstractBaseUser | None = None,
        *args: object,
        **kwargs: object,
    ) -> object:
        """Make ``revision`` effective.

        Raises:
            PermissionDenied: nobody else has written it.
        """
        if not self.may_be_published(revision, user):
            raise PermissionDenied(_("A second person has to publish this change."))
        return super().publish(revision, user, *args, **kwargs)


def _content(revision: Revision) -> tuple[object, ...]:
    return tuple(revision.content.get(name) for name in ("kind", "words", "others"))


class PromotedResult(models.Model):
    """A page that editors put before everything else that some searches find, for a time."""

    changes_public_pages = True

    words = models.TextField(
        _("searches"),
        help_text=_(
            "One search a line. The page is shown where exactly these words are searched for, in"
            " any order and any form."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    reason = models.CharField(
        pgettext_lazy("promoted result", "reason"),
        max_length=160,
        blank=True,
        help_text=_("Shown with the page, for example “Applications until 30 June”."),
    )
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until somebody deletes it.")
    )

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ("words", "pk")

    def __str__(self) -> str:
        return ", ".join(lines_of(self.words))[:120]

    @property
    def searches(self) -> tuple[str, ...]:
        """The searches that show the page."""
        return lines_of(self.words)

    def clean(self) -> None:
        """Refuse what would never be shown.

        Raises:
            ValidationError: by field.
        """
        errors: dict[str, StrOrPromise] = {}
        if not all(key_of(text) for text in self.searches):
            errors["words"] = _("A line has no word that can be searched for.")
        public = Entry.objects.filter(pk=self.page_id, removed=False)
        if self.page_id and not public.exists():
            errors["page"] = _("The search does not find this page: it is not public, or a list.")
        if self.first_day and self.last_day and self.last_day < self.first_day:
            errors["last_day"] = _("The last day is before the first.")
        if errors:
            raise ValidationError(errors)
