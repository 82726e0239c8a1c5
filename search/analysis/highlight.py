"""Mark what a query found, in escaped HTML, and cut the passage that shows it best."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .tokens import Token, scan

_CUT = "…"

Span = tuple[int, int, int]
"""Start, end, number of the query token that matches there."""


def highlight(
    text: str, tokens: Iterable[Token], language: str, max_chars: int | None = None
) -> SafeString:
    """Return the text as safe HTML with ``<mark>`` around what the query tokens match.

    A query token marks the words that have its form as form or part. Only where a text has none of
    these are words marked that share one of its parts, as the engines' weaker clause does.

    Args:
        text: plain text (not HTML; it is escaped here).
        tokens: what ``query_tokens`` returned.
        language: language code of the text.
        max_chars: longest passage, without the marks; None for the whole text. The passage is taken
            where most different query tokens stand close together, never cuts inside a word (a
            single longer word is kept whole), and has … where it was cut.
    """
    spans = _matches(text, list(tokens), language)
    start, end = 0, len(text)
    if max_chars is not None and end > max_chars:
        start, end = _passage(text, spans, max(max_chars, 1))
    pieces = [_CUT] if start > 0 else []
    at = start
    for span_start, span_end, _ in spans:
        if span_start < at or span_end > end:
            continue
        pieces += (escape(text[at:span_start]), "<mark>", escape(text[span_start:span_end]))
        pieces.append("</mark>")
        at = span_end
    pieces.append(escape(text[at:end]))
    if end < len(text):
        pieces.append(_CUT)
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of text is escaped above


def _matches(text: str, tokens: Sequence[Token], language: str) -> list[Span]:
    strict: dict[str, int] = {}
    weak: dict[str, int] = {}
    for index, token in enumerate(tokens):
        strict.setdefault(token.form, index)
        for part in token.parts:
            weak.setdefault(part, index)
    if not strict:
        return []
    exact: list[Span] = []
    loose: list[Span] = []
    for start, end, form, parts in scan(text, language):
        number: int | None = strict.get(form)
        if number is None and parts:
            number = next((strict[part] for part in parts if part in strict), None)
        if number is not None:
            exact.append((start, end, number))
        elif weak:
            number = weak.get(form)
            if number is None and parts:
                number = next((weak[part] for part in parts if part in weak), None)
            if number is not None:
                loose.append((start, end, number))
    found = {number for _, _, number in exact}
    return sorted(exact + [span for span in loose if span[2] not in found])


def _passage(text: str, spans: Sequence[Span], size: int) -> tuple[int, int]:
    """Return start and end of the passage of at most ``size`` characters to show."""
    first = last = 0
    if spans:
        first, last = _best_cluster(spans, size)
    if last <= size:
        first = start = 0
    else:
        # A third of the room that is left goes before the hits: what follows tells more.
        room = max(0, size - (last - first))
        start = max(0, min(first - room // 3, len(text) - size))
        start = _next_word(text, start, first)
    end = start + size
    if end >= len(text):
        return start, len(text)
    return start, _previous_end(text, end, max(last, start + 1))


def _best_cluster(spans: Sequence[Span], size: int) -> tuple[int, int]:
    """Return the stretch within ``size`` that has most different tokens, then most hits."""
    best, result = (0, 0), spans[0][:2]
    counts: dict[int, int] = {}
    first = 0
    for last, (_, end, number) in enumerate(spans):
        counts[number] = counts.get(number, 0) + 1
        while first < last and end - spans[first][0] > size:
            gone = spans[first][2]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            first += 1
        value = (len(counts), last - first + 1)
        if value > best:
            best, result = value, (spans[first][0], end)
    return result


def _next_word(text: str, at: int, limit: int) -> int:
    """Return the first beginning of a word at or after ``at``, at most ``limit``."""
    if at == 0:
        return 0
    while at < limit and not (text[at - 1].isspace() and not text[at].isspace()):
        at += 1
    return at


def _previous_end(text: str, at: int, limit: int) -> int:
    """Return the last end of a word at or before ``at``; past it if a word reaches over ``limit``.

    ``limit`` is what must stay inside: the end of the hits, or at least one character.
    """
    best = at
    while best > limit and not (text[best].isspace() and not text[best - 1].isspace()):
        best -= 1
    if best > limit or text[best].isspace():
        return best
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
