"""Previews of a self-check while it is built: as it is filled in, and its result.

Models know nothing of the pages made of them: the previews are put there when the apps are ready.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.definition import (
    GREEN,
    MULTIPLE,
    NEED,
    NOT_APPLICABLE,
    NUMBER,
    RED,
    SINGLE,
    YELLOW,
    Answer,
    Definition,
    Item,
)
from checks.filling.forms import SectionForm
from checks.filling.pages import show
from checks.models import CheckRun, SelfCheckPage, next_version
from checks.results.views import result_context

QUESTIONS, RESULT = "fragen", "ergebnis"
#: The answers to questions without a second advice, in turn.
SAMPLE = (YELLOW, GREEN, YELLOW, NOT_APPLICABLE, YELLOW)


def preview_questions(page: SelfCheckPage, request: HttpRequest) -> HttpResponse:
    """All sections as visitors see them, one below the other."""
    version = next_version(page)
    forms = [SectionForm(section=section) for section in version.definition.sections]
    return show(request, "preview_questions", page.title, version=version, forms=forms)


def preview_result(page: SelfCheckPage, request: HttpRequest) -> HttpResponse:
    """The result of :func:`sample_answers`; nothing is stored."""
    version = next_version(page)
    run = CheckRun(version=version, answers=sample_answers(version.definition))
    context = result_context(request, run)
    return show(request, "result", _("Your result"), run=run, is_sample=True, **context)


def sample_answers(definition: Definition) -> dict[str, Answer]:
    """An answer to each question, so that the result shows as much advice as it can."""
    return {
        item.clean_name: _sample_answer(item, number)
        for section in definition.sections
        for number, item in enumerate(section.items)
    }


def _sample_answer(item: Item, number: int) -> Answer:
    choices = item.advice_by_choice
    with_advice = [choice for choice, advice in choices.items() if advice] or list(choices)
    if item.field_type == NEED:
        return RED if item.advice_urgent else SAMPLE[number % len(SAMPLE)]
    if item.field_type == SINGLE:
        return with_advice[number % len(with_advice)] if with_advice else ""
    if item.field_type == MULTIPLE:
        return with_advice
    return "12" if item.field_type == NUMBER else _("Sample answer")


def connect() -> None:
    """Offer the previews in the editor; called once when the app is ready."""
    SelfCheckPage.previews = {QUESTIONS: preview_questions, RESULT: preview_result}
    SelfCheckPage.preview_modes = [
        *SelfCheckPage.preview_modes[:1],
        (QUESTIONS, gettext_lazy("Filling in")),
        (RESULT, gettext_lazy("Result of sample answers")),
    ]
