"""Documents: whether they are what their name says, and whom they name."""

from cms.files import process
from cms.files.process import FileProblem

__all__ = ["FileProblem", "inspect"]


def inspect(source: str, ending: str) -> list[str]:
    """The people and organisations that the properties of a document name.

    Args:
        source: path of the file.
        ending: of its name, lower case, without the dot.

    Raises:
        FileProblem: ``mismatch`` if the content is of another kind, ``encrypted``, ``macros``,
            ``bomb`` for an archive that unpacks to too much, and those of
            :mod:`cms.files.process`.
    """
    people: list[str] = process.run(
        "document_child.py", "inspect", {"source": source, "ending": ending}
    )["people"]
    return people
