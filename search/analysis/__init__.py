"""German (and English) analysis of text for search, once, in Python, for all engines.

Both engines index the tokens made here, queries are made of the same tokens, and the highlighter
marks by them: one vocabulary (docs/explanation/read-model.md).

* :func:`cms.text.fold` one spelling: case, umlauts, ß, accents, invisible characters
* :mod:`.nouns` noun forms and lemmas from the PyPI package ``german-nouns`` (CC BY-SA 4.0, used as
  a dependency, not copied)
* :mod:`.lemmas` lemmas of all other words from ``simplemma``, and families of words
* :mod:`.stemming` Snowball for words that neither knows
* :mod:`.compounds` parts of compounds
* :mod:`.words` one word: gender endings, hyphens, then the above
* :mod:`.tokens` whole texts; :mod:`.highlight` marked passages
"""

from .highlight import highlight
from .tokens import Token, analyse, index_string, query_tokens

ANALYSIS_VERSION = 6
"""Raise it with every change that gives some text other tokens: a rule, a list in ``data/``, the
version of ``german-nouns``, ``simplemma`` or ``snowballstemmer``. Entries that carry another
version are stale and are re-read by the sweep; until then old tokens meet new queries."""

__all__ = ["ANALYSIS_VERSION", "Token", "analyse", "highlight", "index_string", "query_tokens"]
