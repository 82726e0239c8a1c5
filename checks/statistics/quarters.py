"""Computing the figures once when a quarter ends: periodic work."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.definition import Answers
from checks.models import CheckRun, CheckVersion, EarlierRound, QuarterTables
from checks.models.statistics import next_quarter, quarter_name, quarter_of
from checks.statistics.suppression import Scope
from checks.statistics.tables import (
    LEAST_ANSWERS,
    LEAST_SECONDS,
    CheckOfQuarter,
    CheckTables,
    FilledIn,
    tabulate,
)
from cms.jobs.registry import register as register_work
from cms.working_days import midnight

#: What is finished at midnight is stored by then.
WAITS = datetime.timedelta(days=1)
ROUND = ("version_id", "answers", "started_at", "finished_at")

Round = tuple[Scope, int, Answers]
"""Region, version and answers."""


def compute_due(now: datetime.datetime | None = None) -> str:
    """Compute all quarters that have ended and were not computed.

    Returns:
        Which ones; no number of checks, which a region's figures could be taken from.
    """
    first = CheckVersion.objects.order_by("created_at").values_list("created_at", flat=True).first()
    if first is None:
        return _("nothing to compute")
    quarter = quarter_of(timezone.localdate(first))
    current = quarter_of(timezone.localdate((now or timezone.now()) - WAITS))
    known = set(QuarterTables.objects.filter(region=None).values_list("quarter", flat=True))
    done = []
    while quarter < current:
        if quarter not in known:
            compute(quarter)
            done.append(quarter_name(quarter))
        quarter = next_quarter(quarter)
    if not done:
        return _("nothing to compute")
    return _("figures of %(quarters)s stored") % {"quarters": ", ".join(done)}


@transaction.atomic
def compute(quarter: datetime.date) -> None:
    """Store what may be read of the checks that were finished in a quarter.

    Raises:
        IntegrityError: if it was computed before.
    """
    rounds = _finished_in(quarter)
    versions = CheckVersion.objects.select_related("page").in_bulk(
        {version for _scope, version, _answers in rounds}
    )
    by_check: dict[UUID, list[Round]] = defaultdict(list)
    for found in rounds:
        # Versions of a deleted check belong to none any more.
        if page := versions[found[1]].page:
            by_check[page.translation_key].append(found)
    tables = [_tables_of(found, versions) for found in by_check.values()]
    tables.sort(key=lambda table: table[0].title)
    scopes = {scope for _version, table in tables for scope in table.totals.by_scope}
    QuarterTables.objects.bulk_create(
        QuarterTables(quarter=quarter, region_id=scope, tables=_as_json(scope, tables))
        for scope in [None, *sorted(key for key in scopes if key is not None)]
    )


def _finished_in(quarter: datetime.date) -> list[Round]:
    """The last round of each run that was finished in the quarter and is no mere trial."""
    start, end = midnight(quarter), midnight(next_quarter(quarter))
    found: dict[int, Round] = {}
    for model, run, region in (
        (EarlierRound, "run_id", "run__region_id"),
        (CheckRun, "pk", "region_id"),
    ):
        rows = model.objects.filter(finished_at__gte=start, finished_at__lt=end).order_by("pk")
        for key, scope, version, answers, begun, ended in rows.values_list(
            run, region, *ROUND
        ).iterator():
            is_slow = (ended - begun).total_seconds() >= LEAST_SECONDS
            if is_slow and len(answers) >= LEAST_ANSWERS:
                found[key] = (scope, version, answers)
    return list(found.values())


def _tables_of(
    rounds: Iterable[Round], versions: Mapping[int, CheckVersion]
) -> tuple[CheckVersion, CheckTables]:
    """The tables of one check, and the version whose words they are in."""
    rounds = list(rounds)
    used = [versions[pk] for pk in {version for _scope, version, _answers in rounds}]
    last = max(used, key=lambda version: (version.language == settings.LANGUAGE_CODE, version.pk))
    questions = {
        version.pk: {item.clean_name: item for item in version.definition.items()}
        for version in used
    }
    runs = (
        FilledIn(scope, versions[version].language, questions[version], answers)
        for scope, version, answers in rounds
    )
    return last, tabulate(last.definition, last.language, runs)


def _as_json(
    scope: Scope, tables: Iterable[tuple[CheckVersion, CheckTables]]
) -> list[CheckOfQuarter]:
    return [
        {"title": version.title, "audience": version.audience, **shown}
        for version, table in tables
        if (shown := table.of(scope, version.definition))
    ]


def register() -> None:
    """Register the computation as periodic work."""
    label = gettext_lazy("Computing figures of self-checks")
    register_work("checks.statistics", datetime.timedelta(hours=6), compute_due, label)
