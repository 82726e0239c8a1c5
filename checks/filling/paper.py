"""On paper and back: the empty check to print, and typing in what somebody filled in by hand.

F68: advisers do it for companies. F74: so do intermediaries for their members. The
run is marked so.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from checks.definition import Section
from checks.filling import runs
from checks.filling.beginning import Beginning
from checks.filling.forms import FirstSectionForm, SectionForm
from checks.filling.languages import elsewhere
from checks.filling.links import address
from checks.filling.pages import private_page, show, with_run
from checks.models import CheckRun, CheckVersion, kept_for
from regions.enquiries.recipients import national_desk
from regions.finder.selected_region import keeping


@private_page
def type_in(request: HttpRequest, page_id: int) -> HttpResponse:
    """All questions on one page, typed in fast; then the overview with the link to hand over."""
    beginning = Beginning(request, page_id)
    if answer := elsewhere(request, beginning.version.language):
        return answer
    section = _all_questions(beginning.version)
    if request.method != "POST":
        form = FirstSectionForm(section=section, initial={"token": beginning.token})
    else:
        form = FirstSectionForm(request.POST, section=section)
        if run := beginning.take(form):
            runs.finish_from_paper(run)
            return redirect(keeping(request, address(run)))
    return show(
        request,
        "paper",
        _("Type in a check filled in on paper"),
        version=beginning.version,
        form=form,
        sections=_by_section(beginning.version, form),
        **kept_for(),
    )


@private_page
def blank(request: HttpRequest, page_id: int) -> HttpResponse:
    """The empty check, to print."""
    version = Beginning(request, page_id).version
    if answer := elsewhere(request, version.language):
        return answer
    form = SectionForm(section=_all_questions(version))
    sections = _by_section(version, form)
    return show(
        request,
        "blank",
        version.title,
        version=version,
        sections=sections,
        contact=national_desk(request).contact,
    )


@with_run
def filled_in(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """All questions with their answers, to print."""
    form = SectionForm(section=_all_questions(run.version), answers=run.answers)
    sections = _by_section(run.version, form)
    title, contact = run.version.title, national_desk(request).contact
    return show(request, "blank", title, run=run, sections=sections, contact=contact)


def _all_questions(version: CheckVersion) -> Section:
    return Section("alles", version.title, "", tuple(version.definition.items()))


def _by_section(version: CheckVersion, form: SectionForm) -> list[tuple[Section, list[object]]]:
    """The sections with their questions and fields."""
    questions = {item.clean_name: (item, field) for item, field in form.questions}
    return [
        (section, [questions[item.clean_name] for item in section.items])
        for section in version.definition.sections
    ]
