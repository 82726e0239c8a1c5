"""Vocabularies and their terms: four that all rooms share, and those a room registers."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models


class Vocabulary(models.TextChoices):
    """The vocabularies that all rooms share; they are facets (F6: exactly these four)."""

    TOPIC = "topic", _("Topics")
    PARTY = "party", _("Parties involved")
    PROCEDURE = "procedure", _("Procedures")
    RESULT = "result", _("Results")


KEY_LENGTH = 20
_vocabularies: dict[str, str | Promise] = dict(Vocabulary.choices)


def register_vocabulary(key: str, label: str | Promise) -> None:
    """Add a vocabulary of a room's own; called when the room is ready.

    Args:
        key: what terms store.
        label: for those who look after terms, translated lazily.

    Raises:
        ValueError: when the key is too long, or another vocabulary's.
    """
    if len(key) > KEY_LENGTH:
        raise ValueError(f"{key!r} is longer than {KEY_LENGTH} characters")
    if _vocabularies.setdefault(key, label) != label:
        raise ValueError(f"{key!r} is already a vocabulary")


def vocabulary_choices() -> list[tuple[str, str | Promise]]:
    """All vocabularies; a function, so that a new one needs no migration."""
    return list(_vocabularies.items())


class TermManager(models.Manager["Term"]):
    """Brings the labels along: a term is hardly ever shown without its name."""

    def get_queryset(self) -> models.QuerySet["Term"]:
        """All terms, with one query for all their labels."""
        return super().get_queryset().prefetch_related("labels")


class Term(models.Model):
    """A value of a vocabulary. Facets store its key, so that labels can be renamed.

    Not a translatable snippet: wagtail-localize leaves many-to-many references
    of a translated page on the source locale's rows, and fails on foreign keys.
    """

    changes_public_pages = True

    vocabulary = models.CharField(
        _("vocabulary"), max_length=KEY_LENGTH, choices=vocabulary_choices
    )
    key = models.SlugField(_("key"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = TermManager()
    # Labels by language where a query brought them along, see :func:`with_labels`.
    _labels: "dict[str, TermLabel] | None" = None

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("vocabulary", "order", "key")
        constraints = [models.UniqueConstraint(fields=("vocabulary", "key"), name="unique_term")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language, else in German, else the key."""
        names = {language: label.name for language, label in self._by_language().items()}
        return names.get(get_language() or "de") or names.get("de") or self.key

    @property
    def other_world(self) -> str:
        """What the other world calls it (F77: pairs of words), or an empty string."""
        label = self._by_language().get(get_language() or "de")
        return label.other_world if label else ""

    def pages(self) -> list[Page]:
        """The pages the term is chosen on, by title; relations of many have no ``PROTECT``."""
        chosen = models.Q()
        for model in get_page_models():
            for field in model._meta.local_many_to_many:
                if field.related_model is Term:
                    through = getattr(model, field.name).through
                    rows = through.objects.filter(**{field.m2m_reverse_name(): self.pk})
                    chosen |= models.Q(pk__in=rows.values(field.m2m_column_name()))
        return list(Page.objects.filter(chosen).order_by("title")) if chosen else []

    def _by_language(self) -> "dict[str, TermLabel]":
        if self._labels is not None:
            return self._labels
        if not self.pk:  # just deleted: the admin still says what it was
            return {}
        return {label.language: label for label in self.labels.all()}


class TermLabel(models.Model):
    """The name of a term in one language, and the other world's name (F77: pairs of words)."""

    changes_public_pages = True

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=80)
    other_world = models.CharField(
        _("in the other world"),
        max_length=120,
        blank=True,
        help_text=_("What companies call it, if associations say it differently, or vice versa."),
    )

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            models.UniqueConstraint(fields=("term", "language"), name="unique_term_language")
        ]

    def __str__(self) -> str:
        return self.name


def with_labels(terms: models.QuerySet[Term]) -> list[Term]:
    """Terms with all their labels, from a single query."""
    rows = terms.prefetch_related(None).annotate(
        label_language=models.F("labels__language"),
        label_name=models.F("labels__name"),
        label_other_world=models.F("labels__other_world"),
    )
    found: dict[int, Term] = {}
    for row in rows:
        term = found.setdefault(row.pk, row)
        term._labels = term._labels or {}
        if row.label_language:
            term._labels[row.label_language] = TermLabel(
                term=term,
                language=row.label_language,
                name=row.label_name,
                other_world=row.label_other_world,
            )
    return list(found.values())
