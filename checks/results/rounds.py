"""Filling in once more after months: the same link, then and now side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from checks.filling import runs
from checks.filling.links import address
from checks.filling.pages import show, with_run
from checks.models import CheckRun
from checks.results.comparison import compare
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from regions.finder.selected_region import keeping

#: The parameter that names an earlier round: 1 is the one before the present, 2 the one before …
ROUND = "runde"


@with_run
def repeat(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Say what stays, then begin another round."""
    if run.finished_at is None:
        # Nothing to compare with yet; or the form was sent twice.
        return redirect(keeping(request, address(run)))
    if request.method == "POST" and is_same_origin(request):
        runs.begin_anew(run)
        return redirect(keeping(request, address(run)))
    error = NOT_SAME_ORIGIN if request.method == "POST" else ""
    return show(request, "repeat", _("Fill in the check once more?"), run=run, error=error)


@with_run
def comparison(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """The answers of today beside those of an earlier round."""
    runs.note_use(run)
    rounds = list(run.earlier_rounds.select_related("version").order_by("-pk"))
    if not rounds:
        return redirect(keeping(request, address(run, "check_result")))
    here = address(run, "check_comparison")
    wanted = request.GET.get(ROUND, "")
    number = int(wanted) if wanted in map(str, range(1, len(rounds) + 1)) else 1
    earlier = rounds[number - 1]
    return show(
        request,
        "comparison",
        _("Then and now"),
        run=run,
        earlier=earlier,
        comparison=compare(
            earlier.version.definition, earlier.answers, run.definition, run.answers
        ),
        others=[
            (other, keeping(request, f"{here}?{ROUND}={n}"))
            for n, other in enumerate(rounds, start=1)
            if n != number
        ],
    )
