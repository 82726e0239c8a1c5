"""Varied plausible German texts, from the sentences of the demo content."""

import datetime
import random
import re
from functools import cached_property
from typing import Any

from django.utils import timezone

from cms.models import Kreis, Place
from demo import content

_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[„A-ZÄÖÜ])")
_SHORTEST = 20
_SUMMARY = 300
_YEARS = 6


class Corpus:
    """Makes texts; the same seed gives the same texts.

    Vocabulary and word frequencies are those of the demo content, with all German places
    and with numbers added. So most words occur in far more pages than in a real archive of
    that size: searches find more, which is the harder case.
    """

    def __init__(self, seed: int = 2026) -> None:
        self.random = random.Random(seed)
        self.today = timezone.localdate()
        self.places = list(Place.objects.order_by("pk").values_list("name", flat=True))
        self.kreise = list(Kreis.objects.order_by("pk"))

    @cached_property
    def _records(self) -> dict[str, list[dict[str, Any]]]:
        houses = content.load("houses")["houses"]
        national = content.load("national")
        return {
            "examples": [record for house in houses for record in house["examples"]],
            "news": [*national["news"], *(item for house in houses for item in house["news"])],
            "forms": content.load("forms")["forms"],
            "pages": national["pages"],
        }

    @cached_property
    def sentences(self) -> list[str]:
        """All sentences of the demo content, in a fixed order, each once."""
        found: dict[str, None] = {}
        for records in self._records.values():
            for text in _strings(records):
                plain = _TAG.sub(" ", text).replace("(Demonstration)", "")
                for sentence in _SENTENCE.split(" ".join(plain.split())):
                    if len(sentence) >= _SHORTEST and sentence[-1] in ".!?“":
                        found.setdefault(sentence)
        return list(found)

    @cached_property
    def terms(self) -> dict[str, list[str]]:
        """Keys of all terms by vocabulary."""
        return {
            vocabulary: [record["key"] for record in records]
            for vocabulary, records in content.load("terms").items()
        }

    def record(self, kind: str) -> dict[str, Any]:
        """Any of the demo's records: ``examples``, ``news``, ``forms`` or ``pages``."""
        return self.random.choice(self._records[kind])

    def place(self) -> str:
        """The name of a German place, drawn at random."""
        return self.random.choice(self.places)

    def title(self, kind: str) -> str:
        """A title of the demo, told apart by place and number."""
        number = self.random.randint(2, 999)
        return f"{self.record(kind)['title']} in {self.place()} ({number})"

    def text(self, sentences: int) -> str:
        """Sentences in any order, every fourth with a place or a number of its own."""
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
        parts.insert(paragraphs // 2, f"<h2>{self.record('pages')['title']}</h2>")
        return "".join(parts)

    def steps(self) -> list[dict[str, str]]:
        """How a cooperation went."""
        titles = [step["title"] for step in self.record("examples")["course"]]
        return [{"title": title, "text": self.text(3)} for title in titles]

    def keys(self, vocabulary: str, at_most: int) -> list[str]:
        """Some terms; the first of a vocabulary more often than the last, as in life."""
        keys = self.terms[vocabulary]
        weights = [1 / (rank + 3) for rank in range(len(keys))]
        chosen = self.random.choices(keys, weights, k=self.random.randint(1, at_most))
        return list(dict.fromkeys(chosen))

    def day(self) -> datetime.date:
        """A day of the last years."""
        return self.today - datetime.timedelta(days=self.random.randint(1, 365 * _YEARS))

    def expiry(self) -> datetime.date | None:
        """None for most; for some a day in the past or to come."""
        if self.random.random() > 0.05:
            return None
        return self.today + datetime.timedelta(days=self.random.randint(-200, 400))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, (list, tuple)) or hasattr(value, "__iter__"):
        return [text for item in value for text in _strings(item)]
    return []
