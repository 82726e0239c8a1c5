"""Entries follow pages: what is public is found, what is not is not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from cms.assets.illustrations import of_topics
from cms.delivery.content_version import process_versions
from search import registry, vocabulary
from search.analysis import ANALYSIS_VERSION, index_string
from search.dates import stored
from search.engines.elasticsearch import deliver_soon
from search.engines.fulltext import get_fulltext
from search.engines.lexemes import FulltextRow
from search.models import Entry, EntryFacet, IndexClock
from search.places import places
from search.plain_text import without_controls
from search.registry import REGION_FACET, TOPIC_FACET, AnyDocument

BATCH = 300
_TEXTS = ("title", "summary", "text")
_BLANK: dict[str, object] = {
    "title": "", "summary": "", "text": "", "illustration": "", "title_tokens": "",
    "summary_tokens": "", "text_tokens": "", "region_id": None, "date": None,
    "expires_at": None, "lat": None, "lon": None, "page_published_at": None,
    "dates": {},
}  # fmt: skip
_WRITTEN = [
    field.name
    for field in Entry._meta.concrete_fields
    if field.name not in {"page", "acknowledged_version", "delivery_error"}
]


@dataclass(frozen=True)
class _Source:
    """A live page with its document."""

    page: Page
    document: AnyDocument
    locale: str


def sync(page_ids: Iterable[int]) -> int:
    """Make the entries of these pages agree with what is public now.

    Reads the pages anew (an instance in hand may hold a draft), in few queries for
    many pages; runs inside the caller's transaction. Aliases and pages without a
    registered document have no entry. Doing it again changes nothing.

    Args:
        page_ids: pages that may have changed; unknown ids are pages that were deleted.

    Returns:
        How many entries had to be changed.
    """
    return len(sync_and_tell(page_ids))


def sync_and_tell(page_ids: Iterable[int]) -> list[int]:
    """As :func:`sync`, but returns the ids of the pages whose entry had to be changed."""
    ids = sorted({int(pk) for pk in page_ids})
    if not ids:
        return []
    changed: list[int] = []
    with transaction.atomic():
        # The lock comes before reading: of two transactions, the second sees what the
        # first has committed, so the last word is never an older state.
        version = IndexClock.lock().counter + 1
        # What documents ask the cache for, names or additions, is no older either.
        process_versions.expire()
        for start in range(0, len(ids), BATCH):
            changed += _sync_batch(ids[start : start + BATCH], version)
        if changed:
            IndexClock.advance()
            deliver_soon()
    return changed


def _sync_batch(ids: Sequence[int], version: int) -> list[int]:
    """Sync some pages.

    Returns:
        Ids whose entry was changed.
    """
    existing = Entry.objects.in_bulk(ids)
    old_facets: dict[int, set[tuple[str, str]]] = defaultdict(set)
    if existing:
        rows = EntryFacet.objects.filter(entry_id__in=existing)
        for entry_id, name, value in rows.values_list("entry_id", "name", "value"):
            old_facets[entry_id].add((name, value))
    changed: list[Entry] = []
    reindexed: list[Entry] = []
    new_facets: dict[int, set[tuple[str, str]]] = {}
    counts: vocabulary.Counts = Counter()
    sources = {source.page.pk: source for source in _sources(ids)}
    for pk in ids:
        entry, source = existing.get(pk), sources.get(pk)
        if source is None:
            if entry and not entry.removed:
                counts.update(vocabulary.changes(entry.locale, _texts(entry), ()))
                _set(entry, {**_BLANK, "removed": True, "removed_at": timezone.now()})
                changed.append(entry)
                new_facets[pk] = set()
            continue
        facets = _facets_of(source)
        is_new = entry is None or entry.removed
        entry = entry or Entry(page_id=pk)
        old_locale, old_texts = entry.locale, _texts(entry)
        text_changed = _fill_text(entry, source)
        fields_changed = _set(entry, _fields_of(source, facets))
        if text_changed:
            counts.update(vocabulary.changes(old_locale, old_texts, ()))
            counts.update(vocabulary.changes(entry.locale, (), _texts(entry)))
        if is_new or text_changed or fields_changed or facets != old_facets[pk]:
            changed.append(entry)
            if facets != old_facets[pk]:
                new_facets[pk] = facets
            if is_new or text_changed:
                reindexed.append(entry)
    for entry in changed:
        entry.version = version
    _write(changed, new_facets, reindexed)
    vocabulary.add(counts)
    return [entry.page_id for entry in changed]


def _sources(ids: Sequence[int]) -> Iterator[_Source]:
    """Live pages among ``ids``, in their specific class, one query per type and relation."""
    rows = Page.objects.filter(pk__in=ids, live=True, alias_of__isnull=True)
    by_type: dict[int, list[int]] = defaultdict(list)
    for pk, content_type_id in rows.order_by().values_list("pk", "content_type_id"):
        by_type[content_type_id].append(pk)
    if not by_type:
        return
    locales = dict(Locale.objects.values_list("pk", "language_code"))
    for content_type_id, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None or not issubclass(model, Page):
            continue
        document = registry.document_of(model)
        if document is None:
            continue
        pages = model.objects.filter(pk__in=pks)
        if document.select_related:
            pages = pages.select_related(*document.select_related)
        for page in pages.prefetch_related(*document.prefetch_related):
            yield _Source(page, document, locales[page.locale_id])


def _facets_of(source: _Source) -> set[tuple[str, str]]:
    facets = {
        (name, str(key))
        for name, keys in source.document.facets(source.page).items()
        for key in keys
    }
    for facet in registry.facets().values():
        if facet.extract:
            facets.update((facet.name, str(key)) for key in facet.extract(source.page) or ())
    return facets


def _fields_of(source: _Source, facets: set[tuple[str, str]]) -> dict[str, object]:
    """Everything of an entry but its texts."""
    page, document = source.page, source.document
    region = next((value for name, value in facets if name == REGION_FACET), None)
    lat, lon = _place_of(source) or (None, None)
    return {
        "locale": source.locale,
        "type_key": document.type_key,
        "region_id": int(region) if region else None,
        "illustration": getattr(page, "illustration", "")
        or of_topics(key for name, key in sorted(facets) if name == TOPIC_FACET),
        "date": document.date(page),
        "expires_at": document.expires_at(page),
        "dates": stored(document.periods(page)),
        "lat": lat,
        "lon": lon,
        "page_published_at": page.last_published_at,
        "removed": False,
        "removed_at": None,
    }


def _place_of(source: _Source) -> tuple[float, float] | None:
    known = places()
    own = source.document.place(source.page)
    return own or (known.of_page(source.page) if known else None)


def _fill_text(entry: Entry, source: _Source) -> bool:
    """Set texts and tokens; analyses only what is new.

    Returns:
        Whether anything changed.
    """
    language_changed = entry.locale != source.locale
    anew = entry.analysis_version != ANALYSIS_VERSION or language_changed
    changed = anew
    entry.analysis_version = ANALYSIS_VERSION
    for name in _TEXTS:
        # Blocks show labels in the active language: that of whoever publishes is another, perhaps.
        with override(source.locale):
            text = without_controls(getattr(source.document, name)(source.page) or "").strip()
        if anew or getattr(entry, name) != text:
            setattr(entry, name, text)
            setattr(entry, f"{name}_tokens", index_string(text, source.locale))
            changed = True
    return changed


def _texts(entry: Entry) -> list[str]:
    return [getattr(entry, name) for name in _TEXTS]


def _set(entry: Entry, values: dict[str, object]) -> bool:
    changed = False
    for name, value in values.items():
        if getattr(entry, name) != value:
            setattr(entry, name, value)
            changed = True
    return changed


def _write(
    changed: Sequence[Entry],
    new_facets: dict[int, set[tuple[str, str]]],
    reindexed: Sequence[Entry],
) -> None:
    """Write entries, facets and full text."""
    if not changed:
        return
    Entry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["page"], update_fields=_WRITTEN
    )
    if new_facets:
        EntryFacet.objects.filter(entry_id__in=new_facets).delete()
        EntryFacet.objects.bulk_create(
            EntryFacet(entry_id=pk, name=name, value=value)
            for pk, facets in new_facets.items()
            for name, value in sorted(facets)
        )
    fulltext = get_fulltext()
    if removed := [entry.page_id for entry in changed if entry.removed]:
        fulltext.remove(removed)
    if reindexed:
        fulltext.write([fulltext_row(entry) for entry in reindexed])


def fulltext_row(entry: Entry) -> FulltextRow:
    """What the full-text table holds of ``entry``."""
    return FulltextRow.read(
        entry.page_id, entry.title_tokens, entry.summary_tokens, entry.text_tokens
    )
