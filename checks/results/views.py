"""The result of a run, and the two clicks from it to the house."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from checks.filling import runs
from checks.filling.links import address
from checks.filling.pages import came_from_here, not_from_here, show, with_run
from checks.models import CheckRun
from checks.results.chart import bars
from checks.results.handover import Part, compose, parts
from checks.results.scoring import Outcome
from checks.results.suggestions import Suggestions, search_parameters
from cms.spam_protection.throttling import Throttle
from regions.enquiries.actions import receive
from regions.enquiries.forms import EnquiryForm
from regions.enquiries.recipients import Desk, desk_of
from regions.finder.houses import Houses
from regions.finder.lookup import FinderResult, find
from regions.finder.selected_region import chosen_house, keeping

#: The limit of the enquiry form: handing over is one.
THROTTLE = Throttle("enquiry")
COMPOSE = "zusammenstellen"


@with_run
def result(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Picture by section, strengths, needs with advice and suggestions, and who helps."""
    runs.note_use(run)
    answer = _place_asked(request, run)
    outcome = Outcome(run.definition, run.answers)
    suggestions = Suggestions(get_language() or run.version.language)
    needs = [(need, suggestions.for_need(need), search_parameters(need)) for need in outcome.needs]
    return show(
        request,
        "result",
        _("Your result"),
        run=run,
        outcome=outcome,
        bars=bars(outcome.sections),
        needs=needs,
        answer=answer,
        desk=_desk(request, run),
        **addresses(run),
    )


def addresses(run: CheckRun) -> dict[str, Any]:
    """The other pages of the run."""
    return {
        "overview_url": address(run),
        "result_url": address(run, "check_result"),
        "delete_url": address(run, "check_delete"),
        "handover_url": address(run, "check_handover"),
    }


def _place_asked(request: HttpRequest, run: CheckRun) -> FinderResult | None:
    """Who helps in the place that was typed; what was found is kept with the run."""
    if request.method != "POST" or "ort" not in request.POST:
        return None
    houses = Houses(request, get_language() or "de")
    answer = find(houses, request.POST["ort"], request.POST.get("kreis", ""))
    if answer.place and came_from_here(request):
        run.place = answer.place.kreis.name[:80]
        run.region = answer.house.region if answer.house else None
        run.save(update_fields=["place", "region"])
    return answer


def _desk(request: HttpRequest, run: CheckRun) -> Desk:
    """Who answers: the house for the place, else the one the visitor has chosen, else the desk."""
    chosen = chosen_house(request)
    region = run.region or (chosen.region if chosen and not run.place else None)
    return desk_of(region, get_language() or "de")


class HandoverForm(EnquiryForm):
    """An enquiry whose text is put together from the parts that one chose."""

    parts = forms.MultipleChoiceField(label="", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, offered: list[Part], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["parts"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(part.key, part.label) for part in offered]


@with_run
def handover(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Choose what is passed on, read exactly that text, send it as an enquiry."""
    desk, offered = _desk(request, run), parts(run.definition, run.answers)
    if request.method == "POST" and COMPOSE not in request.POST:
        form = HandoverForm(request.POST, offered=offered)
        if not came_from_here(request):
            form.add_error(None, not_from_here())
        elif form.is_valid() and not THROTTLE.accepts(request):
            form.add_error(
                None,
                _(
                    "Several enquiries have just come from your connection. Please wait ten "
                    "minutes, or call us. What you typed is still here."
                ),
            )
        if not form.errors:
            if form.typed_stamp != run.handover_stamp:
                _send(form, run, desk)
            return redirect(keeping(request, address(run, "check_handed_over")))
    else:
        form = HandoverForm(offered=offered, initial=_initial(request, run, offered))
    return show(
        request,
        "handover",
        _("Talk it over with your house"),
        run=run,
        form=form,
        desk=desk,
        contact=desk.contact,
        compose=COMPOSE,
        **addresses(run),
    )


def _initial(request: HttpRequest, run: CheckRun, offered: list[Part]) -> dict[str, Any]:
    """What the form shows first, or again after another choice: what was typed stays."""
    typed: dict[str, Any] = {}
    chosen = [part.key for part in offered if part.is_default]
    if request.method == "POST":
        names = ("name", "organisation", "side", "email", "phone", "consent")
        typed = {name: request.POST.get(name, "") for name in names}
        chosen = request.POST.getlist("parts")
    text = compose(run.version.title, offered, chosen)
    return {"side": run.version.audience, **typed, "parts": chosen, "message": text}


@transaction.atomic
def _send(form: HandoverForm, run: CheckRun, desk: Desk) -> None:
    run.handover_stamp = form.typed_stamp[:120]
    run.save(update_fields=["handover_stamp"])
    enquiry = form.save(commit=False)
    enquiry.language = get_language() or "de"
    page = run.version.page
    if page and page.live:
        enquiry.subject_page = page
    enquiry.subject_title = run.version.title
    receive(enquiry, desk)


@with_run
def handed_over(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Say thank you and who will answer."""
    desk = _desk(request, run)
    title = _("Thank you, your enquiry has arrived.")
    return show(
        request, "handed_over", title, run=run, desk=desk, contact=desk.contact, **addresses(run)
    )
