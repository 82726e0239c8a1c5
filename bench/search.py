"""Searches in the database over generated entries, by kind of what is typed, and suggestions.

What is measured is everything up to the results, with marked words, but without the page around
them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.utils import translation

from bench.corpus import Corpus
from bench.measure import timed
from bench.report import Row, percentile, verdict
from search.models import Entry
from search.query import Query
from search.results.run import run
from search.results.suggestions import suggestions
from search.views import SITE

#: Milliseconds, 95th percentile, up to so many entries and beyond; of suggestions, of any input.
P95, P95_OF_MANY, P95_OF_SUGGESTIONS, MOST = 120, 300, 50, 250
FEW = 20_000
_FREQUENT = ("Verein", "Betrieb", "Menschen", "Haus", "Zeit", "Arbeit", "Kooperation")
_QUESTIONS = (
    "Wie finde ich {} für {}?",
    "Wer hilft uns bei {} und {} in {place}?",
    "Gibt es Geld für {}, wenn wir mit {} zusammenarbeiten wollen?",
    "Was müssen wir bei {} beachten?",
)
#: What no search is made for: syntax of databases and servers, signs, endless words.
_ODD = (
    '"', "''", "AND OR NOT", "a* NEAR(b, 2)", "title:x", "(((((", "\x00\x01\ufeff", "%%%%",
    "*" * 200,
    "a " * 5000, "ä" * 10_000, "wort" * 2500, "Verein " * 1500, "-a " * 3000, '"a b" ' * 2000,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 200, "😀" * 3000, "x-y-" * 2000, "9" * 5000,
)  # fmt: skip


def _typed() -> Iterator[tuple[str, Iterator[str]]]:
    """What is typed, without end, by kind."""
    corpus = Corpus(seed=7)
    chance = corpus.random
    texts = " ".join(corpus.sentences).split()
    words = sorted({word.strip(".,:;!?„“()") for word in texts if len(word) > 5})

    def several(pool: Sequence[str]) -> str:
        return " ".join(chance.sample(pool, chance.choice([1, 1, 2, 2, 3, 4])))

    def misspelt() -> str:
        word = chance.choice(words)
        at = chance.randrange(1, len(word) - 1)
        return f"{word[:at]}{word[at + 1 :]} {chance.choice(_FREQUENT)}"

    def unknown() -> str:
        letters = ("".join(chance.choices("bcdfgklmnprstwaeiou", k=9)) for _ in range(4))
        return " ".join(letters)

    def question() -> str:
        text = chance.choice(_QUESTIONS)
        return text.format(*chance.sample(words, 2), place=corpus.place())

    def forever(make: Callable[[], str]) -> Iterator[str]:
        while True:
            yield make()

    yield "words", forever(lambda: several(words))
    yield "frequent words", forever(lambda: several(_FREQUENT))
    yield "question", forever(question)
    yield "place", forever(lambda: f"{chance.choice(words)} {corpus.place()}")
    yield "misspelt", forever(misspelt)
    yield "no hits", forever(unknown)
    yield "phrase", forever(lambda: f'"{" ".join(chance.choice(corpus.sentences).split()[1:4])}"')
    yield "excluded word", forever(lambda: f"{chance.choice(_FREQUENT)} -{chance.choice(words)}")
    yield "twelve words", forever(lambda: " ".join(chance.sample(words, 12)))


@translation.override("de")
def measure(requests: int) -> list[Row]:
    """Ask ``requests`` searches of every kind; gives figures."""
    number = Entry.objects.count()
    request = RequestFactory().get("/suche/")
    limit = P95 if number <= FEW else P95_OF_MANY
    _search("Verein", request)
    rows = [
        _row(kind, limit, _search, islice(texts, requests), request) for kind, texts in _typed()
    ]
    rows.append(_row("odd input", MOST, _search, _ODD, request))
    begun = [word[:size] for word in (*_FREQUENT, "Ausbildung", "Görlitz") for size in (2, 3, 5)]
    begun += ["Verein Ausb", "Haus der Koo", "xq", "z" * 80]
    _suggest("Verein", request)
    return [*rows, _row("suggestions", P95_OF_SUGGESTIONS, _suggest, begun, request)]


def _search(text: str, request: HttpRequest) -> int:
    params = QueryDict(mutable=True)
    params["q"] = text
    return run(Query.from_params(params, SITE, "de", "/suche/"), request).total


def _suggest(text: str, request: HttpRequest) -> int:
    return len(suggestions(text, "de", request))


def _row(
    kind: str,
    limit: int,
    ask: Callable[[str, HttpRequest], int],
    texts: Iterator[str] | Sequence[str],
    request: HttpRequest,
) -> Row:
    asked = [timed(lambda text=text: ask(text, request)) for text in texts]  # type: ignore[misc]
    costs = [cost for cost, _found in asked]
    times = [cost.milliseconds for cost in costs]
    p95 = percentile(times) or 0.0
    return {
        "": kind,
        "n": len(times),
        "median ms": percentile(times, 50),
        "p95 ms": p95,
        "limit ms": limit,
        "slowest": max(times),
        "processor p95": percentile([cost.processor for cost in costs]),
        "queries": max(cost.queries for cost in costs),
        "without hits": sum(not found for _cost, found in asked),
        "verdict": verdict(p95 > limit and "time", max(times) > MOST >= limit and "slowest"),
    }
