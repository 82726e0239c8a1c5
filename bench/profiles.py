"""What made-up organisations are suggested: whether every need leads on, and to how few pages.

Each answers one of the checks of the demo, comes from one of its regions or from elsewhere, and has
needs of its own. A person is named on every result: the house of the region, or the desk.
"""

import random
from collections import Counter, defaultdict

from django.test import RequestFactory
from django.utils import translation

from bench.report import Row, verdict
from checks.definition import GREEN, NEED, NOT_APPLICABLE, RED, YELLOW, Answers, Definition
from checks.models import CheckRun, SelfCheckPage
from checks.results.views import result_context
from regions.models import Region
from search.recommendations import recommendations

#: In so many lists of suggestions a page may stand, in percent.
MOST_SHARE = 30
ANSWERS = (GREEN, GREEN, YELLOW, RED, NOT_APPLICABLE)
#: Kinds that every need has to lead to, by the key of their search document.
NEEDED = {"kooperationsform": "without a form", "beispiel": "without an example"}


def measure(number: int) -> list[Row]:
    """A step: the needs of so many organisations, for each check and in all."""
    found = [_Result(page, number) for page in _checks()]
    return [_row(one.title, [one]) for one in found] + [_row("all", found)]


def _checks() -> list[SelfCheckPage]:
    return list(SelfCheckPage.objects.live().filter(locale__language_code="de").order_by("pk"))


class _Result:
    """What the organisations that answered one check are told."""

    def __init__(self, page: SelfCheckPage, number: int) -> None:
        self.title, self.number = page.title, number
        self.needs, self.alone = 0, 0
        self.missing: Counter[str] = Counter()
        self.kinds: dict[str, Counter[str]] = defaultdict(Counter)
        self.results: Counter[str] = Counter()
        chance = random.Random(page.pk)
        regions = [None, *Region.objects.order_by("pk")]
        labels = {str(kind.label): kind.type_key for kind in recommendations()}
        version = page.current_version()
        with translation.override("de"):
            for n in range(number):
                run = CheckRun(version=version, region=regions[n % len(regions)])
                run.answers = random_answers(version.definition, chance)
                self._tell(run, labels)

    def _tell(self, run: CheckRun, labels: dict[str, str]) -> None:
        context = result_context(RequestFactory().get("/"), run)
        contact = context["desk"].contact
        self.alone += not (contact and contact.name)
        suggested: set[str] = set()
        for _need, pages, _search in context["needs"]:
            self.needs += 1
            suggested.update(page.url for page in pages)
            shown = {labels[str(page.label)] for page in pages}
            self.missing.update(NEEDED.keys() - shown)
            for page in pages:
                self.kinds[labels[str(page.label)]][page.url] += 1
        self.results.update(suggested)


def random_answers(definition: Definition, chance: random.Random) -> Answers:
    """An answer to every question about needs, two of five of them a need."""
    return {
        item.clean_name: chance.choice(ANSWERS)
        for item in definition.items()
        if item.field_type == NEED
    }


def _row(what: str, found: list[_Result]) -> Row:
    needs = sum(one.needs for one in found)
    alone = sum(one.alone for one in found)
    missing = {key: sum(one.missing[key] for one in found) for key in NEEDED}
    used: Counter[str] = Counter()
    for one in found:
        for counts in one.kinds.values():
            used.update(counts)
    page, most = used.most_common(1)[0] if used else ("", 0)
    share = 100 * most / max(1, needs)
    number = sum(one.number for one in found)
    results: Counter[str] = Counter()
    for one in found:
        results.update(one.results)
    return {
        "check": what,
        "organisations": number,
        "needs": needs,
        **{name: missing[key] for key, name in NEEDED.items()},
        "without a person": alone,
        "pages suggested": len(used),
        "most often": page,
        "in % of needs": share,
        "most in % of results": 100 * max(results.values(), default=0) / number,
        "verdict": verdict(
            *(count > 0 and NEEDED[key] for key, count in missing.items()),
            alone > 0 and "person",
            share > MOST_SHARE and "one page",
        ),
    }
