from collections.abc import Sequence

from wagtail.permission_policies.base import BasePermissionPolicy

class PermissionCheckedMixin:
    permission_required: str | None
    any_permission_required: Sequence[str] | None
    permission_policy: BasePermissionPolicy
    def user_has_permission(self, permission: str) -> bool: ...
    def user_has_any_permission(self, permissions: Sequence[str]) -> bool: ...
