"""The table of German nouns: every inflected form with its lemma.

Source and licence: the CSV file of the PyPI package ``german-nouns`` (compiled from the German
Wiktionary, **CC BY-SA 4.0**). It is installed as a dependency and read where it lies; nothing of it
is copied into this repository. The package's own lookup module is not imported: it needs a parser
that we do not install.
"""

import gc
import threading
from bisect import bisect_left
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from math import log2
from pathlib import Path

from cms.text import TRANSLITERATION, fold_lower

from .rules import rules

_CHUNK = 1 << 19
_MIN_NAME = 4
_UMLAUT_BYTES = tuple(
    (letter.encode(), pair.encode())
    for lower, pair in TRANSLITERATION.items()
    for letter in dict.fromkeys((lower, lower.upper()))
    if letter != "SS"
)
_NO_FORM = frozenset(("", "m", "f", "n"))
_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")


class NounTable:
    """Folded noun forms, their lemma, and what compounds need to know about a lemma.

    ``lemma_of`` maps a form to its lemma. ``genus`` holds, for common nouns only (no names, no
    abbreviations, no nominalised infinitives), the genders seen: what is not in it is never part of
    a compound.
    """

    __slots__ = ("_sorted", "genus", "lemma_of")

    def __init__(self, lemma_of: dict[str, str], genus: dict[str, str]) -> None:
        self.lemma_of = lemma_of
        self.genus = genus
        self._sorted = sorted(genus)

    def family(self, lemma: str) -> int:
        """Return how many nouns begin with this one, itself included."""
        low = bisect_left(self._sorted, lemma)
        return bisect_left(self._sorted, lemma + "\x7f") - low

    def commonness(self, lemma: str) -> float:
        """Return how common a noun is, 0 to about 8: log2 of its family.

        The table has no frequencies. How many nouns a word begins is a good stand-in and tells
        words (*Stein*, *Verein*) from syllables that happen to be words (*Tein*, *Esche*).
        """
        return log2(max(1, self.family(lemma)))

    def is_likelier(self, form: str, lemma: str, other: str) -> bool:
        """Tell whether a form of two nouns is of the first rather than of the other.

        The plural of a feminine in -e goes before the dative of a shorter noun (Krisen: Krise, not
        Kris); else the commoner noun has it (Kassen: Kasse, not Kassa).
        """
        if self._is_feminine_plural(form, lemma, other):
            return True
        if self._is_feminine_plural(form, other, lemma):
            return False
        family, others = self.family(lemma), self.family(other)
        # What begins with the longer one says nothing about the shorter.
        if other.startswith(lemma):
            family -= others
        elif lemma.startswith(other):
            others -= family
        return family > others

    def _is_feminine_plural(self, form: str, lemma: str, other: str) -> bool:
        return (
            form == lemma + "n"
            and lemma == other + "e"
            and "f" in self.genus.get(lemma, "")
            and "f" not in self.genus.get(other, "")
        )


def _csv_path() -> Path:
    try:
        found = distribution("german-nouns").locate_file("german_nouns/nouns.csv")
    except PackageNotFoundError as error:
        message = "Install the noun data: pip install --no-deps german-nouns"
        raise RuntimeError(message) from error
    return Path(str(found))


