"""Which pages have enough of the words, said by conditions alone.

Adding up shares, the server looks at every page that has any of the words. Mostly it is plain which
conditions, or which two or three of them, make up enough.
"""

from collections.abc import Iterator, Sequence

from search.engines.elasticsearch.clauses import all_of, any_of, joined
from search.engines.elasticsearch.mapping import Json

#: More combinations are not written down: of many words, a few of any make up enough.
MOST = 32

#: What a page has of a word, times what the word counts, and what is asked of the page for it.
Share = tuple[float, Json]


def enough(words: Sequence[Sequence[Share]], least: float) -> Json | None:
    """A filter for pages whose shares of all words add up to ``least``.

    Args:
        words: what a page may have of each word; of several, the largest counts.
        least: is reached by what is as large.

    Returns:
        ``None`` where too many combinations make up enough.
    """
    sure = [condition for word in words for share, condition in word if share >= least]
    rest = [_steps([share for share in word if share[0] < least]) for word in words]
    rest = sorted(filter(None, rest), key=lambda steps: -steps[0][0])
    together: list[Json] = []
    for _total, conditions in _combinations(rest, least):
        together.append(all_of(conditions))
        if len(together) > MOST:
            return None
    return any_of(joined([*sure, *together]))


def _steps(shares: Sequence[Share]) -> list[Share]:
    """``shares``, the largest first, each with a filter for what has as much or more."""
    ordered = sorted(shares, key=lambda share: -share[0])
    found: list[Share] = []
    for number, (share, _condition) in enumerate(ordered):
        if number + 1 == len(ordered) or ordered[number + 1][0] < share:
            conditions = joined([condition for _share, condition in ordered[: number + 1]])
            found.append((share, any_of(conditions)))
    return found


def _combinations(
    words: Sequence[Sequence[Share]], least: float
) -> Iterator[tuple[float, list[Json]]]:
    """Steps of several words that make up ``least``, none of them needless, with their sum."""
    if least <= 0:
        yield 0.0, []
        return
    # The words come with the largest shares first: what is out of reach is seen early.
    if sum(steps[0][0] for steps in words) < least:
        return
    first, *others = words
    for number, (share, condition) in enumerate(first):
        smaller = first[number + 1][0] if number + 1 < len(first) else 0.0
        for total, conditions in _combinations(others, least - share):
            if total + smaller < least:
                yield total + share, [condition, *conditions]
    yield from _combinations(others, least)
