"""Who somebody is and what they may, with fewer questions to the database than Django's own."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from cms.models import User


class AccountBackend(AuthenticationBackend):
    """Signs in by e-mail address; every screen of the admin asks it for account and rights."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session with its profile, which the admin reads on every screen."""
        users = get_user_model().objects.select_related("wagtail_userprofile")
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        """None: rights come from groups only, no form gives them to a single account."""
        return Permission.objects.none()
