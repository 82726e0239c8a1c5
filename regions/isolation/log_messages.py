"""Log messages that name another page: where a page was copied, moved or made an alias from."""

from django_stubs_ext import StrOrPromise
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from regions.isolation import titles
from regions.isolation.current_request import get_current_user

#: Actions whose messages name another page, which may be another house's.
NAME_ANOTHER_PAGE = frozenset(
    {
        "wagtail.move",
        "wagtail.copy",
        "wagtail.copy_for_translation",
        "wagtail.create_alias",
        "wagtail.convert_alias",
    }
)


class GuardedFormatter(LogFormatter):
    """Wagtail's formatter of one action, which names other pages within reach only.

    Args:
        formatter: Wagtail's own.
    """

    def __init__(self, formatter: LogFormatter) -> None:
        self.formatter = formatter
        self.label = formatter.label

    def format_message(self, log_entry: BaseLogEntry) -> StrOrPromise:
        """The whole message, or what was done without its pages."""
        if titles.shows_log_message(log_entry, get_current_user()):
            return self.formatter.format_message(log_entry)
        return self.label

    def format_comment(self, log_entry: BaseLogEntry) -> StrOrPromise:
        return self.formatter.format_comment(log_entry)


def register(actions: LogActionRegistry) -> None:
    """Take the places of Wagtail's formatters; registered anew, actions would be listed twice."""
    for action in NAME_ANOTHER_PAGE:
        actions.formatters[action] = GuardedFormatter(actions.formatters[action])