def _chunks(path: Path) -> Iterator[list[str]]:
    """Yield the (CRLF) lines of the file in folded spelling, some thousand at a time.

    Bytes are folded before decoding: that is several times quicker than ``str.lower`` on text with
    umlauts, and the whole load is bound by it.
    """
    with path.open("rb") as file:
        next(file)
        while chunk := file.read(_CHUNK):
            chunk = (chunk + file.readline()).lower()
            for umlaut, pair in _UMLAUT_BYTES:
                chunk = chunk.replace(umlaut, pair)
            yield chunk.decode("utf-8").split("\r\n")


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield lemma, part of speech and the rest of each row that is a single word."""
    for lines in _chunks(path):
        for line in lines:
            if not line.isascii():
                line = fold_lower(line.lower())
            lemma, _, rest = line.partition(",")
            if not lemma or " " in lemma or "-" in lemma:
                continue
            # Only the part of speech is ever quoted in a row without blanks in its lemma.
            if rest[0] == '"':
                pos, _, rest = rest[1:].partition('",')
            else:
                pos, _, rest = rest.partition(",")
            yield lemma, pos, rest


class _Reader:
    """Collects the rows; which noun a form belongs to is decided when all are known."""

    def __init__(self) -> None:
        self.lemma_of: dict[str, str] = {}
        self.genus: dict[str, str] = {}
        #: Forms that only count where no common noun has them.
        self.later: list[tuple[str, str]] = []
        #: Forms that another common noun has, too.
        self.doubtful: list[tuple[str, str]] = []
        self._nouns_after_all = rules().infinitives

    def read(self, path: Path) -> None:
        """Sort the rows by what kind of noun they hold."""
        for lemma, pos, rest in _rows(path):
            if pos == "substantiv":
                self._noun(lemma, rest)
            elif pos == "substantiv,adjektivische deklination":
                self._like_an_adjective(lemma)
            elif "affix" not in pos and "gebundenes" not in pos:
                self._name(lemma, pos, rest)

    def _noun(self, lemma: str, rest: str) -> None:
        infinitive = lemma[-1] == "n" and rest[0] == "n" and _is_infinitive(rest)
        if infinitive and lemma not in self._nouns_after_all:
            # das Arbeiten: the form of a real noun (die Arbeiten) goes first.
            self.later.append((lemma, lemma))
            self.later.append((lemma + "s", lemma))
            return
        one = rest[0]
        if one == ",":
            one = "".join(rest.split(",", 5)[:5])
        self.genus[lemma] = self.genus[lemma] + one if lemma in self.genus else one
        self.lemma_of[lemma] = lemma
        for form in set(rest.split(",")) - _NO_FORM:
            if form not in self.lemma_of:
                self.lemma_of[form] = lemma
            elif self.lemma_of[form] != lemma:
                self.doubtful.append((form, lemma))

    def _like_an_adjective(self, lemma: str) -> None:
        base = lemma[: -2 if lemma.endswith(("er", "es")) else -1]
        self.genus[base] = "mfn"
        self.later.append((base, base))
        self.later.extend((base + ending, base) for ending in _ADJECTIVE_ENDINGS)

    def _name(self, lemma: str, pos: str, rest: str) -> None:
        forms = set(rest.split(",")) - _NO_FORM | {lemma}
        if len(lemma) >= _MIN_NAME and "abk" not in pos:
            # Names stand without forms; their genitive is regular. Short ones would
            # swallow other words (Al → als).
            forms.add(lemma + "s")
        self.later.extend((form, lemma) for form in forms)

    def table(self) -> NounTable:
        """Decide what is open, with our own exceptions."""
        lemma_of, genus = self.lemma_of, self.genus
        for form, lemma in self.later:
            lemma_of.setdefault(form, lemma)
        for lemma, (gender, *forms) in rules().nouns.items():
            genus.setdefault(lemma, gender)
            lemma_of.update(dict.fromkeys((lemma, *forms), lemma))
        table = NounTable(lemma_of, genus)
        for form, lemma in self.doubtful:
            # A form that is a noun itself stays that noun.
            if form not in genus and table.is_likelier(form, lemma, lemma_of[form]):
                lemma_of[form] = lemma
        lemma_of.update(rules().lemma)
        return table


def _read(path: Path) -> NounTable:
    reader = _Reader()
    reader.read(path)
    return reader.table()


def _is_infinitive(rest: str) -> bool:
    """Tell a nominalised infinitive: a neuter in -n that has no plural of any kind."""
    return not any(rest.split(",")[14:23])


_lock = threading.Lock()
_table: NounTable | None = None


def noun_table() -> NounTable:
    """Return the table, building it on first use (about half a second, once per process).

    Raises:
        RuntimeError: the package ``german-nouns`` is not installed. Without it the same text would
            give other tokens than those in the index, so there is no silent fallback.
    """
    global _table
    if _table is None:
        with _lock:
            if _table is None:
                path = _csv_path()
                # Half a million small objects and no cycles: the collector would only slow it down.
                was_enabled = gc.isenabled()
                gc.disable()
                try:
                    _table = _read(path)
                finally:
                    if was_enabled:
                        gc.enable()
    return _table
