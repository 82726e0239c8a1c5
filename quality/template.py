"""One thing to look at; knows nothing of Django."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Template:
    """One thing to look at.

    Args:
        name: unique, fit for a file name: ``de-ExamplePage``, ``en-search-empty``.
        address: path and query.
        language: ``de`` or ``en``.
        status: what it answers.
        state: what was asked of it; empty for the page as one comes to it.
        sets_cookies: whether it may: pages for signing in.
    """

    name: str
    address: str
    language: str
    status: int = 200
    state: str = ""
    sets_cookies: bool = False

    def as_json(self) -> dict[str, object]:
        """For a file, or programs of other languages."""
        return dict(vars(self))
