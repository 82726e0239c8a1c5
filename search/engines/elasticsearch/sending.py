"""Entries on their way to an index, many in one request."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from elasticsearch import ApiError, Elasticsearch

from search.engines.elasticsearch.mapping import Json, document
from search.models import Entry, EntryFacet

#: So many entries, or so many characters of tokens, are sent in one request.
BATCH = 500
_MOST_CHARACTERS = 8_000_000
_OK, _NOT_FOUND, _CONFLICT = range(200, 300), 404, 409
#: The document or the request is wrong, and will be the next time.
_REFUSALS = {400, 413}


class IndexMissing(Exception):
    """There is no such index or alias: it was deleted, or the server has lost its data."""


class ServerBusy(Exception):
    """The server takes nothing at the moment: overloaded, read-only, or its disk is full."""


@dataclass(frozen=True)
class Sent:
    """What became of some entries.

    Args:
        taken: page ids of those that the index holds now.
        refused: reasons by page id; sent again, they would be refused again.
        newer: page ids of those of which the index holds a newer version.
    """

    taken: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    newer: list[int] = field(default_factory=list)


def send(
    client: Elasticsearch,
    index: str,
    entries: Sequence[Entry],
    *,
    is_alias: bool = True,
    refresh: bool = False,
) -> Sent:
    """Send entries; removed ones are deleted from the index.

    Versions are the entries' own (external versioning), so a late request never overwrites a newer
    state, and sending an entry again changes nothing.

    Args:
        client: of the server.
        index: name of the index or alias.
        entries: to be sent.
        is_alias: whether ``index`` is an alias; then no index is made where it is missing.
        refresh: whether searches shall see them at once.

    Raises:
        IndexMissing: the index does not exist.
        ServerBusy: the server refuses everything for the moment.
        elasticsearch.ApiError: it refuses otherwise.
        elasticsearch.TransportError: it does not answer.
    """
    facets = _facets(entries)
    sent = Sent()
    for batch in _batches(entries):
        operations = [line for entry in batch for line in _lines(entry, facets[entry.page_id])]
        try:
            answer = client.bulk(
                index=index, operations=operations, require_alias=is_alias, refresh=refresh
            )
        except ApiError as error:
            _raise_if_busy(error.status_code, str(error))
            if error.status_code not in _REFUSALS:
                raise
            _send_apart(client, index, batch, sent, str(error), is_alias=is_alias, refresh=refresh)
        else:
            _read(answer.body["items"], sent)
    return sent


def _facets(entries: Iterable[Entry]) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    ids = [entry.page_id for entry in entries]
    rows = EntryFacet.objects.filter(entry_id__in=ids)
    for entry_id, name, value in rows.values_list("entry_id", "name", "value"):
        found[entry_id][name].append(value)
    return found


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    characters = 0
    for entry in entries:
        size = len(entry.title_tokens) + len(entry.summary_tokens) + len(entry.text_tokens)
        if batch and (len(batch) == BATCH or characters + size > _MOST_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(entry)
        characters += size
    if batch:
        yield batch


def _lines(entry: Entry, facets: dict[str, list[str]]) -> Iterator[Json]:
    about = {"_id": str(entry.page_id), "version": entry.version, "version_type": "external_gte"}
    if entry.removed:
        yield {"delete": about}
    else:
        yield {"index": about}
        yield document(entry, facets)


def _send_apart(
    client: Elasticsearch,
    index: str,
    batch: list[Entry],
    sent: Sent,
    reason: str,
    **options: bool,
) -> None:
    """A request was refused as a whole: find out what is wrong with it."""
    if len(batch) == 1:
        sent.refused[batch[0].page_id] = reason
        return
    half = len(batch) // 2
    for part in (batch[:half], batch[half:]):
        found = send(client, index, part, **options)
        sent.taken.extend(found.taken)
        sent.refused.update(found.refused)
        sent.newer.extend(found.newer)


def _read(items: list[Json], sent: Sent) -> None:
    """What became of each document."""
    for item in items:
        ((kind, result),) = item.items()
        page_id, status, error = int(result["_id"]), result["status"], result.get("error") or {}
        reason = f"{error.get('type', '')}: {error.get('reason', '')}"
        if error.get("type") == "index_not_found_exception":
            raise IndexMissing(reason)
        _raise_if_busy(status, reason)
        if status in _OK or (kind == "delete" and status == _NOT_FOUND):
            sent.taken.append(page_id)
        elif status == _CONFLICT:
            sent.newer.append(page_id)
        else:
            sent.refused[page_id] = reason


def _raise_if_busy(status: int, reason: str) -> None:
    """Not the document is refused but all of them, for now: full disk, read-only, overloaded."""
    if status in {403, 429, 502, 503, 504}:
        raise ServerBusy(reason)
