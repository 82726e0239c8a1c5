"""Lemmas of verbs, adjectives and the rest, and the families of words.

Lemmas are those of the PyPI package ``simplemma`` (MIT; its data CC BY and ODbL, used as a
dependency, not copied): *gefördert* → *fördern*, *könnten* → *können*, where Snowball only cuts.
Nouns keep the table of :mod:`.nouns`, which knows more of them and their genders.

Its dictionary is read in the compressed form (``low_memory``): 19 MB instead of 107 in every
process, and 0.04 ms instead of 0.005 for a word that is looked up for the first time.
"""

from functools import lru_cache

from simplemma import is_known, lemmatize

from cms.text import fold, restore_umlauts

from .rules import rules

_LANGUAGE = "de"
#: Marks the family of a word among its parts; no part has it otherwise.
FAMILY_MARK = "="
_MIN_STEM = 3


@lru_cache(maxsize=40_000)
def lemma_of(surface: str) -> str | None:
    """The lemma of a word that is no noun, with umlauts; ``None`` for nouns and unknown words."""
    word = surface.lower()
    for spelling in dict.fromkeys((word, restore_umlauts(word))):
        if is_known(spelling, lang=_LANGUAGE, low_memory=True):
            lemma = _lemmatize(spelling)
            # geförderte → gefördert → fördern
            again = _lemmatize(lemma) if lemma.islower() else lemma
            return again if again.islower() else (lemma if lemma.islower() else None)
    return None


def _lemmatize(word: str) -> str:
    return lemmatize(word, lang=_LANGUAGE, low_memory=True)


def family(form: str) -> tuple[str, ...]:
    """What nouns share with the verb they come from: *Förderung* and *fördern*, as a part.

    Args:
        form: folded lemma.

    Returns:
        The mark and the stem of the verb, or nothing. *Verein* and *Vereinigung*, *Messe* and
        *Messer* share nothing.
    """
    if form in rules().no_family:
        return ()
    for ending, infinitives in _ENDINGS:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) >= _MIN_STEM:
            for verb in infinitives:
                if is_verb(stem + verb):
                    return (FAMILY_MARK + stem + verb,)
    return ()


_ENDINGS = (
    ("ung", ("en", "n")),
    ("ation", ("ieren",)),
    ("erin", ("en", "n")),
    ("er", ("en", "n")),
    ("en", ("en",)),
    ("rn", ("rn",)),
    ("ln", ("ln",)),
    ("e", ("en",)),
)


@lru_cache(maxsize=20_000)
def is_verb(word: str) -> bool:
    """Tell whether a folded word is the infinitive of a verb."""
    if not word.endswith(("en", "eln", "ern")):
        return False
    lemma = lemma_of(word)
    return lemma is not None and fold(lemma) == word
