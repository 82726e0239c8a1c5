"""The thesaurus that searches use: the published records, read once per content version."""

from cms.delivery.content_version import cached
from search.analysis.thesaurus import Line, Thesaurus, thesaurus_of
from search.models import ThesaurusEntry


def current_thesaurus() -> Thesaurus:
    """Everything that is published; changed records are effective with the next search."""
    return thesaurus_of(cached("search.thesaurus", _lines))


def _lines() -> tuple[Line, ...]:
    rows = ThesaurusEntry.objects.filter(live=True).order_by("pk")
    return tuple(entry.line for entry in rows.only("kind", "words", "others"))
