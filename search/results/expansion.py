"""The words of a query with everything else they are looked for by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cms.delivery.content_version import cached
from cms.text import fold, restore_umlauts
from search import registry
from search.analysis import Token, query_tokens
from search.analysis.lemmas import FAMILY_MARK, is_verb
from search.analysis.thesaurus import Related
from search.analysis.tokens import analyse
from search.analysis.words import is_other_word, read_word
from search.current_thesaurus import current_thesaurus
from search.engines.base import Origin, Phrase, Term, Word
from search.engines.matching import HOLDS
from search.facets import FacetTable
from search.query import Query

CORRECTED_WEIGHT = 0.9
_SYNONYM_WEIGHT = 0.8
_CONCEPT_WEIGHT = 0.35
_SAME_WORLD_WEIGHT = 0.45
#: Of the verb without its prefix: *ausleihen* finds *leiht … aus*.
_BARE_VERB_WEIGHT = 0.4
#: Of one part of a compound, where nothing has the whole: *Führungskräfteentwicklung*.
_PART_WEIGHT = 0.5
#: Of what is near to a word that no page has: it counts as having it.
_SUBSTITUTE_WEIGHT = HOLDS
_MOST_RELATED = 12
_PREFIXES = (
    "zusammen",
    "zurueck",
    "nach",
    "weg",
    "aus",
    "auf",
    "bei",
    "ein",
    "mit",
    "vor",
    "ab",
    "an",
    "zu",
)
#: Labels of more words are only named by all of them.
_SHORT_LABEL = 2

#: Facet, key and all words of its label by each of these words.
LabelWords = Mapping[str, Sequence[tuple[str, str, frozenset[str]]]]


@dataclass(frozen=True)
class Expansion:
    """What the engine is asked for.

    Args:
        words: one for each token of the query.
        related: what else is looked for, as shown.
        parts: of compounds that are looked for, as shown.
        substituted: positions of the words that others stand for.
    """

    words: tuple[Word, ...]
    related: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    substituted: tuple[int, ...] = ()


def expand(
    query: Query,
    labels: LabelWords,
    corrections: Mapping[int, Sequence[Token]] | None = None,
    places: Sequence[int] = (),
) -> Expansion:
    """The words of ``query``, what they mean the same as, and the labels that name them.

    Args:
        query: its text is expanded, unless it is to be found exactly.
        labels: of :func:`label_words`.
        corrections: tokens by the position of the word that they correct.
        places: positions of words that name a place: these have no synonyms.
    """
    tokens = list(query.tokens)
    typed = {token.form for token in tokens}
    verbs = list(map(_is_verb, tokens))
    supporting = list(map(_is_supporting, tokens))
    terms: list[list[Term]] = [
        [
            Term(
                token.form,
                () if query.exact else token.parts,
                labels=_labels(token.form, typed, labels),
            )
        ]
        for token in tokens
    ]
    if query.exact:
        return Expansion(_words(terms, supporting))
    for number, corrected in (corrections or {}).items():
        tokens[number] = corrected[0]
        for token in corrected:
            found = _labels(token.form, typed | {token.form}, labels)
            terms[number].append(
                Term(token.form, token.parts, CORRECTED_WEIGHT, Origin.CORRECTED, found)
            )
    particle = _last_particle(query)
    for number, token in enumerate(tokens):
        if bare := _bare_verb(token):
            terms[number].append(Term(bare, (), _BARE_VERB_WEIGHT, Origin.SYNONYM))
        if particle and verbs[number] and is_verb(particle + token.form):
            joined = (Term(form, parts) for form, parts in [read_word(particle + token.form, "de")])
            terms[number] += joined
    shown: dict[str, str] = {}
    if tokens and query.language == "de":
        for at, others in (query.thesaurus or current_thesaurus()).related(tokens):
            if not set(places).isdisjoint(at):
                continue
            for other in others[:_MOST_RELATED]:
                form = " ".join(token.form for token in other.tokens)
                shown.setdefault(form, other.text)
                term = Term(
                    form,
                    weight=_related_weight(other),
                    origin=Origin.CONCEPT if other.is_concept else Origin.SYNONYM,
                    labels=_labels_of(other, labels),
                )
                for number in at:
                    if all(known.form != form for known in terms[number]):
                        terms[number].append(term)
    return Expansion(_words(terms, supporting), tuple(shown.values()))


def with_substitutes(expansion: Expansion, unmatched: Collection[int]) -> Expansion:
    """The same words, but what is near to a word that no page has stands for it.

    Else such a word would count nothing, and what is near to it neither.

    Args:
        expansion: as it was asked.
        unmatched: positions of the words that no page has.
    """
    words = list(expansion.words)
    substituted = []
    for number in sorted(unmatched):
        terms = tuple(map(_substitute, words[number].terms))
        if terms != words[number].terms:
            words[number] = replace(words[number], terms=terms)
            substituted.append(number)
    return replace(expansion, words=tuple(words), substituted=tuple(substituted))


def _substitute(term: Term) -> Term:
    if term.origin != Origin.CONCEPT:
        return term
    return replace(term, weight=_SUBSTITUTE_WEIGHT, origin=Origin.SUBSTITUTE)


def with_parts(
    expansion: Expansion, tokens: Sequence[Token], unmatched: Collection[int]
) -> Expansion:
    """The same words, which also find pages that have only one part of a compound.

    Args:
        expansion: nothing was found by it.
        tokens: of the query, one for each word.
        unmatched: positions of the words that no page has.
    """
    parts = [
        _outer_parts(token) if number in unmatched else [] for number, token in enumerate(tokens)
    ]
    words = tuple(
        replace(
            word,
            terms=word.terms
            + tuple(Term(part, (), _PART_WEIGHT, Origin.SYNONYM) for part in compound),
        )
        for word, compound in zip(expansion.words, parts, strict=True)
    )
    named = dict.fromkeys(restore_umlauts(part).capitalize() for found in parts for part in found)
    return replace(expansion, words=words, parts=tuple(named))


def _outer_parts(token: Token) -> list[str]:
    """*Führungskraft* and *Entwicklung*, without what these consist of."""
    parts = [part for part in token.parts if not part.startswith(FAMILY_MARK)]
    return [part for part in parts if not any(part != other and part in other for other in parts)]


def _words(terms: Iterable[Sequence[Term]], supporting: Iterable[bool]) -> tuple[Word, ...]:
    return tuple(Word(tuple(ways), less) for ways, less in zip(terms, supporting, strict=True))


def excluded_terms(query: Query, labels: LabelWords) -> tuple[Term, ...]:
    """What pages must not have."""
    forms = {token.form for token in query.parsed.excluded}
    return tuple(
        Term(token.form, labels=_labels(token.form, forms, labels))
        for token in query.parsed.excluded
    )


def phrases_of(query: Query) -> tuple[Phrase, ...]:
    """The quoted texts of ``query``."""
    return tuple(
        Phrase(fold(text), tuple(token.form for token in analyse(text, query.language)))
        for text in query.parsed.phrases
    )


def marks(words: Iterable[Word]) -> list[Token]:
    """Tokens for the highlighter: what was typed first, then everything else."""
    terms = sorted((t for word in words for t in word.terms), key=lambda term: -term.weight)
    return [
        Token("", 0, 0, form, term.parts if len(term.forms) == 1 else ())
        for term in terms
        for form in term.forms
    ]


def _related_weight(other: Related) -> float:
    if not other.is_concept:
        return _SYNONYM_WEIGHT
    return _SAME_WORLD_WEIGHT if other.is_same_world else _CONCEPT_WEIGHT


def _bare_verb(token: Token) -> str:
    """A verb without the prefix that a sentence separates from it; empty for other words."""
    if not _is_verb(token):
        return ""
    for prefix in _PREFIXES:
        bare = token.form.removeprefix(prefix)
        if bare != token.form and is_verb(bare):
            return bare
    return ""


def _last_particle(query: Query) -> str:
    """The prefix that a sentence leaves at its end: *Wie spricht man Kollegen an?*"""
    if not query.language.startswith("de"):
        return ""
    last = fold(query.text.rstrip(" ?!.").rpartition(" ")[2])
    return last if last in _PREFIXES else ""


def _is_verb(token: Token) -> bool:
    return FAMILY_MARK + token.form in token.parts


def _is_supporting(token: Token) -> bool:
    """Whether it is a word of the dictionary, but no noun."""
    return _is_verb(token) or is_other_word(token.form)


def _labels(
    form: str, typed: frozenset[str] | set[str], labels: LabelWords
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    keys: dict[str, list[str]] = defaultdict(list)
    for facet, key, words in labels.get(form, ()):
        if len(words) <= _SHORT_LABEL or words <= typed:
            keys[facet].append(key)
    return tuple((facet, tuple(found)) for facet, found in keys.items())


def _labels_of(other: Related, labels: LabelWords) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Values of facets that are called just as ``other``."""
    forms = frozenset(token.form for token in other.tokens)
    keys: dict[str, list[str]] = defaultdict(list)
    for facet, key, words in labels.get(other.tokens[0].form, ()):
        if words == forms:
            keys[facet].append(key)
    return tuple((facet, tuple(found)) for facet, found in keys.items())


def label_words(tables: Mapping[str, FacetTable], language: str) -> LabelWords:
    """The words by which values of facets are named; cached until something public changes."""
    return cached(("search.label_words", language), lambda: _label_words(tables, language))


def _label_words(tables: Mapping[str, FacetTable], language: str) -> LabelWords:
    words: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    for name, facet in registry.facets().items():
        if not facet.is_searchable or name not in tables:
            continue
        for choice in tables[name].choices():
            label = frozenset(token.form for token in query_tokens(choice.label, language))
            for form in label:
                words[form].append((name, choice.key, label))
            for token in query_tokens(choice.words, language):
                if token.form not in label:
                    words[token.form].append((name, choice.key, frozenset({token.form})))
    return dict(words)
