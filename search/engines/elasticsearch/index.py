"""Indexes and their alias.

An alias belongs to one history of the read model, so its name contains the epoch: a restored
database begins with an index of its own. Behind the alias stands one index at a time.
"""

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError

from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, fingerprint


def alias_of(epoch: int) -> str:
    """The name by which the index of a history is asked."""
    return f"{settings.ELASTICSEARCH_INDEX}-{epoch:x}"


def create_index(client: Elasticsearch, epoch: int) -> str:
    """Make an empty index without an alias.

    Returns:
        Its name.
    """
    name = f"{alias_of(epoch)}-{timezone.now():%Y%m%d%H%M%S%f}"
    mappings = {**MAPPINGS, "_meta": {"fingerprint": fingerprint()}}
    client.indices.create(index=name, mappings=mappings, settings=SETTINGS)
    return name


def indexes_of(client: Elasticsearch, epoch: int) -> list[str]:
    """All indexes of a history, the oldest first: more than one while it is rebuilt."""
    found = client.indices.get(index=f"{alias_of(epoch)}-*", ignore_unavailable=True)
    return sorted(found.body)


def current_index(client: Elasticsearch, epoch: int) -> str | None:
    """The index behind the alias, if there is one."""
    try:
        found = client.indices.get_alias(name=alias_of(epoch))
    except NotFoundError:
        return None
    return next(iter(sorted(found.body)), None)


def put_in_place(client: Elasticsearch, epoch: int, name: str) -> None:
    """Have the alias name this index and no other, at once for everybody."""
    alias = alias_of(epoch)
    others = [other for other in indexes_of(client, epoch) if other != name]
    actions = [
        {"remove": {"index": other, "alias": alias, "must_exist": False}} for other in others
    ]
    actions.append({"add": {"index": name, "alias": alias}})
    client.indices.update_aliases(actions=actions)


def delete_others(client: Elasticsearch, epoch: int, kept: str | None) -> None:
    """Delete all indexes of a history but one."""
    if others := [name for name in indexes_of(client, epoch) if name != kept]:
        client.indices.delete(index=",".join(others), ignore_unavailable=True)


def is_as_made(client: Elasticsearch, name: str) -> bool:
    """Whether an index has our present mapping, and nobody has changed it."""
    mapping = client.indices.get_mapping(index=name).body[name]["mappings"]
    if mapping.get("_meta", {}).get("fingerprint") != fingerprint():
        return False
    found = dict(mapping["properties"])
    facets = found.pop("facets", {}).get("properties", {})
    is_complete = found.keys() == MAPPINGS["properties"].keys() - {"facets"}
    return is_complete and all(facet["type"] == "keyword" for facet in facets.values())
