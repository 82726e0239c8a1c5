"""The hand-kept word lists of ``data/german.toml``, read once per process."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "german.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """Exceptions and closed word classes; every word is in canonical spelling."""

    keep: frozenset[str]
    lemma: dict[str, str]
    nouns: dict[str, list[str]]
    split: dict[str, tuple[str, ...]]
    no_family: frozenset[str]
    infinitives: frozenset[str]
    verb_stems: frozenset[str]
    adjectives: frozenset[str]
    short: frozenset[str]
    never_first: frozenset[str]
    never_last: frozenset[str]
    function_words: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Read ``data/german.toml``, once per process."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    parts = {name: frozenset(words) for name, words in raw["parts"].items()}
    return Rules(
        keep=frozenset(raw["keep"]),
        no_family=frozenset(raw["no_family"]),
        lemma=raw["lemma"],
        nouns=raw["nouns"],
        split={word: tuple(found) for word, found in raw["split"].items()},
        function_words={code: frozenset(ws) for code, ws in raw["function_words"].items()},
        **parts,
    )
