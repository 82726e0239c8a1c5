"""All terms of all vocabularies, cached per content version: pages ask for them often."""

from cms.delivery.content_version import cached
from cms.models import Term
from cms.models.vocabulary import with_labels


def known_terms() -> dict[int, Term]:
    """All terms with their labels by primary key, in the order of their vocabularies."""
    return cached(("terms",), lambda: {term.pk: term for term in with_labels(Term.objects.all())})


def terms_of(vocabulary: str) -> dict[str, Term]:
    """The terms of one vocabulary by key, in their order."""
    found = (term for term in known_terms().values() if term.vocabulary == vocabulary)
    return {term.key: term for term in found}
