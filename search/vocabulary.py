"""The words of all entries with their number of entries, kept up to date by the sync."""

import re
from collections import Counter
from collections.abc import Iterable

from django.db import connection

from cms.text import fold
from search.models import IndexedWord

_WORD = re.compile(r"[^\W\d_]{4,40}")
_UPSERT = """
INSERT INTO search_indexedword (locale, word, shown, sound, letters, entries)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (locale, word) DO UPDATE SET entries = search_indexedword.entries + excluded.entries
"""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
# What is heard alike and written differently, old and new spelling among it.
_SOUNDS = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"stst", "st"),
        (r"ph|v", "f"), (r"th|dt", "t"), (r"ck|c(?!h)", "k"), (r"y", "i"), (r"ie", "i"),
        (r"ae", "e"), (r"(.)\1+", r"\1"), (r"(?<=[aeiou])h(?=[^aeiou]|$)", ""),
    )
]  # fmt: skip

Counts = Counter[tuple[str, str, str]]
"""Number of entries by language, folded word, and the word as written."""


def words_of(*texts: str) -> dict[str, str]:
    """The words of ``texts``: as written, by their folded form."""
    return {fold(word): word for text in texts for word in _WORD.findall(text)}


def changes(locale: str, old: Iterable[str], new: Iterable[str]) -> Counts:
    """What a new text of an entry changes in the counts."""
    before, after = words_of(*old), words_of(*new)
    counts: Counts = Counter()
    for word in after.keys() - before.keys():
        counts[locale, word, after[word]] += 1
    for word in before.keys() - after.keys():
        counts[locale, word, before[word]] -= 1
    return counts


def add(counts: Counts) -> None:
    """Add to the stored counts; in the transaction that changes the entries."""
    totals: dict[tuple[str, str], tuple[str, int]] = {}
    for (locale, word, shown), number in counts.items():
        first, before = totals.get((locale, word), (shown, 0))
        totals[locale, word] = first, before + number
    rows = [
        (locale, word, shown, sound(word), letters(word), number)
        for (locale, word), (shown, number) in sorted(totals.items())
        if number
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT, rows)


def delete_unused() -> None:
    """Delete the words that no entry has any more: surnames of people who were taken off pages.

    Who calls it holds the lock of the index, so that no entry gets such a word meanwhile.
    """
    IndexedWord.objects.filter(entries__lte=0).delete()


def sound(word: str) -> str:
    """A folded word as it is heard, roughly."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def letters(word: str) -> int:
    """The set of the letters of a folded word, as bits."""
    return sum(1 << _ALPHABET.index(letter) for letter in set(word) if letter in _ALPHABET)
