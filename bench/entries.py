"""Search entries of any number, without pages."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

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
#: Sentences of the text of an entry, at least and at most.
_SENTENCES = (4, 20)


def fill(number: int) -> int:
    """Generate entries with facets until there are ``number``; gives how many there are."""
    corpus = Corpus()
    missing = number - Entry.objects.count()
    for start in range(0, missing, _BATCH):
        with transaction.atomic():
            IndexClock.advance()
            _write(corpus, _FIRST_ID + Entry.objects.count(), min(_BATCH, missing - start))
    analyze()
    return Entry.objects.count()


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
                summary_tokens=index_string(summary, "de"),
                text_tokens=index_string(text, "de"),
                analysis_version=ANALYSIS_VERSION, date=timezone.localdate(),
                lat=chance.uniform(47.5, 54.5), lon=chance.uniform(6.5, 14.5),
            )
        )  # fmt: skip
        keys = [("region", str(region))]
        for name, known in terms.items():
            keys += [(name, k) for k in chance.sample(known, min(len(known), chance.randint(0, 3)))]
        facets += [EntryFacet(entry_id=page_id, name=name, value=key) for name, key in keys]
    Entry.objects.bulk_create(entries)
    EntryFacet.objects.bulk_create(facets)
    get_fulltext().write([fulltext_row(entry) for entry in entries])
    counts: vocabulary.Counts = Counter()
    for entry in entries:
        new = (entry.title, entry.summary, entry.text)
        counts.update(vocabulary.changes(entry.locale, (), new))
    vocabulary.add(counts)
