"""What every public page type and list costs."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from urllib.parse import urlencode

from django.utils import translation
from wagtail.models import Site

from bench.corpus import Corpus
from bench.measure import Answer, Figures, Visitor, forget, forget_arrays, forget_frame
from cms.models import BasePage, CustomImage
from cms.models.media import PUBLIC_SPECS
from examples.models import CooperationFormPage
from regions.models import HouseIndexPage, Region
from regions.provisioning.create import national_sections
from search import registry

DETAIL, LIST = "detail", "list"
_FACETS = {
    "thema": "topic",
    "beteiligte": "party",
    "verfahren": "procedure",
    "ergebnis": "result",
}
_SORTS = ("datum", "titel")
_RESTARTS = 5
_WARM = 20


@dataclass(frozen=True)
class Kind:
    """Pages of one kind.

    Args:
        name: shown in the table.
        limit: which limit applies, :data:`DETAIL` or :data:`LIST`.
        addresses: gives addresses without end, each one only once as far as there are enough.
        status: the status every answer must have.
    """

    name: str
    limit: str
    addresses: Callable[[], Iterator[str]]
    status: int = 200


class Addresses:
    """Addresses to ask for, in a random but repeatable order."""

    def __init__(self) -> None:
        self._corpus = Corpus(seed=7)
        self._random: random.Random = self._corpus.random
        self._root = Site.objects.get(is_default_site=True).root_page
        self._regions = list(Region.objects.order_by("pk").values_list("slug", flat=True))
        self._lands = sorted(set(Region.objects.values_list("land", flat=True)))
        self._forms = self._slugs(CooperationFormPage)

    def _slugs(self, model: type[BasePage]) -> list[str]:
        pages = model.objects.live().descendant_of(self._root)
        return list(pages.order_by("pk").values_list("slug", flat=True))

    def of_type(self, model: type[BasePage]) -> Iterator[str]:
        """Live German pages of a type."""
        pages = model.objects.live().descendant_of(self._root).order_by("pk")
        paths = list(pages.values_list("url_path", flat=True))
        self._random.shuffle(paths)
        skipped = len(self._root.url_path) - 1
        return cycle([path[skipped:] for path in paths])

    def same(self, path: str) -> Iterator[str]:
        """The same address for every request."""
        return cycle([path])

    def list_pages(self, name: str, *, in_houses: bool = False) -> Iterator[str]:
        """A list, page by page and by other orders; below houses too."""
        while True:
            house = in_houses and self._random.random() < 0.5
            path = (
                f"/haeuser/{self._random.choice(self._regions)}/{name}/" if house else f"/{name}/"
            )
            query: list[tuple[str, str]] = []
            if self._random.random() < 0.3:
                query.append(("sortierung", self._random.choice(_SORTS)))
            if self._random.random() < 0.6:
                query.append(("seite", str(self._random.randint(2, 30))))
            yield f"{path}?{urlencode(query)}"

    def houses(self) -> Iterator[str]:
        """The list of houses, page by page and by federal state."""
        while True:
            page = self._random.randint(1, 5)
            land = urlencode({"land": self._random.choice(self._lands)})
            yield self._random.choice(["/haeuser/", f"/haeuser/?seite={page}", f"/haeuser/?{land}"])

    def filtered(self) -> Iterator[str]:
        """The examples with one to five values in several facets."""
        while True:
            query = [
                (name, key)
                for name, vocabulary in self._random.sample(
                    sorted(_FACETS.items()), self._random.randint(1, 3)
                )
                for key in self._corpus.keys(vocabulary, 2)
            ]
            if self._random.random() < 0.3:
                query.append(("form", self._random.choice(self._forms)))
            if self._random.random() < 0.3:
                query.append(("region", self._random.choice(self._regions)))
            yield f"/beispiele/?{urlencode(query)}"

    def search_filtered(self) -> Iterator[str]:
        """The site search without words."""
        while True:
            query = [("thema", key) for key in self._corpus.keys("topic", 3)]
            if self._random.random() < 0.5:
                query.append(("typ", self._random.choice(["beispiel", "aktuelles", "seite"])))
            yield f"/suche/?{urlencode(query)}"

    def search_texts(self) -> Iterator[str]:
        """The site search with one to four words of the texts, or with a place."""
        words = sorted(
            {
                word.strip(".,:;!?„“()")
                for sentence in self._corpus.sentences
                for word in sentence.split()
                if len(word) > 3
            }
        )
        while True:
            chosen = self._random.sample(words, self._random.choice([1, 1, 1, 2, 2, 3, 4]))
            if self._random.random() < 0.2:
                chosen = [self._corpus.place()]
            query = [("q", " ".join(chosen))]
            if self._random.random() < 0.3:
                query.append(("thema", self._corpus.keys("topic", 1)[0]))
            yield f"/suche/?{urlencode(query)}"

    def search_frequent(self) -> Iterator[str]:
        """The site search with the words most pages have: the hardest case."""
        frequent = ("Verein", "Betrieb", "Menschen", "Haus", "Zeit", "Arbeit", "Kooperation")
        while True:
            chosen = self._random.sample(frequent, self._random.randint(1, 3))
            yield f"/suche/?{urlencode([('q', ' '.join(chosen))])}"

    def missing(self) -> Iterator[str]:
        """Pages that do not exist."""
        while True:
            yield f"/beispiele/gibt-es-nicht-{self._random.randint(0, 10**9)}/"


def kinds() -> list[Kind]:
    """Everything that is measured, in the order of the table: all that is found, and its lists."""
    source = Addresses()
    with translation.override(None):
        details = [
            Kind(str(model._meta.verbose_name).lower(), DETAIL, partial(source.of_type, model))
            for model in registry.documents()
        ]
        lists = [
            Kind(
                str(section.page_model._meta.verbose_name).lower(),
                LIST,
                partial(source.list_pages, section.slug, in_houses=section.in_houses),
            )
            for section in national_sections()
            if section.page_model is not HouseIndexPage
        ]
    return [
        Kind("home page", DETAIL, lambda: source.same("/")),
        *details,
        Kind("not found (404)", DETAIL, source.missing, status=404),
        Kind("list of houses", LIST, source.houses),
        *lists,
        Kind("examples, filtered", LIST, source.filtered),
        Kind("search, filters only", LIST, source.search_filtered),
        Kind("search, words", LIST, source.search_texts),
        Kind("search, frequent words", LIST, source.search_frequent),
    ]


def measure(requests: int) -> list[dict[str, object]]:
    """Ask for ``requests`` pages of every kind, each with cold caches.

    Returns:
        Rows of figures with the kind of limit that applies.

    Raises:
        RuntimeError: when an answer has another status than it should.
    """
    visitor = Visitor()
    rows: list[dict[str, object]] = []
    for kind in kinds():
        addresses = kind.addresses()
        visitor.get(next(addresses))
        warm = [_get(visitor, address, kind) for address in islice(addresses, _WARM)]
        cold = list(_each_after(forget, visitor, islice(addresses, requests), kind))
        changed = list(_each_after(forget_frame, visitor, islice(addresses, requests), kind))
        figures = Figures.of(kind.name, cold, warm, changed)
        rows.append({**figures.as_json(), "limit": kind.limit})
    rows.append({**_after_restart(visitor).as_json(), "limit": ""})
    return rows


def _each_after(
    prepare: Callable[[], None], visitor: Visitor, addresses: Iterable[str], kind: Kind
) -> Iterator[Answer]:
    for address in addresses:
        prepare()
        yield _get(visitor, address, kind)


def _get(visitor: Visitor, address: str, kind: Kind) -> Answer:
    answer = visitor.get(address)
    if answer.status != kind.status:
        raise RuntimeError(f"{address} answers {answer.status}, not {kind.status}.")
    return answer


def _after_restart(visitor: Visitor) -> Figures:
    """The first list a new process shows: it reads the facets of all entries."""
    answers = []
    for _ in range(_RESTARTS):
        forget_arrays()
        answers.append(visitor.get("/beispiele/"))
    return Figures.of("examples, first in a process", answers)


def render_pictures() -> None:
    """Make the renditions of all pictures, as their upload does."""
    for image in CustomImage.objects.all():
        image.get_renditions(*PUBLIC_SPECS)
