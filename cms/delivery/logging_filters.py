"""Log lines name things by their numbers: a log is read by people who may not see every draft."""

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
