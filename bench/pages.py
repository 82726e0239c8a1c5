"""What every public page type and list costs."""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from itertools import cycle, islice
from typing import NamedTuple
from urllib.parse import quote_plus

from django.utils import translation
from wagtail.models import Site

from bench.corpus import Corpus
from bench.measure import Cost, Visitor, figures, forget, forget_arrays, forget_content, timed
from bench.report import Row
from cms.jobs.renditions import scale_pictures
from cms.models import BasePage
from examples.models import ExamplePage
from regions.models import HouseIndexPage, Region
from regions.provisioning.create import national_sections
from search import registry
from search.analysis import highlight, query_tokens
from search.models import Entry

_FREQUENT = ("Verein", "Betrieb", "Menschen", "Haus", "Zeit", "Arbeit", "Kooperation")
_RESTARTS, _WARM = 5, 20
#: Hits of a page of results, and characters of the passage of each.
_SNIPPETS, _PASSAGE = 20, 260


class Kind(NamedTuple):
    """Pages of one kind: name, kind of limit, addresses without end, expected status."""

    name: str
    limit: str
    addresses: Iterator[str]
    status: int = 200


def _paths(model: type[BasePage], corpus: Corpus) -> list[str]:
    """Addresses of the live German pages of a type, in a random but repeatable order."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = model.objects.live().descendant_of(root).order_by("pk")
    paths = [path[len(root.url_path) - 1 :] for path in pages.values_list("url_path", flat=True)]
    corpus.random.shuffle(paths)
    return paths


def _like(corpus: Corpus, *patterns: str) -> Iterator[str]:
    """Addresses like the patterns, without end.

    Args:
        corpus: what words and places are drawn from.
        patterns: ``{page}``, ``{region}``, ``{land}``, ``{number}``, ``{place}``, ``{words}``,
            ``{frequent}`` (words most pages have: the hardest case), or the name of a vocabulary
            for one of its terms.
    """
    chance = corpus.random
    regions = list(Region.objects.order_by("pk").values("slug", "land"))
    texts = " ".join(corpus.sentences).split()
    known = sorted({word.strip(".,:;!?„“()") for word in texts if len(word) > 3})
    while True:
        region = chance.choice(regions)
        values = {
            "page": str(chance.randint(2, 30)),
            "region": region["slug"],
            "land": region["land"],
            "number": str(chance.randint(0, 10**9)),
            "place": corpus.place(),
            "words": " ".join(chance.sample(known, chance.choice([1, 1, 1, 2, 2, 3, 4]))),
            "frequent": " ".join(chance.sample(_FREQUENT, chance.randint(1, 3))),
        }
        for vocabulary in ("topic", "party", "procedure", "result"):
            values[vocabulary] = corpus.keys(vocabulary, 1)[0]
        quoted = {name: quote_plus(value) for name, value in values.items()}
        yield chance.choice(patterns).format(**quoted)


def _kinds() -> Iterator[Kind]:
    """Everything that is measured, in the order of the table: all that is found, and its lists."""
    corpus = Corpus(seed=7)

    def lists(name: str, *patterns: str) -> Kind:
        return Kind(name, "list", _like(corpus, *patterns))

    yield Kind("home page", "detail", cycle(["/"]))
    for model in registry.documents():
        name = str(model._meta.verbose_name).lower()
        yield Kind(name, "detail", cycle(_paths(model, corpus)))
    plain = cycle(f"/plain{path}" for path in _paths(ExamplePage, corpus))
    yield Kind("plain Wagtail page of an example", "", plain)
    missing = _like(corpus, "/beispiele/gibt-es-nicht-{number}/")
    yield Kind("not found (404)", "detail", missing, 404)
    yield lists("list of houses", "/haeuser/", "/haeuser/?seite=2", "/haeuser/?land={land}")
    for section in national_sections():
        if section.page_model is not HouseIndexPage:
            name = str(section.page_model._meta.verbose_name).lower()
            path, more = f"/{section.slug}/", [f"/haeuser/{{region}}/{section.slug}/"]
            patterns = (f"{path}?seite={{page}}", f"{path}?sortierung=titel")
            yield lists(name, *patterns, *(more if section.in_houses else []))
    several = "/beispiele/?thema={topic}&beteiligte={party}&verfahren={procedure}"
    yield lists("examples, filtered", several, "/beispiele/?ergebnis={result}&region={region}")
    topics, words = "/suche/?thema={topic}", "/suche/?q={words}"
    yield lists("search, filters only", topics, f"{topics}&typ=beispiel", f"{topics}&typ=seite")
    yield lists("search, words", words, f"{words}&thema={{topic}}", "/suche/?q={place}")
    yield lists("search, frequent words", "/suche/?q={frequent}")


def measure(requests: int) -> list[Row]:
    """Ask for ``requests`` pages of every kind, each with cold caches; gives figures."""
    scale_pictures()
    visitor = Visitor()

    def ask(before: Callable[[], None], addresses: Iterable[str], status: int) -> list[Cost]:
        costs = []
        for address in addresses:
            before()
            cost = visitor.get(address, status, HTTPStatus.FOUND)
            if visitor.location:  # a list with fewer pages leads to its last
                before()
                cost = visitor.get(visitor.location, status)
            costs.append(cost)
        return costs

    rows = []
    with translation.override(None):
        kinds = list(_kinds())
    for name, limit, addresses, status in kinds:
        ask(lambda: None, islice(addresses, 1), status)
        warm = ask(lambda: None, islice(addresses, _WARM), status)
        cold = ask(forget, islice(addresses, requests), status)
        changed = ask(forget_content, islice(addresses, requests), status)
        rows.append(figures(name, limit, cold, warm, changed))
    # The first list a new process shows: it reads the facets of all entries.
    first = ask(forget_arrays, ["/beispiele/"] * _RESTARTS, 200)
    rows.append(figures("examples, first in a process", "", first))
    marked = [_highlight(start) for start in range(requests + 1)][1:]
    return [*rows, figures(f"highlighting of {_SNIPPETS} hits", "highlight", marked)]


def _highlight(start: int) -> Cost:
    """Mark the words of a search in as many texts as a page of results shows."""
    words = query_tokens(" ".join(_FREQUENT[:3]), "de")
    texts = [entry.text for entry in Entry.objects.order_by("pk")[start : start + _SNIPPETS]]
    return timed(lambda: [highlight(text, words, "de", _PASSAGE) for text in texts])[0]


def example_paths() -> list[str]:
    """Addresses of all public German examples, in the order they are asked for."""
    return _paths(ExamplePage, Corpus(seed=7))
