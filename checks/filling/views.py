"""The pages of filling in: a section a page, the overview, deletion.

Every section is kept when it is sent, so the last step depends on no earlier one.
"""

import secrets
import uuid

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from checks.filling import runs
from checks.filling.beginning import Beginning
from checks.filling.forms import FirstSectionForm, SectionForm
from checks.filling.languages import elsewhere
from checks.filling.links import RUN_LINK, address
from checks.filling.pages import private_page, show, show_not_valid, with_run
from checks.filling.progress import progress_of
from checks.filling.qr_code import qr_code
from checks.models import CheckRun, CheckVersion, kept_for
from checks.retention import deleted_on
from cms.repeated_forms import earlier_answer, forget, remember_answer
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from regions.finder.selected_region import keeping

#: Values of the button that sends a section: where to go next.
NEXT, BACK, OVERVIEW, RESULT = "weiter", "zurueck", "uebersicht", "ergebnis"
#: Sent by ``check-autosave.js``, which stays on the page.
AUTOSAVE = "zwischendurch"


@private_page
def first_section(request: HttpRequest, page_id: int, number: int) -> HttpResponse:
    """A section before there is a run; the first one sent makes it."""
    beginning = Beginning(request, page_id)
    version = beginning.version
    if answer := elsewhere(request, version.language):
        return answer
    sections = version.definition.sections
    if not 1 <= number <= len(sections):
        raise Http404
    section = sections[number - 1]
    if request.method != "POST":
        form = FirstSectionForm(section=section, initial={"token": beginning.token})
        return _show_section(request, form, number, version=version)
    form = FirstSectionForm(request.POST, section=section)
    run = beginning.take(form)
    if run is None:
        return _show_section(request, form, number, version=version)
    return redirect(keeping(request, _next(run, number, request.POST.get("weiter_zu", ""))))


@with_run
def section(request: HttpRequest, run: CheckRun, number: int) -> HttpResponse:
    """A section of a run; what was answered properly is kept even if something else is wrong."""
    sections = run.definition.sections
    if not 1 <= number <= len(sections):
        return redirect(keeping(request, address(run)))
    shown = sections[number - 1]
    if request.method != "POST":
        form = SectionForm(section=shown, answers=run.answers, seen=run.step)
        return _show_section(request, form, number, run=run)
    form = SectionForm(request.POST, section=shown)
    run, is_saved = _save_section(request, form, run)
    if AUTOSAVE in request.POST:
        told = {"saved": is_saved, "complete": is_saved and not form.errors}
        return JsonResponse(told | {"step": form.data.get("step")})
    if form.errors:
        return _show_section(request, form, number, run=run)
    return redirect(keeping(request, _next(run, number, request.POST.get("weiter_zu", ""))))


def _save_section(request: HttpRequest, form: SectionForm, run: CheckRun) -> tuple[CheckRun, bool]:
    """Keep what was answered properly.

    Returns:
        The run, and whether anything was kept; what is wrong stands in the form.
    """
    if not is_same_origin(request):
        form.add_error(None, NOT_SAME_ORIGIN)
        return run, False
    form.full_clean()
    if form.seen_step < run.round_began_in:
        form.add_error(
            None,
            _(
                "The check has been begun anew since this page was opened. Please look through "
                "your answers and send them once more."
            ),
        )
        form.data["step"] = run.step  # type: ignore[index]  # a copy, so mutable
        return run, False
    run = runs.save_answers(run, form.answers, form.seen_step)
    steps = [run.changed_in.get(item.clean_name, 0) for item in form.section.items]
    if not any(form.seen_step < step < run.step for step in steps):
        # Nobody else answered here in between: what is shown now is what was kept just now.
        form.data["step"] = run.step  # type: ignore[index]  # a copy, so mutable
    return run, True


def _next(run: CheckRun, number: int, wanted: str) -> str:
    """Where the visitor goes from a section that was sent."""
    last = len(run.definition.sections)
    if wanted == RESULT or (wanted == NEXT and number == last):
        runs.finish(run)
        return address(run, "check_result")
    if wanted == BACK and number > 1:
        return address(run, "check_section", number - 1)
    if wanted == NEXT:
        return address(run, "check_section", number + 1)
    return address(run)


def _show_section(
    request: HttpRequest,
    form: SectionForm,
    number: int,
    run: CheckRun | None = None,
    version: CheckVersion | None = None,
) -> HttpResponse:
    version = version or (run.version if run else None)
    if version is None:
        raise ValueError("A section belongs to a run or to a version.")
    progress = progress_of(version.definition, run.answers if run else {})
    title = progress.sections[number - 1].section.label
    return show(
        request,
        "section",
        title,
        run=run,
        version=version,
        form=form,
        number=number,
        is_last=number == len(progress.sections),
        progress=progress,
        autosave=AUTOSAVE,
        **kept_for(),
    )


@with_run
def overview(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """All sections of a run, its link to keep, and the day of its deletion."""
    runs.note_use(run)
    progress = progress_of(run.definition, run.answers)
    link = RUN_LINK.url(run, run.version.language)
    return show(
        request,
        "overview",
        run.version.title,
        run=run,
        progress=progress,
        sections=[
            (section, keeping(request, address(run, "check_section", number)))
            for number, section in enumerate(progress.sections, start=1)
        ],
        link=link,
        qr_code=qr_code(link),
        deleted_on=deleted_on(run),
    )


@with_run
def delete(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Ask once, then delete everything of the run at once."""
    if request.method == "POST" and is_same_origin(request):
        runs.delete(run)
        return redirect(keeping(request, reverse("check_deleted")))
    error = NOT_SAME_ORIGIN if request.method == "POST" else ""
    return show(request, "delete", _("Delete your answers now?"), run=run, error=error)


@private_page
def deleted(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left."""
    return show(request, "deleted", _("Your answers have been deleted"))


@private_page
@sensitive_variables()
def renew(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponse:
    """Give the run another link; those before lead nowhere any more.

    The new one is told once, so the form sent twice must lead to it twice. Its nonce keeps others
    who have the old link from being led there, too.
    """
    if request.method == "POST" and is_same_origin(request):
        run = _renew_once(request, key, signature)
        return redirect(keeping(request, address(run))) if run else show_not_valid(request)
    run = RUN_LINK.find(key, signature)
    if run is None:
        return show_not_valid(request)
    if answer := elsewhere(request, run.version.language):
        return answer
    error = NOT_SAME_ORIGIN if request.method == "POST" else ""
    once = secrets.token_urlsafe()
    return show(request, "renew", _("Replace the link?"), run=run, error=error, once=once)


@transaction.atomic
def _renew_once(request: HttpRequest, key: uuid.UUID, signature: str) -> CheckRun | None:
    """The run whose link was replaced by this very form, now or before."""
    has_nonce = bool(request.POST.get("once"))
    if has_nonce and (earlier := earlier_answer(request)):
        return CheckRun.objects.filter(pk=earlier).first()
    run = RUN_LINK.find(key, signature, lock=True)
    if run is None:
        forget(request)
        return None
    runs.renew_link(run)
    if has_nonce:
        # Not its address: no cache holds a key.
        remember_answer(request, str(run.pk))
    return run
