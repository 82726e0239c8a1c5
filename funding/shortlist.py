"""A shortlist of programmes, kept in the address: no account, no cookie, and a link to share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

#: Parameter of addresses, and what stands between the numbers of the pages.
PARAMETER, _BETWEEN = "merk", "."
#: What an address says that shows the shortlist instead of the list.
SHORTLIST_VIEW = {"ansicht": "merkliste"}
#: More nobody compares; an address has to fit into a message.
MOST = 12
#: Digits of the largest number a database gives a page.
_DIGITS = 10


def asks_for_shortlist(parameters: Mapping[str, str]) -> bool:
    """Whether an address shows the shortlist."""
    return all(parameters.get(name) == value for name, value in SHORTLIST_VIEW.items())


@dataclass(frozen=True)
class Shortlist:
    """The programmes that somebody keeps, in the order in which they chose them.

    Args:
        ids: primary keys of the pages.
    """

    ids: tuple[int, ...] = ()

    @classmethod
    def read(cls, values: Sequence[str]) -> "Shortlist":
        """The shortlist that an address holds; what is no number of a page is left out."""
        texts = [text for value in values for text in value[:200].split(_BETWEEN)]
        numbers = [int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < _DIGITS]
        return cls(tuple(dict.fromkeys(number for number in numbers if number))[:MOST])

    def __contains__(self, pk: object) -> bool:
        return pk in self.ids

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def is_full(self) -> bool:
        """Whether nothing can be added."""
        return len(self.ids) >= MOST

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in an address."""
        return {PARAMETER: self.value} if self.ids else {}

    @property
    def value(self) -> str:
        """The value of the parameter."""
        return _BETWEEN.join(map(str, self.ids))

    def with_added(self, pk: int) -> "Shortlist":
        """With a programme at its end, unless it is there or the list is full."""
        return self if pk in self.ids else replace(self, ids=(*self.ids, pk)[:MOST])

    def toggled(self, pk: int) -> "Shortlist":
        """With a programme added, or without it if it was there."""
        if pk in self.ids:
            return replace(self, ids=tuple(kept for kept in self.ids if kept != pk))
        return self.with_added(pk)
