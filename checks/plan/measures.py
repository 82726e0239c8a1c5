"""Measures of a run: own ones and advice that is taken over, at most ``CHECK_MOST_MEASURES``."""

from collections.abc import Collection, Iterator
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from checks.models import CheckRun, Measure, MeasureStatus, Urgency
from checks.results.scoring import Need, Outcome
from cms.delivery.icalendar import Event


class PlanIsFull(Exception):
    """More measures than fit; ``free`` are still free."""

    def __init__(self, free: int) -> None:
        super().__init__(free)
        self.free = free


def key_of(need: Need) -> str:
    """Identifies a need over all answers of the run."""
    return f"{need.item.clean_name}:{need.answer}" if need.answer else need.item.clean_name


def open_needs(run: CheckRun, measures: Collection[Measure]) -> list[Need]:
    """The needs whose advice is in no measure yet, the urgent first."""
    taken = {measure.need for measure in measures}
    needs = Outcome(run.definition, run.answers).needs
    return [need for need in needs if need.advice and key_of(need) not in taken]


@transaction.atomic
def take_over(run: CheckRun, keys: Collection[str]) -> None:
    """Make measures of the advice of some needs; what is a measure already stays one.

    Raises:
        PlanIsFull: when not all fit; then none is taken over.
    """
    measures = _locked_measures(run)
    needs = [need for need in open_needs(run, measures) if key_of(need) in keys]
    _ask_for_room(measures, len(needs))
    Measure.objects.bulk_create(
        Measure(
            run=run,
            need=key_of(need),
            text=need.advice,
            urgency=Urgency.HIGH if need.is_urgent else Urgency.MEDIUM,
        )
        for need in needs
    )


@transaction.atomic
def add(run: CheckRun, measure: Measure) -> None:
    """Add a measure of one's own.

    Raises:
        PlanIsFull: when there is no room left.
    """
    _ask_for_room(_locked_measures(run), 1)
    measure.run = run
    measure.save()


def _locked_measures(run: CheckRun) -> list[Measure]:
    """The measures, which nobody else changes until the transaction ends."""
    CheckRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    return list(run.measures.all())


def _ask_for_room(measures: Collection[Measure], wanted: int) -> None:
    free = settings.CHECK_MOST_MEASURES - len(measures)
    if wanted > free:
        raise PlanIsFull(max(free, 0))


def dated(measures: Collection[Measure]) -> list[Measure]:
    """Those that belong into a calendar: not done, and with a day."""
    return [measure for measure in measures if measure.due and measure.status != MeasureStatus.DONE]


def events(measures: Collection[Measure], host: str) -> Iterator[Event]:
    """The days of measures for a calendar; without the link, which is a key."""
    for measure in dated(measures):
        lines = (
            _("Who: %(who)s") % {"who": measure.who} if measure.who else "",
            measure.checked_by,
        )
        yield Event(
            uid=f"massnahme-{measure.pk}@{host}",
            stamp=measure.changed_at,
            start=measure.due or date.max,
            summary=measure.text,
            note=" – ".join(line for line in lines if line),
        )
