"""Explain the other world's words on the page that uses them (docs/adr/0015).

F77: the pairs of words. F78: words are explained where they are used.

The words are looked for in finished HTML: there headings, links and quotes can be told from
running text, whatever block or field they come from. Only references of our own are put in; the
text itself stays as it was, escaped.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.delivery.content_version import cached
from home.glossary.matching import Entry, Lexicon, Word
from search.analysis.tokens import scan, surfaces

_TAG = re.compile(
    r"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:"[^"]*"|'[^']*'|[^>"'])*)>""",
    re.DOTALL,
)
#: Only what is inside these is running text …
_TEXT = frozenset({"p", "li"})
#: … unless it is inside one of these: headings, links, quotes, lists of facts, titles in bold.
_OTHER = frozenset(
    {"a", "abbr", "blockquote", "button", "cite", "code", "dfn", "dl", "figure", "form", "label"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "q", "script", "strong", "style", "summary"}
    | {"svg", "table"}
)
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "source", "wbr"})
_IS_NAME = ' translate="no"'
_BLANK = re.compile(r"\s+")

#: Start, end, form and parts of a word of a text, as :func:`search.analysis.tokens.scan` gives it.
Scanned = tuple[int, int, str, tuple[str, ...]]


@dataclass
class Explained:
    """An entry, and the places in the text that lead to it: what is written there, and its id."""

    entry: Entry
    places: list[tuple[SafeString, str]] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The ``id`` of the explanation, the target of references to it."""
        return self.entry.anchor


@dataclass(frozen=True)
class Findings:
    """What is to be explained in a text.

    Args:
        references: start and end in the HTML, and what stands there instead.
        explained: in the order of the text.
    """

    references: tuple[tuple[int, int, SafeString], ...]
    explained: tuple[Explained, ...]

    def put_into(self, html: str) -> SafeString:
        """The same HTML with the references.

        Args:
            html: the safe HTML they were found in.
        """
        out: list[str] = []
        at = 0
        for start, end, reference in self.references:
            out += (html[at:start], reference)
            at = end
        return mark_safe("".join((*out, html[at:])))  # noqa: S308 - it was safe


def findings(html: str, known: Lexicon) -> Findings:
    """The first use of each word of ``known``; remembered for the text.

    Args:
        html: safe HTML.
        known: the words, see :func:`home.glossary.matching.lexicon`.
    """
    if not known.words:
        return Findings((), ())
    # The lexicon belongs to the same state of the site as what is remembered.
    digest = blake2b(html.encode(), digest_size=16).digest()
    return cached(("explaining", known.language, digest), lambda: _find(html, known))


def _find(html: str, known: Lexicon) -> Findings:
    finder = _Finder(known)
    for start, end in running_text(html):
        finder.look(html[start:end], start)
    return Findings(tuple(finder.references), tuple(finder.explained.values()))


def running_text(html: str) -> Iterator[tuple[int, int]]:
    """Start and end of the pieces of text in which words are explained."""
    inside: list[tuple[str, str]] = []
    running = other = at = 0
    for tag in _TAG.finditer(html):
        if running > 0 and not other and tag.start() > at:
            yield at, tag.start()
        at = tag.end()
        name = (tag["name"] or "").lower()
        if not name or name in _VOID or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            kind = _kind(name, tag["rest"])
            inside.append((name, kind))
        elif inside and inside[-1][0] == name:
            kind = inside.pop()[1]
        else:
            continue
        step = -1 if tag["end"] else 1
        running += step * (kind == "text")
        other += step * (kind == "other")


def _kind(name: str, attributes: str) -> str:
    if name in _OTHER or _IS_NAME in attributes:
        return "other"
    return "text" if name in _TEXT else ""


class _Finder:
    """Finds words in one text after the other."""

    def __init__(self, known: Lexicon) -> None:
        self.known = known
        self.references: list[tuple[int, int, SafeString]] = []
        self.explained: dict[str, Explained] = {}
        self._done: set[str] = set()

    def look(self, text: str, offset: int) -> None:
        """Find words in a piece of text that begins at ``offset``."""
        if not any(map(self.known.is_met_by, surfaces(text))):
            return
        tokens = list(scan(text, self.known.language))
        past = 0
        for number, token in enumerate(tokens):
            if token[0] < past:
                continue
            for word in self._candidates(token):
                end = _end_of(word, tokens[number : number + len(word.forms)], text)
                if (
                    end
                    and word.is_written(text[token[0] : end])
                    and self._note(word, text[token[0] : end], offset + token[0])
                ):
                    past = end
                    break

    def _candidates(self, token: Scanned) -> Iterable[Word]:
        _start, _stop, form, parts = token
        yield from self.known.words.get(form, ())
        # Vereinsvorstand is a Vorstand; Vorstandssitzung is a Sitzung.
        for part in parts:
            if form.endswith(part):
                yield from (word for word in self.known.words.get(part, ()) if word.is_single)

    def _note(self, word: Word, surface: str, start: int) -> bool:
        """Whether this is the first use of the word."""
        anchor = f"{word.entry.anchor}-{word.side}"
        if anchor in self._done:
            return False
        self._done.add(anchor)
        written = mark_safe(surface)  # noqa: S308 - escaped in the text it is from
        explained = self.explained.setdefault(word.entry.anchor, Explained(word.entry))
        explained.places.append((written, anchor))
        reference = format_html(
            '<a class="word" id="{}" href="#{}" title="{}">{}</a>',
            anchor,
            word.entry.anchor,
            _hint(word),
            written,
        )
        self.references.append((start, start + len(surface), reference))
        return True


def _end_of(word: Word, tokens: list[Scanned], text: str) -> int:
    """Where the word ends if it begins with the first of ``tokens``, else 0."""
    if word.is_single:
        return tokens[0][1]
    if tuple(token[2] for token in tokens) != word.forms:
        return 0
    gaps = (text[one[1] : two[0]] for one, two in pairwise(tokens))
    return tokens[-1][1] if all(_BLANK.fullmatch(gap) for gap in gaps) else 0


def _hint(word: Word) -> str:
    """What the reference says to those who point at it or hear it."""
    if word.other and word.side == "zo":
        return _("Companies say: %(word)s. Explained on this page.") % {"word": word.other}
    if word.other:
        return _("Associations say: %(word)s. Explained on this page.") % {"word": word.other}
    return _("Explained on this page.")
