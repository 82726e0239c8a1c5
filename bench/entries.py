"""Search entries of any number, with a row for the page of each and nothing else of it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from bench.analyze import analyze
from bench.corpus import Corpus
from cms.models import Term
from regions.models import Region
from search import registry, vocabulary
from search.analysis import ANALYSIS_VERSION, index_string
from search.engines.fulltext import get_fulltext
from search.models import Entry, EntryFacet, IndexClock
from search.sync import fulltext_row

_FIRST_ID, _BATCH = 1_000_000, 500
#: As many as there are districts.
_REGIONS = 400
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) ")
#: Sentences of the text of an entry, at least and at most.
_SENTENCES = (4, 20)


def fill(number: int) -> int:
    """Generate entries with facets until there are ``number``; gives how many there are."""
    corpus = Corpus()
    _add_regions(corpus)
    missing = number - Entry.objects.count()
    for start in range(0, missing, _BATCH):
        with transaction.atomic():
            IndexClock.advance()
            _write(corpus, _FIRST_ID + Entry.objects.count(), min(_BATCH, missing - start))
    analyze()
    return Entry.objects.count()


def _add_regions(corpus: Corpus) -> None:
    """Regions without houses, until there are enough."""
    lands = sorted({*Region.objects.values_list("land", flat=True)})
    numbers = range(Region.objects.count(), _REGIONS)
    Region.objects.bulk_create(
        Region(
            name=f"Region {number}", slug=f"region-{number}", land=corpus.random.choice(lands),
            lat=corpus.random.uniform(47.5, 54.5), lon=corpus.random.uniform(6.5, 14.5),
            notification_email=f"region-{number}@example.org",
        )
        for number in numbers
    )  # fmt: skip


def _write(corpus: Corpus, first: int, number: int) -> None:
    chance, version = corpus.random, IndexClock.version().counter
    entries, facets = [], []
    types = [document.type_key for document in registry.documents().values()]
    regions = list(Region.objects.values_list("pk", flat=True))
    vocabularies = {f.name: f.vocabulary for f in registry.facets().values() if f.vocabulary}
    terms = {
        name: list(Term.objects.filter(vocabulary=vocabulary).values_list("key", flat=True))
        for name, vocabulary in vocabularies.items()
    }
    for page_id in range(first, first + number):
        title, summary = corpus.title(), corpus.summary()
        text = corpus.text(chance.randint(*_SENTENCES))
        region = chance.choice(regions)
        entries.append(
            Entry(
                page_id=page_id, locale="de", type_key=chance.choice(types), region_id=region,
                title=title, summary=summary, text=text, version=version,
                title_tokens=index_string(title, "de"),
                summary_tokens=_tokens(summary), text_tokens=_tokens(text),
                analysis_version=ANALYSIS_VERSION, date=timezone.localdate(),
                lat=chance.uniform(47.5, 54.5), lon=chance.uniform(6.5, 14.5),
            )
        )  # fmt: skip
        keys = [("region", str(region))]
        for name, known in terms.items():
            keys += [(name, k) for k in chance.sample(known, min(len(known), chance.randint(0, 3)))]
        facets += [EntryFacet(entry_id=page_id, name=name, value=key) for name, key in keys]
    _write_pages(entries)
    Entry.objects.bulk_create(entries)
    EntryFacet.objects.bulk_create(facets)
    get_fulltext().write([fulltext_row(entry) for entry in entries])
    counts: vocabulary.Counts = Counter()
    for entry in entries:
        new = (entry.title, entry.summary, entry.text)
        counts.update(vocabulary.changes(entry.locale, (), new))
    vocabulary.add(counts)


def _write_pages(entries: Sequence[Entry]) -> None:
    """What lists show of pages; no page can be opened."""
    home = Site.objects.get(is_default_site=True).root_page
    kind, locale = ContentType.objects.get_for_model(Page), home.locale
    Page.objects.bulk_create(
        Page(
            pk=entry.page_id, path=Page._get_path(home.path, home.depth + 1, entry.page_id),
            depth=home.depth + 1, content_type=kind, locale=locale, live=True,
            title=entry.title, draft_title=entry.title, slug=f"eintrag-{entry.page_id}",
            url_path=f"{home.url_path}eintrag-{entry.page_id}/",
        )
        for entry in entries
    )  # fmt: skip


def _tokens(text: str) -> str:
    """As :func:`index_string`, which takes most of the time: the sentences are few."""
    return " ".join(filter(None, map(_tokens_of, _BETWEEN_SENTENCES.split(text))))


@lru_cache(10_000)
def _tokens_of(sentence: str) -> str:
    return index_string(sentence, "de")
