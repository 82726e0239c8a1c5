"""Values of facets: their labels, their place in addresses, their order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cms.models import TermLabel
from search.memo import Stamp, remembered
from search.registry import Choice, Facet

#: More values of one facet in an address are ignored.
MAX_VALUES = 30
_DEFAULT_LANGUAGE = "de"


class FacetTable:
    """The values of one facet in one language, in their order.

    Facets with ``choices`` or a vocabulary know all values from the start;
    the others learn those they are asked for.
    """

    def __init__(self, facet: Facet, language: str, choices: Iterable[Choice] | None) -> None:
        self.facet = facet
        self._language = language
        self._complete = choices is not None
        self._choices = {choice.key: choice for choice in choices or ()}
        self._asked: set[str] = set(self._choices)

    def learn(self, keys: Iterable[str]) -> None:
        """Load labels of ``keys``, unless all values are known anyway."""
        missing = [key for key in keys if key not in self._asked]
        if self._complete or not missing:
            return
        self._asked.update(missing)
        labels: Mapping[str, str] = {key: key for key in missing}
        if self.facet.labels:
            labels = self.facet.labels(missing, self._language)
        public: Mapping[str, str] = {}
        if self.facet.to_public and labels:
            public = self.facet.to_public(list(labels))
        for key, label in labels.items():
            self._choices[key] = Choice(key, str(label), public.get(key, key))

    def choices(self) -> list[Choice]:
        """All known values, in order: as given, or by label where they were learnt."""
        values = list(self._choices.values())
        return values if self._complete else sorted(values, key=lambda v: v.label.casefold())

    def label(self, key: str) -> str | None:
        """The label of ``key``, or ``None`` for one that does not exist (any more)."""
        choice = self._choices.get(key)
        return choice.label if choice else None

    def keys_of(self, values: Sequence[str]) -> tuple[str, ...]:
        """Keys of values from an address; unknown ones are left out."""
        wanted = list(dict.fromkeys(values))[:MAX_VALUES]
        if not self._complete:
            keys = self.facet.from_public(wanted) if self.facet.from_public else wanted
            keys = list(keys)
            self.learn(keys)
            return tuple(key for key in keys if key in self._choices)
        return tuple(key for key, choice in self._choices.items() if choice.public in wanted)


def load_tables(facets: Iterable[Facet], language: str, stamp: Stamp) -> dict[str, FacetTable]:
    """Tables of ``facets`` by name.

    Costs one query for all vocabularies and one per other facet; none for what the
    process remembers of this ``stamp``.
    """
    return {
        facet.name: FacetTable(facet, language, _choices(facet, language, stamp))
        for facet in facets
    }


def _choices(facet: Facet, language: str, stamp: Stamp) -> Iterable[Choice] | None:
    if facet.choices:
        choices = facet.choices
        if not facet.depends_on:
            return choices(language)
        return remembered(("choices", facet.name, language), stamp, lambda: list(choices(language)))
    if facet.vocabulary:
        terms = remembered(("terms", language), stamp, lambda: _term_choices(language))
        return terms.get(facet.vocabulary, ())
    return None


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
