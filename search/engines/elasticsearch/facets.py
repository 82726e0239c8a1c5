"""What a value of a facet finds, as clauses; in rows: :mod:`search.engines.facet_filters`."""

from collections.abc import Iterable, Sequence
from datetime import date

from search.dates import DateRange, NamedDate
from search.engines.base import EngineQuery
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.mapping import ALL_KEYS, KEY_SEPARATOR, Json, facet_field

#: More values than this are not counted.
_MAX_VALUES = 20_000


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

    def counting(self, names: Sequence[str]) -> Json:
        """Aggregations that count what each key of facets finds, by name.

        Of several facets the field with the keys of all is read once, which takes less than half
        as long as to read each.
        """
        found: Json = {}
        if len(names) > 1:
            found[ALL_KEYS] = {"terms": {"field": ALL_KEYS, "size": _MAX_VALUES}}
        elif names:
            (name,) = names
            found[name] = {"terms": {"field": facet_field(name), "size": _MAX_VALUES}}
        for name in names:
            if ranges := self._query.ranges.get(name):
                filters = {key: self.has(name, (key,)) for key in ranges}
                found[f"~{name}"] = {"filters": {"filters": filters}}
        return found

    def read_counts(self, names: Sequence[str], answer: Json) -> dict[str, dict[str, int]]:
        """What the aggregations have counted, by facet and key."""
        found: dict[str, dict[str, int]] = {name: {} for name in names}
        for aggregation, counted in answer.get("aggregations", {}).items():
            if aggregation == ALL_KEYS:
                for bucket in counted["buckets"]:
                    name, _separator, key = bucket["key"].partition(KEY_SEPARATOR)
                    if name in found:
                        found[name][key] = bucket["doc_count"]
            elif aggregation in found:
                buckets = counted["buckets"]
                found[aggregation] |= {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        for name in names:
            ranges = answer.get("aggregations", {}).get(f"~{name}", {}).get("buckets", {})
            found[name] |= {key: bucket["doc_count"] for key, bucket in ranges.items()}
        return found


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
