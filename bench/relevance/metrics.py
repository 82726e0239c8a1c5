"""nDCG, recall and bootstrap intervals over judged queries."""

import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.relevance.collection import Judged

_TOP = 10
_RECALLED = 20
_SAMPLES = 2000


@dataclass(frozen=True)
class Measured:
    """What one system found for one query."""

    query: Judged
    ranking: tuple[int, ...]
    milliseconds: float = 0.0

    @property
    def ndcg(self) -> float:
        """nDCG@10 with the gain 2^grade - 1 (Järvelin and Kekäläinen 2002)."""
        ideal = _dcg(sorted(self.query.grades.values(), reverse=True))
        return _dcg([self.query.grades.get(pk, 0) for pk in self.ranking]) / ideal if ideal else 0.0

    @property
    def recall(self) -> float:
        """Share of the pages of any grade among the first 20."""
        wanted = self.query.grades.keys()
        return len(wanted & set(self.ranking[:_RECALLED])) / min(len(wanted), _RECALLED)

    @property
    def violates(self) -> bool:
        """Whether a page that must not stands above one that was meant, or was excluded."""
        if self.query.kind == "exclude":
            return not self.query.never.isdisjoint(self.ranking)
        place = {pk: number for number, pk in enumerate(self.ranking)}
        best = [place.get(pk, math.inf) for pk, grade in self.query.grades.items() if grade == 3]
        return any(place[pk] < max(best, default=0) for pk in self.query.never if pk in place)


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:_TOP]))


def summary(measured: Sequence[Measured]) -> list[str]:
    """Cells of a table: queries, nDCG with its interval, recall, without result, violations."""
    values = [item.ndcg for item in measured]
    low, high = interval(values)
    empty = sum(not item.ranking for item in measured) / len(measured)
    return [
        str(len(measured)),
        f"{statistics.mean(values):.3f}",
        f"{low:.2f}-{high:.2f}",
        f"{statistics.mean(item.recall for item in measured):.2f}",
        f"{empty:.0%}",
        str(sum(item.violates for item in measured)),
    ]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean."""
    sample = random.Random(1)
    means = sorted(statistics.mean(sample.choices(values, k=len(values))) for _ in range(_SAMPLES))
    return means[int(_SAMPLES * 0.025)], means[int(_SAMPLES * 0.975)]
