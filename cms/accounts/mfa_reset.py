"""Resetting a second factor whose phone is lost."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts.sessions import end_sessions
from cms.jobs.mail_queue import queue_mail
from cms.models import User

ACTION = "cms.second_factor_reset"


def may_reset(actor: User, person: User) -> bool:
    """Whether ``actor`` may reset the factor of ``person`` (``SECOND_FACTOR_KEEPER_RULE``)."""
    return bool(import_string(settings.SECOND_FACTOR_KEEPER_RULE)(actor, person))


@transaction.atomic
def reset(person: User, actor: User | None) -> bool:
    """Delete the factor and the recovery codes of ``person``, and end all sessions.

    The person signs in with the password next and sets up another one; a mail tells of it, so
    that nobody does it unnoticed.

    Args:
        person: whose phone is lost.
        actor: who resets it; ``None`` for the operator of the server.

    Returns:
        Whether there was anything to reset.
    """
    deleted, _rows = Authenticator.objects.filter(user=person).delete()
    if not deleted:
        return False
    end_sessions(person)
    log(person, ACTION, user=actor)
    queue_mail(person.email, _("Your second factor was reset"), _body(actor))
    return True


def _body(actor: User | None) -> str:
    who = actor.get_full_name() if actor else _("The operator of this website")
    return "\n\n".join(
        (
            _("Good day,"),
            _(
                "%(who)s has reset the second factor of your account, and you are signed out "
                "everywhere. Sign in with your password and set up another one:"
            )
            % {"who": who},
            f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/anmelden/",
            _(
                "You did not ask for it? Then set a new password at once, and tell the "
                "administration of this site."
            ),
            _("Houses of Cooperation"),
        )
    )
