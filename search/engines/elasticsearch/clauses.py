"""Words and filters in Elasticsearch's query language.

The levels are those of :mod:`search.engines.matching`: a word counts by the best of its terms, a
term by where it stands. All of it is ``constant_score`` in ``dis_max``, so that the score of a page
is what the database engine computes; BM25 of the index is not used.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.analysis.lemmas import FAMILY_MARK
from search.engines.base import Near, Phrase, Term, Word
from search.engines.elasticsearch.mapping import Json, facet_field
from search.engines.matching import (
    FAMILY,
    FORM,
    HOLDS,
    LABEL,
    LITERAL,
    ONE_PART,
    OWN_PARTS,
    PART,
    TITLE,
)
from search.engines.nearness import (
    ELSEWHERE,
    LAND,
    NATIONAL,
    NEARER_IN_LAND,
    OTHER_HOUSE,
    OWN,
    REACH_KILOMETRES,
)
from search.registry import REGION_FACET, TYPE_FACET

#: After the name of a word, before the number of one of its clauses.
NAME_END = ":"
MATCH_ALL: Json = {"match_all": {}}
MATCH_NONE: Json = {"match_none": {}}


def all_of(filters: Iterable[Json]) -> Json:
    """A filter for what passes all of ``filters``."""
    found = list(filters)
    if len(found) == 1:
        return found[0]
    return {"bool": {"filter": found}} if found else MATCH_ALL


def any_of(filters: Iterable[Json]) -> Json:
    """A filter for what passes one of ``filters``."""
    found = list(filters)
    if len(found) == 1:
        return found[0]
    return {"bool": {"should": found, "minimum_should_match": 1}} if found else MATCH_NONE


def none_of(filters: Iterable[Json]) -> Json:
    """A filter for what passes none of ``filters``."""
    return {"bool": {"must_not": list(filters)}}


def joined(conditions: Iterable[Json]) -> list[Json]:
    """``conditions`` with all single terms of a field in one clause: there may be hundreds."""
    values: dict[str, list[str]] = defaultdict(list)
    others: list[Json] = []
    for condition in conditions:
        if "term" in condition:
            ((field, value),) = condition["term"].items()
            values[field].append(value)
        else:
            others.append(condition)
    return [{"terms": {field: found}} for field, found in values.items()] + others


def constant(condition: Json, score: float) -> Json:
    """``score`` for what passes ``condition``."""
    return {"constant_score": {"filter": condition, "boost": score}}


def has_keys(facet: str, keys: Iterable[str]) -> Json:
    """A filter for what has any of ``keys``."""
    return {"terms": {facet_field(facet): list(keys)}}


def has_form(form: str) -> Json:
    """A filter for what has ``form`` in any field, as a word or as a part of one."""
    return any_of([{"term": {"forms": form.lower()}}, {"term": {"parts": form.lower()}}])


class WordClauses:
    """A word as a filter and as a score.

    Args:
        word: with the ways to say it.
        near: the place that the word names, if it names one.
    """

    def __init__(self, word: Word, near: "NearClauses | None" = None) -> None:
        self._terms = word.terms
        self._near = near

    def holds(self) -> Json:
        """A filter for what counts as having the word."""
        conditions = _conditions(term for term in self._terms if term.weight >= HOLDS)
        if self._near:
            conditions.append(self._near.there)
        return any_of(joined(conditions))

    def holds_literally(self) -> Json:
        """A filter for what has the word itself, and not only another that is near to it."""
        literal = (term for term in self._terms if term.origin in LITERAL)
        return any_of(joined(_conditions(literal, least=LABEL)))

    def strength(self, factor: float, name: str) -> Json:
        """How well a page has the word, 0 to 1, times ``factor``.

        Named for its own score is only what no other can tell: of a place all of it, else what
        stands in no token of a page (:func:`search.engines.reranking.rerank`). The server looks
        everything named up once more for every hit.
        """
        if not self._near:
            return {"dis_max": {"queries": self._scores(factor, name=name)}}
        found = [*self._scores(factor), *self._near.scores(factor)]
        return {"dis_max": {"queries": found, "_name": name}}

    def share(self, factor: float) -> Json:
        """As :meth:`strength` without being near, and weak matches count in part."""
        found = self._scores(factor, full=OWN_PARTS)
        if self._near:
            found.append(constant(self._near.own, factor))
        return {"dis_max": {"queries": found}}

    def shares(self, factor: float) -> Iterator[tuple[float, Json]]:
        """What :meth:`share` comes to for a page, and by which condition."""
        for term in self._terms:
            scale = term.weight / OWN_PARTS
            for level, condition in _levels(term):
                yield min(1.0, level * scale) * factor, condition
            parts = _compound(term)
            for number in range(1, len(parts)):
                some: Json = {"should": [has_form(part) for part in parts]}
                share = ONE_PART * scale * factor * number / len(parts)
                yield share, {"bool": {**some, "minimum_should_match": number}}
        if self._near:
            yield factor, self._near.own

    def _scores(self, factor: float, full: float = 0, name: str = "") -> list[Json]:
        """Scores of all terms.

        Args:
            factor: of all scores.
            full: from this strength on, a match counts as 1.
            name: how the names of clauses begin that find what no token says.
        """
        conditions: dict[tuple[float, bool], list[Json]] = defaultdict(list)
        found: list[Json] = []
        for term in self._terms:
            scale = term.weight / full if full else term.weight
            for level, condition in _levels(term):
                is_named = bool(name) and (level == LABEL or len(term.forms) > 1)
                conditions[min(1.0, level * scale), is_named].append(condition)
            parts = _compound(term)
            if len(parts) > 1:
                one = constant_scores(parts, ONE_PART * scale * factor / len(parts))
                found.append({"bool": {"should": one}})
        for number, ((strength, is_named), alike) in enumerate(conditions.items()):
            score = constant(any_of(joined(alike)), strength * factor)
            if is_named:
                score["constant_score"]["_name"] = f"{name}{NAME_END}{number}"
            found.append(score)
        return found


def constant_scores(parts: Iterable[str], score: float) -> list[Json]:
    """``score`` for each of ``parts`` that a page has."""
    return [constant(has_form(part), score) for part in parts]


def _compound(term: Term) -> list[str]:
    """The parts of a compound, without the family of the word."""
    if len(term.forms) > 1:
        return []
    return [part for part in term.parts if not part.startswith(FAMILY_MARK)]


def _levels(term: Term) -> Iterator[tuple[float, Json]]:
    """What a page may have of ``term``, with its level."""
    if len(term.forms) > 1:
        yield FORM, all_of({"term": {"forms": form.lower()}} for form in term.forms)
    else:
        form = term.form.lower()
        yield TITLE, {"term": {"title": form}}
        yield FORM, {"term": {"forms": form}}
        yield PART, {"term": {"parts": form}}
        for part in term.parts:
            if part.startswith(FAMILY_MARK):
                yield FAMILY, {"term": {"parts": part.lower()}}
        if parts := _compound(term):
            yield OWN_PARTS, all_of(has_form(part) for part in parts)
    for facet, keys in term.labels:
        yield LABEL, has_keys(facet, keys)


def _conditions(terms: Iterable[Term], least: float = 0) -> list[Json]:
    """What has any of ``terms`` on a level of ``least`` or more."""
    levels = (found for term in terms for found in _levels(term))
    return [condition for level, condition in levels if level >= least]


def excluded(term: Term) -> Json:
    """A filter for what an excluded term excludes."""
    conditions = [all_of(has_form(form) for form in term.forms)]
    conditions += [has_keys(facet, keys) for facet, keys in term.labels]
    return any_of(conditions)


def phrase(found: Phrase) -> Json:
    """A filter for what may hold a phrase: its words stand in this order in one field."""
    if not found.forms:
        return MATCH_ALL
    text = " ".join(form.lower() for form in found.forms)
    return {"match_phrase": {"forms": text}}


class NearClauses:
    """The place of a query as filters and as a score.

    See :class:`search.engines.nearness.Nearness`, which says the same of rows in memory.
    """

    def __init__(self, near: Near) -> None:
        self._near = near
        self.own = has_keys(REGION_FACET, [near.region]) if near.region else MATCH_NONE
        self._regional: Json = {"exists": {"field": facet_field(REGION_FACET)}}
        self._in_land = has_keys(REGION_FACET, near.land_regions)
        self._house = all_of([has_keys(TYPE_FACET, near.house_types), none_of([self.own])])
        #: What counts as being there.
        self.there = self.own if near.region else self._texts_of_land()

    def within(self, radius: int) -> Json:
        """A filter for what is at most so many kilometres away, and all of the own region."""
        place = {"lat": self._near.lat, "lon": self._near.lon}
        around: Json = {"geo_distance": {"distance": f"{radius}km", "place": place}}
        return any_of([self.own, around])

    def scores(self, factor: float) -> list[Json]:
        """How near a page is, 0 to 1, times ``factor``: none of these find the same pages."""
        texts = [none_of([self.own])]
        found = [constant(self.own, OWN * factor)]
        if not self._near.region:
            found.append(self._decay([self._house], OTHER_HOUSE * factor))
            texts.append(none_of([self._house]))
        in_land = [*texts, self._in_land]
        elsewhere = [*texts, self._regional, none_of([self._in_land])]
        national = [*texts, none_of([self._regional])]
        nearer = self._decay([], NEARER_IN_LAND * factor)
        return [
            *found,
            {"bool": {"must": [constant(all_of(in_land), LAND * factor)], "should": [nearer]}},
            self._decay(elsewhere, ELSEWHERE * factor),
            constant(all_of(national), NATIONAL * factor),
        ]

    def _texts_of_land(self) -> Json:
        texts = any_of([self._in_land, none_of([self._regional])])
        return all_of([none_of([self._house]), texts])

    def _decay(self, conditions: Sequence[Json], weight: float) -> Json:
        """``weight``, less with the distance; nothing where a page has no place."""
        place = {"lat": self._near.lat, "lon": self._near.lon}
        shape: Mapping[str, object] = {
            "origin": place,
            "scale": f"{REACH_KILOMETRES}km",
            "decay": 0.36787944117144233,  # 1/e
        }
        return {
            "function_score": {
                "query": all_of([*conditions, {"exists": {"field": "place"}}]),
                "functions": [{"exp": {"place": shape}, "weight": weight}],
                "boost_mode": "replace",
            }
        }
