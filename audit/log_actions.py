"""How the trail names what happened to accounts, roles, houses and enquiries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from regions.models import EnquiryEvent
from regions.models.enquiry import Status


@hooks.register("register_log_actions")
def register_trail_actions(actions: LogActionRegistry) -> None:
    """Labels of our own actions."""
    for name, label in {
        "trail.account_created": _("Account created"),
        "trail.account_rests": _("Account deactivated"),
        "trail.account_back": _("Account activated again"),
        "trail.factor_on": _("Second factor set up"),
        "trail.factor_off": _("Second factor removed"),
        "trail.sign_in_failed": _("Sign-in failed"),
        "trail.region_closed": _("House closed"),
    }.items():
        actions.register_action(name, label, label)
    actions.register_action("trail.role_given")(RoleGiven)
    actions.register_action("trail.role_taken")(RoleTaken)
    actions.register_action("trail.enquiry")(EnquiryStep)


def _groups(log_entry: BaseLogEntry) -> dict[str, str]:
    return {"groups": ", ".join(log_entry.data.get("groups", []))}


class RoleGiven(LogFormatter):
    """Log message: a person was given a role."""

    label = _("Role given")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Role given: %(groups)s") % _groups(log_entry)


class RoleTaken(LogFormatter):
    """Log message: a role was taken from a person."""

    label = _("Role taken away")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Role taken away: %(groups)s") % _groups(log_entry)


class EnquiryStep(LogFormatter):
    """Something was done with an enquiry."""

    label = _("Enquiry worked on")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        """What, and the status if it changed."""
        kinds, states = dict(EnquiryEvent.Kind.choices), dict(Status.choices)
        kind = str(kinds.get(log_entry.data.get("kind"), ""))
        status = states.get(log_entry.data.get("status"))
        return f"{kind}: {status}" if status else kind
