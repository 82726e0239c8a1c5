"""Self-checks while very many are stored: a section, the result, the plan, figures of a quarter."""

import datetime
import random
from collections.abc import Iterator
from itertools import cycle, islice

from django.urls import reverse
from django.utils import timezone

from bench.analyze import analyze
from bench.measure import Visitor, figures, timed
from bench.profiles import random_answers
from bench.report import Row
from checks.filling.links import address
from checks.models import CheckRun, CheckVersion, Measure, QuarterTables, SelfCheckPage
from checks.models.statistics import quarter_of
from checks.statistics import quarters
from cms.models import User
from regions.models import Region

_BATCH = 2000
#: Of so many days the runs are; most are of quarters that have ended.
DAYS = 360


def fill(number: int) -> int:
    """Finished runs of all checks from all regions; gives how many there are."""
    chance = random.Random(100)
    versions = [page.current_version() for page in SelfCheckPage.objects.live().order_by("pk")]
    regions = [None, *Region.objects.order_by("pk")]
    now = timezone.now()
    for start in range(CheckRun.objects.count(), number, _BATCH):
        CheckRun.objects.bulk_create(
            _run(chance, chance.choice(versions), chance.choice(regions), now)
            for _ in range(min(_BATCH, number - start))
        )
    runs = CheckRun.objects.order_by("pk").values_list("pk", flat=True)[: number // 4]
    Measure.objects.bulk_create(
        (Measure(run_id=pk, text=f"Schritt {n}") for pk in runs for n in range(4)), _BATCH
    )
    analyze()
    return CheckRun.objects.count()


def _run(
    chance: random.Random,
    version: CheckVersion,
    region: Region | None,
    now: datetime.datetime,
) -> CheckRun:
    ended = now - datetime.timedelta(days=chance.uniform(0, DAYS))
    return CheckRun(
        version=version,
        region=region,
        answers=random_answers(version.definition, chance),
        step=5,
        started_at=ended - datetime.timedelta(minutes=20),
        last_used_at=ended,
        finished_at=ended,
    )


def measure(requests: int) -> list[Row]:
    """Pages of single runs, the tables in the admin, and what it takes to make them."""
    quarter = quarter_of(timezone.localdate() - datetime.timedelta(days=100))
    QuarterTables.objects.filter(quarter=quarter).delete()  # those of the demo
    computed, _ = timed(lambda: quarters.compute(quarter))
    visitor = Visitor()
    desk = Visitor(User.objects.filter(is_superuser=True).order_by("pk").first())
    pages = {
        "section": ("check", cycle(_addresses("check_section", 3))),
        "overview": ("check", cycle(_addresses("check_run"))),
        "result": ("result", cycle(_addresses("check_result"))),
        "plan": ("check", cycle(_addresses("check_plan"))),
    }
    rows = []
    for name, (kind, addresses) in pages.items():
        warm = [visitor.get(one, 200) for one in islice(addresses, 10)]
        costs = [visitor.get(one) for one in islice(addresses, requests)]
        rows.append(figures(name, kind, costs, warm))
    tables = [reverse("check_statistics")] * requests
    rows.append(figures("tables, nation", "tables", [desk.get(one) for one in tables]))
    rows.append(figures("computing a quarter", "", [computed]))
    return rows


def _addresses(name: str, *arguments: object) -> Iterator[str]:
    for run in CheckRun.objects.select_related("version").order_by("?")[:200]:
        yield address(run, name, *arguments)
