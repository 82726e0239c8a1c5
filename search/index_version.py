"""The version of the search index: which history of the entries, and how far in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IndexVersion:
    """A version of the read model, as :class:`search.models.IndexClock` counts it."""

    epoch: int = 0
    counter: int = 0
    purged_version: int = 0
