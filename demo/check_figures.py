"""Self-checks that organisations of the demonstration filled in last quarter, and their figures."""

import datetime

from django.utils import timezone

from checks.definition import GREEN, NEED, NOT_APPLICABLE, RED, SINGLE, YELLOW, Item
from checks.models import CheckRun, QuarterTables, SelfCheckPage
from checks.models.statistics import quarter_of
from checks.statistics.quarters import compute
from regions.models import Region

#: So many for each check and region, and from places without a house.
RUNS = 30
ANSWERS = (GREEN, GREEN, YELLOW, YELLOW, RED, NOT_APPLICABLE, "")


def build_check_figures() -> None:
    """Finished checks of the last quarter; nothing where there are figures already."""
    quarter = quarter_of(quarter_of(timezone.localdate()) - datetime.timedelta(days=1))
    if QuarterTables.objects.filter(quarter=quarter).exists():
        return
    day = timezone.make_aware(datetime.datetime.combine(quarter, datetime.time(10)))
    for page in SelfCheckPage.objects.live().filter(locale__language_code="de"):
        version = page.current_version()
        CheckRun.objects.bulk_create(
            CheckRun(
                version=version,
                region=region,
                answers=_answers(list(version.definition.items()), number),
                started_at=day,
                finished_at=day + datetime.timedelta(minutes=8 + number % 17),
                last_used_at=day,
            )
            for region in [None, *Region.objects.order_by("pk")]
            for number in range(RUNS)
        )
    compute(quarter)


def _answers(items: list[Item], number: int) -> dict[str, str]:
    """Differing ones for each number."""
    given = {}
    for place, item in enumerate(items):
        if item.field_type == NEED:
            given[item.clean_name] = ANSWERS[(number * (place + 1) + place) % len(ANSWERS)]
        elif item.field_type == SINGLE:
            given[item.clean_name] = list(item.advice_by_choice)[number % 2]
    return {name: answer for name, answer in given.items() if answer}
