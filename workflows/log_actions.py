"""What the review writes into Wagtail's log, and how the history reads."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from audit.log_entries import name_of
from cms.editing.authorship import AGREED_ACTION
from workflows.corrections import ASKED_ACTION
from workflows.outcomes.common import REASONS
from workflows.reminders import ESCALATED_ACTION, REMINDED_ACTION
from workflows.slips import Slip


@hooks.register("register_log_actions")
def register_review_actions(actions: LogActionRegistry) -> None:
    """Emergencies, claims, and reviews that ended without a decision."""
    actions.register_action("workflows.claim", _("Review taken on"), _("Took the review on"))
    actions.register_action(
        "workflows.give_back", _("Review given back"), _("Gave the review back")
    )
    actions.register_action(
        REMINDED_ACTION, _("Reminder of a review"), _("Reviewers reminded: the review is overdue")
    )
    actions.register_action(
        ESCALATED_ACTION,
        _("Overdue review put before the desk"),
        _("Put before the national desk: the review is overdue"),
    )
    actions.register_action(
        "workflows.corrected",
        _("Corrected in the review"),
        _("Corrected the text; somebody else approves it"),
    )

    actions.register_action(
        "workflows.checked", _("Checked: still right"), _("Read the page and found it still right")
    )

    @actions.register_action(ASKED_ACTION)
    class SlipFormatter(LogFormatter):
        label = _("Small correction")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            author = name_of(log_entry.data.get("author"))
            details = {"changes": _changes(log_entry), "name": author}
            return _("Corrected a slip: %(changes)s. %(name)s is asked to agree") % details

    @actions.register_action(AGREED_ACTION)
    class AgreedFormatter(LogFormatter):
        label = _("Agreed to a small correction")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            reviewer = name_of(log_entry.data.get("reviewer"))
            details = {"changes": _changes(log_entry), "name": reviewer}
            return _("Agreed to the correction of %(name)s: %(changes)s") % details

    @actions.register_action("workflows.emergency")
    class EmergencyFormatter(LogFormatter):
        label = _("Publish in an emergency")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return _("Published without a review: %(reason)s") % {
                "reason": log_entry.data.get("reason", "")
            }

    @actions.register_action("workflows.ended")
    class EndedFormatter(LogFormatter):
        label = _("Review ended without a decision")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return _("Review ended: %(reason)s") % {"reason": _reason(log_entry)}

    @actions.register_action("workflows.stopped")
    class StoppedFormatter(LogFormatter):
        label = _("Schedule stopped")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return _("Schedule stopped: %(reason)s") % {"reason": _reason(log_entry)}

    @actions.register_action("workflows.pass_on")
    class PassOnFormatter(LogFormatter):
        label = _("Review handed on")

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return _("Handed the review on to %(name)s") % {
                "name": name_of(log_entry.data.get("to"))
            }

        def format_comment(self, log_entry: BaseLogEntry) -> str:
            return log_entry.data.get("note", "")


def _changes(log_entry: BaseLogEntry) -> str:
    return str(Slip.from_log(log_entry.data.get("changes", ())))


def _reason(log_entry: BaseLogEntry) -> str:
    key = log_entry.data.get("reason", "")
    return str(REASONS.get(key, key))
