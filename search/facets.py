"""Values of facets: their labels, their place in addresses, their order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import ngettext, override
from django_stubs_ext import StrOrPromise

from cms.delivery.content_version import cached
from cms.models import TermLabel
from search.registry import Choice, Facet

#: More values of one facet in an address are ignored.
MAX_VALUES = 30
_DEFAULT_LANGUAGE = "de"


class FacetTable:
    """The values of one facet in one language, in their order."""

    def __init__(self, facet: Facet, choices: Iterable[Choice]) -> None:
        self.facet = facet
        self._choices = {choice.key: choice for choice in choices}

    def choices(self) -> list[Choice]:
        """All values of the facet with their labels, in order."""
        return list(self._choices.values())

    def label(self, key: str) -> str | None:
        """The label of ``key``, or ``None`` for one that does not exist (any more)."""
        choice = self._choices.get(key)
        return choice.label if choice else None

    def keys_of(self, values: Sequence[str]) -> tuple[str, ...]:
        """Keys of values from an address; unknown ones are left out."""
        wanted = list(dict.fromkeys(values))[:MAX_VALUES]
        return tuple(key for key, choice in self._choices.items() if choice.public in wanted)


def load_tables(facets: Iterable[Facet], language: str) -> dict[str, FacetTable]:
    """Tables of ``facets`` by name.

    Costs one query for all vocabularies and one per other facet; none for what
    the process has cached of the content version.
    """
    # What is cached for a language must not be in that of the request.
    with override(language):
        return {facet.name: FacetTable(facet, _choices(facet, language)) for facet in facets}


def fixed_choices(answers: Iterable[tuple[str, StrOrPromise]]) -> Callable[[str], list[Choice]]:
    """The values of a facet with fixed answers.

    Args:
        answers: key and label of each, e.g. ``TextChoices.choices``.
    """
    fixed = tuple(answers)

    def choices(language: str) -> list[Choice]:
        return [Choice(str(key), str(label), str(key)) for key, label in fixed]

    return choices


def _choices(facet: Facet, language: str) -> Iterable[Choice]:
    if facet.windows:
        return [_window(days) for days in facet.windows.days]
    if facet.choices:
        choices = facet.choices
        if not facet.cached:
            return choices(language)
        return cached(("search.choices", facet.name, language), lambda: list(choices(language)))
    terms = cached(("search.terms", language), lambda: _term_choices(language))
    return terms.get(facet.vocabulary or "", ())


def _window(days: int) -> Choice:
    text = ngettext("within %(days)d day", "within %(days)d days", days)
    return Choice(str(days), text % {"days": days}, str(days))


def _term_choices(language: str) -> dict[str, list[Choice]]:
    """All terms by vocabulary; German names where one is missing."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    rows = (
        TermLabel.objects.filter(language__in={language, _DEFAULT_LANGUAGE})
        .order_by("term__order", "term__key")
        .values_list("term__vocabulary", "term__key", "language", "name")
    )
    for vocabulary, key, row_language, name in rows:
        if row_language == language or key not in names[vocabulary]:
            names[vocabulary][key] = name
    return {
        vocabulary: [Choice(key, name, key) for key, name in labels.items()]
        for vocabulary, labels in names.items()
    }
