"""Shared vocabularies: topics, parties, procedures, results (F6, F76)."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """The lists a term can belong to; the first four are the facets F6 demands."""

    TOPIC = "topic", _("Topics")
    PARTY = "party", _("Parties involved")
    PROCEDURE = "procedure", _("Procedures")
    RESULT = "result", _("Results")


class TermQuerySet(models.QuerySet["Term"]):
    """Queries on terms."""

    def labelled(self) -> "TermQuerySet":
        """Terms with their labels in German and the active language, in the same query."""
        languages = {"de": "de", "here": get_language() or "de"}
        names = {}
        for alias, language in languages.items():
            names[f"label_{alias}"] = models.FilteredRelation(
                "labels", condition=models.Q(labels__language=language)
            )
        return self.annotate(**names).annotate(
            **{
                f"{field}_{alias}": models.F(f"label_{alias}__{field}")
                for alias in languages
                for field in ("name", "other_world")
            },
            labelled_in=models.Value(languages["here"]),
        )


class Term(models.Model):
    """A value of a vocabulary. Facets store its key, so that labels can be renamed.

    Not a translatable snippet: wagtail-localize leaves many-to-many references
    of a translated page on the source locale's rows (design.md, decision 3).
    """

    vocabulary = models.CharField(_("vocabulary"), max_length=20, choices=Vocabulary.choices)
    key = models.SlugField(_("key"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

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
        names = {label.language: label.name for label in self.labels.all()}
        return names.get(get_language() or "de") or names.get("de") or self.key

    @property
    def other_world(self) -> str:
        """What the other world calls it (F77), or an empty string."""
        names = {label.language: label.other_world for label in self.labels.all()}
        return names.get(get_language() or "de") or ""


class TermLabel(models.Model):
    """The name of a term in one language, and what the other world calls it (F77)."""

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


def labels_of(vocabulary: str, keys: Iterable[str], language: str) -> dict[str, str]:
    """Names of many terms at once, for facets and teasers.

    Args:
        vocabulary: one of :class:`Vocabulary`.
        keys: term keys; unknown ones are left out.
        language: language code; German where a label is missing.

    Returns:
        Names by key, in the order of the vocabulary, from one query.
    """
    found: dict[str, str] = {}
    rows = (
        TermLabel.objects.filter(
            term__vocabulary=vocabulary, term__key__in=list(keys), language__in={language, "de"}
        )
        .order_by("term__order", "term__key")
        .values_list("term__key", "language", "name")
    )
    for key, row_language, name in rows:
        if row_language == language or key not in found:
            found[key] = name
    return found
