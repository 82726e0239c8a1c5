"""The result of a run, and the two clicks from it to the house."""

from typing import TypedDict

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from checks.filling import runs
from checks.filling.links import address
from checks.filling.pages import show, with_run
from checks.models import CheckRun
from checks.results.chart import Bar, bars
from checks.results.handover import Part, parts, recompose, told_though_unticked
from checks.results.scoring import Need, Outcome
from checks.results.suggestions import SuggestedPage, Suggestions, search_url
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from regions.enquiries.forms import EnquiryForm
from regions.enquiries.recipients import Desk, desk_of
from regions.enquiries.views import take_once
from regions.finder.houses import Houses
from regions.finder.lookup import FinderResult, find
from regions.finder.selected_region import chosen_house, keeping

COMPOSE = "zusammenstellen"
#: So many needs are unfolded, the most urgent; all of them would be 18 screens of a phone.
OPEN_NEEDS = 3


@with_run
def result(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Picture by section, strengths, needs with advice and suggestions, and who helps."""
    runs.note_use(run)
    answer = _place_asked(request, run)
    context = result_context(request, run)
    return show(request, "result", _("Your result"), run=run, answer=answer, **context)


class ResultContext(TypedDict):
    """What the template of the result needs."""

    outcome: Outcome
    bars: list[Bar]
    needs: list[tuple[Need, list[SuggestedPage], str]]
    open_needs: int
    desk: Desk


def result_context(request: HttpRequest, run: CheckRun) -> ResultContext:
    """What the template of the result needs of a run, which need not be stored."""
    outcome = Outcome(run.definition, run.answers)
    desk = _desk(request, run)
    suggestions = Suggestions(
        get_language() or run.version.language,
        desk.region.name if desk.region else "",
        is_place_known=bool(desk.region or run.place),
        side=run.version.audience,
    )
    return {
        "outcome": outcome,
        "bars": bars(outcome.sections),
        "needs": [(need, suggestions.for_need(need), search_url(need)) for need in outcome.needs],
        "open_needs": OPEN_NEEDS,
        "desk": desk,
    }


def _place_asked(request: HttpRequest, run: CheckRun) -> FinderResult | None:
    """Who helps in the place that was typed; what was found is kept with the run."""
    if request.method != "POST" or "ort" not in request.POST:
        return None
    houses = Houses(request, get_language() or "de")
    answer = find(houses, request.POST["ort"], request.POST.get("kreis", ""))
    if answer.place and is_same_origin(request):
        run.place = answer.place.kreis_name[:80]
        run.region = answer.house.region if answer.house else None
        run.save(update_fields=["place", "region"])
    return answer


def _desk(request: HttpRequest, run: CheckRun) -> Desk:
    """Who answers: the house for the place, else the one the visitor has chosen, else the desk."""
    chosen = chosen_house(request)
    region = run.region or (chosen.region if chosen and not run.place else None)
    return desk_of(region, get_language() or "de")


class HandoverForm(EnquiryForm):
    """An enquiry whose text is put together from the parts that one chose.

    Args:
        data: what was sent.
        desk: who answers now; whoever was shown another one is asked again.
        offered: the parts.
        initial: what is shown first.
    """

    parts = forms.MultipleChoiceField(label="", required=False, widget=forms.CheckboxSelectMultiple)
    recipient = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        desk: Desk,
        offered: list[Part],
        initial: dict[str, object] | None = None,
    ) -> None:
        recipient = str(desk.region.pk) if desk.region else "bund"
        self.is_of_another_desk = False
        if data is not None:
            data = data.copy()
            self.is_of_another_desk = data.get("recipient") != recipient
            data["recipient"] = recipient
        super().__init__(data, initial={"recipient": recipient, **(initial or {})})
        self.desk, self.offered = desk, offered
        field = self.fields["parts"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(part.key, part.label) for part in offered]

    def clean(self) -> dict[str, object]:
        """Refuse a text that tells what was unticked, or that was meant for somebody else."""
        super().clean()
        sent = self.cleaned_data
        if self.is_of_another_desk:
            self.add_error(
                None,
                _(
                    "Your message now goes to: %(desk)s, not to whom this page named before. "
                    "Nothing has been sent yet: please send it once more if that is right."
                )
                % {"desk": self.desk.contact.organisation},
            )
        if "parts" in sent and "message" in sent:
            told = told_though_unticked(sent["message"], self.offered, sent["parts"])
            if told:
                self.add_error(
                    "parts",
                    _(
                        "The text still says “%(line)s”, which is not ticked. Please delete it "
                        "there, tick it, or take your choice over into the text."
                    )
                    % {"line": told[0]},
                )
        return sent


@with_run
def handover(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Choose what is passed on, read exactly that text, send it as an enquiry."""
    desk, offered = _desk(request, run), parts(run.definition, run.answers)
    if request.method == "POST" and COMPOSE not in request.POST:
        form = HandoverForm(request.POST, desk=desk, offered=offered)
        if not is_same_origin(request):
            form.add_error(None, NOT_SAME_ORIGIN)
        elif form.is_valid() and (answer := _take_once(request, form, run, desk)):
            return redirect(keeping(request, address(run, answer)))
    else:
        initial = _initial(request, run, offered)
        form = HandoverForm(desk=desk, offered=offered, initial=initial)
    return show(
        request,
        "handover",
        _("Talk it over with your house"),
        run=run,
        form=form,
        desk=desk,
        contact=desk.contact,
        compose=COMPOSE,
    )


def _initial(request: HttpRequest, run: CheckRun, offered: list[Part]) -> dict[str, object]:
    """What the form shows first, or again after another choice: what was typed stays."""
    typed: dict[str, str] = {}
    chosen = [part.key for part in offered if part.is_default]
    if request.method == "POST":
        names = ("name", "organisation", "side", "email", "phone", "consent", "recipient")
        typed = {name: request.POST.get(name, "") for name in names}
        chosen = request.POST.getlist("parts")
    text = recompose(request.POST.get("message", ""), run.version.title, offered, chosen)
    return {"side": run.version.audience, **typed, "parts": chosen, "message": text}


def _take_once(request: HttpRequest, form: HandoverForm, run: CheckRun, desk: Desk) -> str | None:
    """Send the enquiry; the answer names a page of the run, whose address is a secret."""
    page = run.version.page
    subject = page if page and page.live else None
    return take_once(request, form, desk, "check_handed_over", subject, run.version.title)


@with_run
def handed_over(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Say thank you and who will answer."""
    desk = _desk(request, run)
    title = _("Thank you, your enquiry has arrived.")
    return show(request, "handed_over", title, run=run, desk=desk, contact=desk.contact)
