"""What no screen of the admin says: English, the language of Wagtail, and *du*."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

_ENGLISH = """
about actions add added after again all and any are back been before but by can cancel change
changed choose chosen click close collections column comments confirm content copy could create
created days delete deleted description display document documents download duplicate edit edited
editing email empty error errors expand failed field fields find first for found from groups has
have help hide history hours how image images insert is issue issues item items language languages
last latest learn less loading locale locales lock locked make minutes more move must need new
next no none not of only open or order other page pages password permission permissions please
preview previous privacy publish published read redirect redirects reject rejected remove reports
required review reviewer row rows save saved schedule search seconds select settings show sites
skip sort source submit submitted task tasks that the their there these this those title to toggle
translate translated translation unlock unpublish update updated upload uploaded usage use used
user users view were when where which who with without workflow workflows would yes you your
"""
#: Frequent English words, and those of Wagtail, that are no German ones.
ENGLISH = frozenset(_ENGLISH.split())
#: Words of Wagtail that only people who build with it know, and others that we do not use.
FORBIDDEN = re.compile(
    r"-Objekt\b|\bModeration|\bmoderiert|\bReviewer|</?(b|strong|em)>|\bSnippet|\bSchnipsel|\bKurztitel"
    r"|\bRevision|\bAlias\b|\bLocales?\b|\bLive\b|\bDashboard|\bBreadcrumb|\bWorkflow|\bUpload\b"
    r"|\bDimension|\bMassenaktion|(Eingereicht|Zugelassen|Zurückgewiesen)-|genehmigungsaufgabe"
    r"|protokolleintr|\bErstrevision|Unvollständige Aufgabe|Dateigrösse"
    r"|\bChooser\b|\bContent\b|Überprüfung(en)?\b(?! ein)|\bInhaltsprüfung",
)
#: One form of address: *Sie*. An order in the singular begins with its verb.
FAMILIAR = re.compile(
    r"\b(du|dich|dir|dein(e[mnrs]?)?)\b|(?:^|[.!?] )(Wähle|Halte|Klicke|Gib|Lade|Füge|Trage|Beachte"
    r"|Bearbeite|Lösche|Synchronisiere|Erstelle|Öffne)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+")
#: Names, not texts: of time zones, of files, of addresses.
NAME = re.compile(r"\S*[/@_]\S*|\S+\.\w{2,4}\b|CC BY( [\d.]+)?")


def wrong_words(texts: Iterable[str], exceptions: Iterable[str] = ()) -> Iterator[str]:
    """The texts that are not in our German, and why.

    Args:
        texts: what stands on a screen.
        exceptions: texts that are known and may stay.
    """
    for text in texts:
        if text not in exceptions and (wrong := _wrong(text)):
            yield f"{text!r}: {wrong}"


@cache
def _wrong(text: str) -> str:
    """The words of a text that are wrong; most texts stand on many screens."""
    said = NAME.sub(" ", text)
    english = ENGLISH.intersection(word.lower() for word in WORD.findall(said))
    found = FORBIDDEN.search(text) or FAMILIAR.search(said)
    return ", ".join(sorted(english)) or (found[0] if found else "")
