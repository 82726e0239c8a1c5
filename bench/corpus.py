"""Varied plausible German texts, from the sentences of the demo content.

With all German places and with numbers added. So most words occur in far more pages than in a real
archive of that size: searches find more, which is the harder case.
"""

import datetime
import random
import re

from django.utils import timezone

from cms.models import Place
from demo import content

#: Tags, and what the content files say of themselves.
_MARKUP = re.compile(r"<[^>]+>|^#.*$|\(Demonstration\)", re.MULTILINE)
#: A sentence of some length within a value of the content files.
_SENTENCE = re.compile(r"""(?<=[ "])[„A-ZÄÖÜ][^.!?"=\[\]]{18,}[.!?]""")
_TITLE = re.compile(r'^title = "(.+)"$', re.MULTILINE)
_SUMMARY = 300


class Corpus:
    """Makes texts; the same seed gives the same texts."""

    def __init__(self, seed: int = 2026) -> None:
        self.random = random.Random(seed)
        self._places = list(Place.objects.order_by("pk").values_list("name", flat=True))
        named = ("national.toml", "forms.toml", "houses/*.toml")
        files = (path for name in named for path in sorted(content.CONTENT_DIR.glob(name)))
        texts = "\n".join(path.read_text(encoding="utf-8") for path in files)
        plain = " ".join(_MARKUP.sub(" ", texts).split())
        #: All sentences of the demo content, in a fixed order, each once.
        self.sentences = list(dict.fromkeys(_SENTENCE.findall(plain)))
        self._titles = _TITLE.findall(texts)
        self._terms = {
            vocabulary: [record["key"] for record in rows]
            for vocabulary, rows in content.load("terms").items()
        }

    def place(self) -> str:
        """The name of a German place, drawn at random."""
        return self.random.choice(self._places)

    def title(self) -> str:
        """A title of the demo, told apart by place and number."""
        number = self.random.randint(2, 999)
        return f"{self.random.choice(self._titles)[:120]} in {self.place()} ({number})"

    def text(self, sentences: int) -> str:
        """Sentences in any order, every fourth with a place and a number of its own."""
        chosen = self.random.sample(self.sentences, sentences)
        for index in range(0, sentences, 4):
            number = self.random.randint(3, 240)
            chosen[index] += f" In {self.place()} waren {number} Menschen dabei."
        return " ".join(chosen)

    def summary(self) -> str:
        """A teaser that fits the field."""
        text = self.text(2)
        return text if len(text) <= _SUMMARY else text[: text.rfind(" ", 0, _SUMMARY - 1)] + "…"

    def html(self, paragraphs: int) -> str:
        """Paragraphs with a heading in between, as the content files have them."""
        parts = [f"<p>{self.text(self.random.randint(3, 5))}</p>" for _ in range(paragraphs)]
        parts.insert(paragraphs // 2, f"<h2>{self.random.choice(self._titles)}</h2>")
        return "".join(parts)

    def keys(self, vocabulary: str, at_most: int) -> list[str]:
        """Some terms; the first of a vocabulary more often than the last, as in life."""
        keys = self._terms[vocabulary]
        weights = [1 / (rank + 3) for rank in range(len(keys))]
        chosen = self.random.choices(keys, weights, k=self.random.randint(1, at_most))
        return list(dict.fromkeys(chosen))

    def day(self) -> datetime.date:
        """A day of the last six years."""
        return timezone.localdate() - datetime.timedelta(days=self.random.randint(1, 365 * 6))
