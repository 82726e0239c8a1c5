"""Permission policies of models that the software writes."""

from collections.abc import Iterable

from wagtail.permission_policies import ModelPermissionPolicy

from cms.models import User


class ReadOnlyPolicy(ModelPermissionPolicy):
    """May be looked at, not changed: such rows are written by the software."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Allow only actions that change nothing."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        """Let whoever may view pass, whatever ``actions`` are."""
        return any(self.user_has_permission(user, action) for action in {*actions, "view"})
