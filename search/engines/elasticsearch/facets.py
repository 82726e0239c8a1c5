"""What a value of a facet finds, as clauses; in rows: :mod:`search.engines.facet_filters`."""

from collections.abc import Iterable
from datetime import date

from search.dates import DateRange, NamedDate
from search.engines.base import EngineQuery
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.mapping import Json, facet_field

#: More values of a facet than this are not counted.
_MAX_VALUES = 10_000


class FacetClauses:
    """The facets of a query.

    Args:
        query: says which keys are ranges of dates.
    """

    def __init__(self, query: EngineQuery) -> None:
        self._query = query

    def has(self, name: str, keys: Iterable[str]) -> Json:
        """A filter for what any of ``keys`` finds."""
        if (ranges := self._query.ranges.get(name)) is not None:
            return clauses.any_of(_in_range(ranges[key]) for key in keys if key in ranges)
        return clauses.has_keys(name, keys)

    def counting(self, name: str) -> Json:
        """Aggregations that count what each key finds, by name."""
        found: Json = {name: {"terms": {"field": facet_field(name), "size": _MAX_VALUES}}}
        if ranges := self._query.ranges.get(name):
            filters = {key: self.has(name, (key,)) for key in ranges}
            found[f"~{name}"] = {"filters": {"filters": filters}}
        return found

    def read_counts(self, name: str, answer: Json) -> dict[str, int]:
        """What the aggregations of a facet have counted."""
        own = {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
        other = answer.get(f"~{name}", {}).get("buckets", {})
        return {**own, **{key: bucket["doc_count"] for key, bucket in other.items()}}


def _in_range(wanted: DateRange) -> Json:
    days: Json = {}
    if wanted.first:
        days["gte"] = wanted.first.isoformat()
    if wanted.last:
        days["lte"] = wanted.last.isoformat()
    field = f"dates.{wanted.date.edge}"
    conditions: list[Json] = [_is_named(wanted.date)]
    conditions.append({"range": {field: days}} if days else {"exists": {"field": field}})
    return {"nested": {"path": "dates", "query": clauses.all_of(conditions)}}


def _is_named(named: NamedDate) -> Json:
    return {"term": {"dates.name": named.name}}


def soonest_first(named: NamedDate, today: date) -> Json:
    """Sort by the next date of what is not over; pages without one come last."""
    is_ahead: Json = {"range": {"dates.last": {"gte": today.isoformat()}}}
    return {
        f"dates.{named.edge}": {
            "order": "asc",
            "mode": "min",
            "missing": "_last",
            "nested": {"path": "dates", "filter": clauses.all_of([_is_named(named), is_ahead])},
        }
    }
