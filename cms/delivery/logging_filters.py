"""Log lines name things by their numbers, and no line holds a key that opens something."""

import logging
import re

#: ``id=7``, ``revision_id=9``, ``from=3`` in a line of Wagtail's.
NUMBERS = re.compile(r"\b(?:\w*id|pk|from)=\d+")


class NoTitles(logging.Filter):
    """Takes titles, and addresses made of titles, out of what Wagtail logs below a warning.

    Its lines begin with what happened and a colon, then come the title and some numbers. The
    first and the last stay.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; all lines pass."""
        if record.levelno < logging.WARNING and record.name.split(".")[0] == "wagtail":
            happened = str(record.msg).partition(":")[0].partition("%")[0].strip()
            # Only what follows the title: a title, too, may look like a number.
            rest = record.getMessage().rpartition('"')[2]
            record.msg, record.args = " ".join([happened, *NUMBERS.findall(rest)]), ()
        return True


#: The end of a signed link (:mod:`cms.signed_links`): the part that nobody can guess.
SIGNATURE = re.compile(r"(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/)[0-9a-f]{64}\b")


class NoSignedLinks(logging.Filter):
    """Takes the signature out of addresses: who reads a log must not be able to open the link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; all lines pass."""
        line = record.getMessage()
        if SIGNATURE.search(line):
            record.msg, record.args = SIGNATURE.sub(r"\1…", line), ()
        return True
