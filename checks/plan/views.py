"""The pages of the action plan."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checks.filling import runs
from checks.filling.links import address
from checks.filling.pages import show, with_run
from checks.models import CheckRun, Measure, PlanReminder
from checks.plan import measures
from checks.plan.forms import MeasureForm, seen_of
from cms.delivery.icalendar import calendar_response
from cms.repeated_forms import earlier_answer, forget, remember_answer
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from regions.finder.selected_region import keeping

#: Names of a box and of a button.
TAKE_OVER, DELETE = "uebernehmen", "loeschen"


@with_run
def plan(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """All measures; advice of the result to take over."""
    runs.note_use(run)
    chosen, error = request.POST.getlist(TAKE_OVER), ""
    if request.method == "POST":
        error = _take_over(request, run, chosen)
        if not error:
            return redirect(keeping(request, address(run, "check_plan")))
    planned = list(run.measures.all())
    offered = [
        (measures.key_of(need), need, measures.key_of(need) in chosen)
        for need in measures.open_needs(run, planned)
    ]
    return show(
        request,
        "plan",
        _("Your action plan"),
        run=run,
        measures=[(m, keeping(request, address(run, "check_measure", m.pk))) for m in planned],
        offered=offered,
        error=error,
        free=max(settings.CHECK_MOST_MEASURES - len(planned), 0),
        has_days=bool(measures.dated(planned)),
        new_url=keeping(request, address(run, "check_measure_new")),
        calendar_url=address(run, "check_plan_calendar"),
        has_reminder=PlanReminder.objects.filter(run=run).exists(),
        reminder_url=keeping(request, address(run, "check_reminder")),
    )


def _take_over(request: HttpRequest, run: CheckRun, chosen: list[str]) -> str:
    """What is wrong; empty if the advice was taken over."""
    if not is_same_origin(request):
        return str(NOT_SAME_ORIGIN)
    if not chosen:
        return _("Please tick what you want to take over.")
    try:
        measures.take_over(run, chosen)
    except measures.PlanIsFull as full:
        return _no_room(full.free)
    return ""


def _no_room(free: int) -> str:
    most = settings.CHECK_MOST_MEASURES
    if not free:
        return _("The plan is full: %(most)d measures. Please delete one first.") % {"most": most}
    text = ngettext(
        "The plan has %(most)d measures at most: only %(free)d more fits.",
        "The plan has %(most)d measures at most: only %(free)d more fit.",
        free,
    )
    return text % {"most": most, "free": free}


@with_run
def new_measure(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Write a measure of one's own."""
    return _new_measure(request, run)


def _new_measure(request: HttpRequest, run: CheckRun) -> HttpResponse:
    form = MeasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not is_same_origin(request):
            form.add_error(None, NOT_SAME_ORIGIN)
        elif form.is_valid() and _add_once(request, form, run):
            return redirect(keeping(request, address(run, "check_plan")))
    return show(request, "measure", _("New measure"), run=run, form=form)


@transaction.atomic
def _add_once(request: HttpRequest, form: MeasureForm, run: CheckRun) -> bool:
    """Whether the measure is in the plan, by this form or by the same one sent before."""
    if earlier_answer(request):
        return True
    try:
        measures.add(run, form.save(commit=False))
    except measures.PlanIsFull as full:
        forget(request)
        form.add_error(None, _no_room(full.free))
        return False
    remember_answer(request, "added")
    return True


@with_run
def edit_measure(request: HttpRequest, run: CheckRun, measure_id: int) -> HttpResponse:
    """Change a measure, or delete it."""
    measure = run.measures.filter(pk=measure_id).first()
    if measure is None and request.method == "POST" and DELETE not in request.POST:
        # Deleted in another window: what was typed becomes a new one.
        return _new_measure(request, run)
    if measure is None:
        return redirect(keeping(request, address(run, "check_plan")))
    form = MeasureForm(request.POST if request.method == "POST" else None, instance=measure)
    if request.method == "POST":
        if not is_same_origin(request):
            form.add_error(None, NOT_SAME_ORIGIN)
        elif DELETE in request.POST:
            measure.delete()
            return redirect(keeping(request, address(run, "check_plan")))
        elif form.is_valid() and _save_unless_changed(form, measure):
            return redirect(keeping(request, address(run, "check_plan")))
    return show(request, "measure", _("Change the measure"), run=run, form=form, measure=measure)


@transaction.atomic
def _save_unless_changed(form: MeasureForm, measure: Measure) -> bool:
    """Save, unless another window was faster: then what was typed is shown, and can be sent."""
    now = Measure.objects.select_for_update().filter(pk=measure.pk).first()
    if now is None or seen_of(now) != form.cleaned_data["seen"]:
        form.add_error(
            None,
            _(
                "The measure was changed in another window meanwhile. Please compare, and send "
                "the form once more to keep what stands here."
            ),
        )
        form.data["seen"] = seen_of(now)  # type: ignore[index]  # a copy, so mutable
        return False
    form.save()
    return True


@with_run
def calendar(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """The days of the plan as a file for calendars."""
    host = request.get_host().partition(":")[0]
    product = f"-//{request.get_host()}//Selbstcheck//DE"
    entries = measures.events(list(run.measures.all()), host)
    return calendar_response(product, _("Your action plan"), entries, "massnahmen.ics")
