"""Who did what: what every room needs to write to Wagtail's log and to read from it.

Write with ``wagtail.log_actions.log(instance, action, data=…)`` and an action that
was registered with the hook ``register_log_actions``. A room above works out which
region an entry belongs to from the instance; where that is not to be seen there,
``data={"region": pk}`` names it, and ``data={"region": None}`` says national.
"""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _


def name_of(user_id: int | None) -> str:
    """The name of the account with this id; neutral words if it was deleted."""
    user = get_user_model().objects.filter(pk=user_id).first() if user_id else None
    return user.get_full_name() if user else deleted_account()


def deleted_account() -> str:
    """What stands for a person whose account was deleted."""
    return _("Deleted account")
