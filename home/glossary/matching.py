"""The glossary's words, ready to be found in texts (F78: words are explained)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from cms.blocks.worlds import BOTH, SIDES, GlossaryBlock, word_anchor
from cms.delivery.content_version import cached
from cms.text import fold, slugify
from home.models import StandardPage
from search.analysis.tokens import query_tokens, scan
from search.analysis.words import read_word

#: So many words of a search are offered to be looked up.
MOST_LOOKED_UP = 2
#: Of so many words of texts it is known whether they lead anywhere.
_KNOWN_SURFACES = 20_000
_IN_BRACKETS = re.compile(r"^(.+?)\s*\((.+)\)$")


@dataclass(frozen=True)
class Entry:
    """An entry of the glossary: a word of each world, or of one, and what is meant."""

    zo: str
    kmu: str
    explanation: str
    anchor: str


@dataclass(frozen=True)
class Word:
    """A word to look for.

    Args:
        text: as the glossary writes it.
        forms: what the search makes of it, word by word.
        side: whose word it is, one of ``SIDES``.
        entry: what explains it.
    """

    text: str
    forms: tuple[str, ...]
    side: str
    entry: Entry

    @property
    def is_single(self) -> bool:
        """Whether it is one word."""
        return len(self.forms) == 1

    @property
    def other(self) -> str:
        """What the other world calls it, or an empty string."""
        return self.entry.kmu if self.side == "zo" else self.entry.zo

    def is_written(self, surface: str) -> bool:
        """Whether ``surface`` has the capitals of the word: „die Freiwillige“ is no adjective.

        Abbreviations only mean themselves. Of several words the first may be an adjective.
        """
        if not self.is_single:
            return True
        if self.text.isupper():
            return surface == self.text
        return surface[0].isupper() or not self.text[0].isupper()


@dataclass(frozen=True)
class Lexicon:
    """All words to be explained in a language.

    Args:
        language: of the texts.
        words: by their first form, the longest first.
        all_words: also those that are not to be explained in texts.
        pages: the pages that hold them; there they need no other explanation.
        url: of the first of these pages.
        title: of the same.
    """

    language: str
    words: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    pages: frozenset[int] = frozenset()
    url: str = ""
    title: str = ""
    all_words: tuple[Word, ...] = ()

    @cached_property
    def is_met_by(self) -> Callable[[str], bool]:
        """Tell whether a word as written begins one that is to be explained; nearly none does."""

        @lru_cache(maxsize=_KNOWN_SURFACES)
        def is_met_by(surface: str) -> bool:
            form, parts = read_word(surface, self.language)
            return any(key in self.words for key in (form, *parts))

        return is_met_by

    def looked_up(self, text: str) -> list[tuple[str, str]]:
        """Words that a search names, and where in the glossary they stand; the longest first.

        Args:
            text: what a visitor looks for.
        """
        typed = {token.form for token in query_tokens(text, self.language)}
        named = [word for word in self.all_words if typed.issuperset(word.forms)]
        named.sort(key=lambda word: -len(word.forms))
        # A word may stand in several entries: the first will do.
        found: dict[str, str] = {}
        for word in named:
            found.setdefault(word.text, self.url_of(word))
        return list(found.items())[:MOST_LOOKED_UP]

    def url_of(self, word: Word) -> str:
        """Where in the glossary ``word`` stands."""
        return f"{self.url}#{word_anchor(getattr(word.entry, word.side))}"

    def beginning(self, text: str) -> Iterator[tuple[str, str]]:
        """Words that begin like ``text``, and where in the glossary they stand."""
        begun = fold(text)
        for word in self.all_words:
            if fold(word.text).startswith(begun):
                yield word.text, self.url_of(word)


def lexicon(request: HttpRequest, language: str) -> Lexicon:
    """The words of all public national glossaries; remembered until something changes."""
    return cached(("words.lexicon", language), lambda: _read(request, language))


def _read(request: HttpRequest, language: str) -> Lexicon:
    pages = list(_glossaries(language))
    words: dict[str, list[Word]] = {}
    all_words: list[Word] = []
    entries = (entry for page in pages for entry in _entries(page))
    for number, (zo, kmu, value) in enumerate(entries, 1):
        entry = Entry(zo, kmu, value["explanation"], f"erklaerung-{number}-{slugify(zo or kmu)}")
        all_words += _words(entry, BOTH, language)
        for word in _words(entry, value["inline"], language):
            words.setdefault(word.forms[0], []).append(word)
    if not all_words:
        return Lexicon(language)
    for found in words.values():
        found.sort(key=lambda word: -len(word.forms))
    return Lexicon(
        language,
        {form: tuple(found) for form, found in words.items()},
        frozenset(page.pk for page in pages),
        pages[0].get_url(request) or "",
        pages[0].title,
        tuple(all_words),
    )


def glossary_words() -> set[str]:
    """All words of the public national glossaries, in every language and both worlds."""
    languages = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    pages = [page for language in languages for page in _glossaries(language)]
    sides = {side for page in pages for zo, kmu, _value in _entries(page) for side in (zo, kmu)}
    return {word for side in sides for word in variants(side)}


def _glossaries(language: str) -> Iterator[StandardPage]:
    """The public pages with a glossary; those of a house speak for that house only."""
    pages = StandardPage.objects.live().filter(locale__language_code=language)
    texts = pages.annotate(raw=Cast("body", TextField())).filter(raw__contains='"glossary"')
    for page in texts.order_by("path"):
        if page.region is None and any(_glossary_blocks(page)):
            yield page


def _glossary_blocks(page: StandardPage) -> Iterator[Any]:
    return (child.value for child in page.body if isinstance(child.block, GlossaryBlock))


def _entries(page: StandardPage) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for block in _glossary_blocks(page):
        for value in block["entries"]:
            yield value["zo"] or "", value["kmu"] or "", value


def _words(entry: Entry, inline: str, language: str) -> Iterator[Word]:
    for side in SIDES:
        if inline not in (BOTH, side):
            continue
        for text in variants(getattr(entry, side)):
            if forms := tuple(form for _start, _end, form, _parts in scan(text, language)):
                yield Word(text, forms, side, entry)


def variants(text: str) -> list[str]:
    """The words of one side: several by commas, an abbreviation or its meaning in brackets.

    >>> variants("Personalgewinnung, Recruiting"), variants("KMU (kleine Unternehmen)")
    (['Personalgewinnung', 'Recruiting'], ['KMU', 'kleine Unternehmen'])
    """
    found: list[str] = []
    bracketed = _IN_BRACKETS.match(text.strip())
    for part in bracketed.groups() if bracketed else (text,):
        found += [word.strip() for word in part.split(",")]
    return [word for word in found if word]
