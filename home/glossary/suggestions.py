"""Words of the glossary among the suggestions of the search."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from home.glossary.matching import lexicon
from search.results.suggestions import Suggestion, register_suggestions


def glossary_words(text: str, language: str, request: HttpRequest) -> Iterator[Suggestion]:
    """Words that begin like the text, explained."""
    for word, url in lexicon(request, language).beginning(text):
        yield Suggestion(word, _("Word explained"), url)


def register() -> None:
    """Have the search suggest words of the glossary; called once when the app is ready."""
    register_suggestions(glossary_words)
