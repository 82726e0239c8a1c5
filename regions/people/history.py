"""How the history names what happened to people; the entries stand on account or invitation."""

from abc import ABC, abstractmethod

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from regions.models import Role


class Entry(ABC, LogFormatter):
    """A message made of what the entry keeps."""

    def format_message(self, log_entry: BaseLogEntry) -> str:
        """In a sentence; what an older entry lacks stays empty."""
        data = {"region_name": "", "name": "", "successor_name": ""} | (log_entry.data or {})
        data["numbers"] = ", ".join(
            f"{heading}: {count}" for heading, count in data.get("numbers", {}).items()
        )
        for key in ("role", "from", "to"):
            data[key] = Role(data[key]).label if data.get(key) in Role.values else ""
        return self.sentence(data)

    @abstractmethod
    def sentence(self, data: dict[str, object]) -> str:
        """The message in words; ``data`` has every key."""


class Invited(Entry):
    label = gettext_lazy("Invite a person")

    def sentence(self, data: dict[str, object]) -> str:
        return _("Invited %(name)s to %(region_name)s as: %(role)s") % data


class InvitedAgain(Entry):
    label = gettext_lazy("Send an invitation again")

    def sentence(self, data: dict[str, object]) -> str:
        return _("Sent the invitation of %(name)s to %(region_name)s again") % data


class Withdrawn(Entry):
    label = gettext_lazy("Withdraw an invitation")

    def sentence(self, data: dict[str, object]) -> str:
        return _("Withdrew the invitation of %(name)s to %(region_name)s") % data


class Accepted(Entry):
    label = gettext_lazy("Accept an invitation")

    def sentence(self, data: dict[str, object]) -> str:
        return _("%(name)s accepted the invitation to %(region_name)s as: %(role)s") % data


class RoleChanged(Entry):
    label = gettext_lazy("Change a role")

    def sentence(self, data: dict[str, object]) -> str:
        return _("Role in %(region_name)s changed from %(from)s to %(to)s") % data


class Left(Entry):
    label = gettext_lazy("End the work for a house")

    def sentence(self, data: dict[str, object]) -> str:
        if data["successor_name"]:
            return _("Ended the work for %(region_name)s; successor: %(successor_name)s") % data
        return _("Ended the work for %(region_name)s") % data


class HandedOver(Entry):
    label = gettext_lazy("Hand over open work")

    def sentence(self, data: dict[str, object]) -> str:
        if data["successor_name"]:
            return _("Open work in %(region_name)s went to %(successor_name)s (%(numbers)s)") % data
        return _("Open work in %(region_name)s is waiting for somebody (%(numbers)s)") % data


class Erased(Entry):
    label = gettext_lazy("Remove personal data")

    def sentence(self, data: dict[str, object]) -> str:
        return _("Name and address removed 24 months after the end of the work")


ENTRIES = {
    "people.invite": Invited,
    "people.invite_again": InvitedAgain,
    "people.withdraw": Withdrawn,
    "people.accept": Accepted,
    "people.change_role": RoleChanged,
    "people.leave": Left,
    "people.hand_over": HandedOver,
    "people.erase": Erased,
}


def register(actions: LogActionRegistry) -> None:
    """Register every action with its German label."""
    for name, formatter in ENTRIES.items():
        actions.register_action(name)(formatter)
