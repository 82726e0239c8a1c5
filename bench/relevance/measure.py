"""Measure the relevance in one database, in a process of its own."""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from bench.relevance.collection import Judged
    from bench.relevance.metrics import Measured

_DEPTH = 50


def main() -> None:
    """Command line: the half, the file for the tables, whether to list every query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", required=True)
    parser.add_argument("--result", type=Path, required=True)
    parser.add_argument("--details", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.utils import translation

    with translation.override("de"):
        tables = "\n".join(_tables(options.half, options.result.parent, details=options.details))
    options.result.write_text(tables)


def _tables(half: str, folder: Path, *, details: bool) -> Iterator[str]:
    from django.db import transaction

    from bench.relevance import collection
    from bench.relevance.metrics import summary
    from search.sweep import sweep

    known = folder / "pages.json"
    if known.exists():
        page_ids = json.loads(known.read_text())
    else:
        with transaction.atomic():
            page_ids = collection.write_pages()
        known.write_text(json.dumps(page_ids))
    sweep(full=True)
    yield "| half | system | kind | queries | nDCG@10 | 95 % | recall@20 | without result | never |"
    yield "| --- | --- | --- | --: | --: | --: | --: | --: | --: |"
    lines: list[str] = []
    for name, find in _systems().items():
        for chosen_half in ("tune", "test") if half == "both" else (half,):
            measured = [_measured(q, find) for q in collection.queries(chosen_half, page_ids)]
            for kind in ["all", *dict.fromkeys(item.query.kind for item in measured)]:
                chosen = [item for item in measured if kind in ("all", item.query.kind)]
                yield f"| {chosen_half} | {name} | {kind} | {' | '.join(summary(chosen))} |"
            if name == "ours":
                lines += map(_line, sorted(measured, key=lambda item: item.ndcg))
    if details:
        yield ""
        yield from lines


def _measured(query: "Judged", find: Callable[[str], Iterable[int]]) -> "Measured":
    from bench.relevance.metrics import Measured

    started = time.perf_counter()
    ranking = tuple(find(query.text))
    return Measured(query, ranking, (time.perf_counter() - started) * 1000)


def _line(item: "Measured") -> str:
    """What was found for a query, by the grades of the first ten."""
    grades = " ".join(str(item.query.grades.get(pk, 0)) for pk in item.ranking[:10])
    mark = " NEVER" if item.violates else ""
    return f"    {item.ndcg:.2f} {item.query.id} {item.query.text} [{grades}]{mark}"


def _systems() -> dict[str, Callable[[str], Iterable[int]]]:
    from dataclasses import replace

    from django.core.management import call_command
    from django.http import QueryDict
    from wagtail.models import Locale, Page

    from search.query import Query
    from search.results.run import hits
    from search.views import SITE

    call_command("update_index", verbosity=0)
    pages = Page.objects.live().filter(locale=Locale.objects.get(language_code="de"))
    preset = replace(SITE, page_size=_DEPTH, facets=())

    def plain(operator: str) -> Callable[[str], Iterable[int]]:
        return lambda text: [page.pk for page in pages.search(text, operator=operator)[:_DEPTH]]

    def ours(text: str) -> Iterable[int]:
        params = QueryDict(mutable=True)
        params["q"] = text
        return [hit.page.pk for hit in hits(Query.from_params(params, preset, "de", "/suche/"))]

    return {"Wagtail and": plain("and"), "Wagtail or": plain("or"), "ours": ours}


if __name__ == "__main__":
    main()
