"""What is kept of a person who left, and for how long (GDPR, Article 5(1)(e)).

At once: sessions end, the password is replaced. Name and address stay 24
months, as long as the log: an approval has to say who gave it. Then only the
fact remains that a former person of the house did it. Invitations that have
ended are deleted after 90 days.
"""

import datetime

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from cms.jobs.registry import register as register_work
from cms.models import User
from regions.models import Invitation
from regions.models.invitation import LIVES
from regions.people.leaving import close_account

YEARS = 2
INVITATIONS_STAY = datetime.timedelta(days=90)
# Reserved for addresses that never exist (RFC 2606); also marks who was removed.
NOWHERE = "@ehemalig.invalid"
# What is kept about a person beside the account; of packages, where they are installed.
PERSONAL_RECORDS = (
    "cms.Digest",
    "wagtailusers.UserProfile",
    "account.EmailAddress",
    "mfa.Authenticator",
    "usersessions.UserSession",
)


def years_before(moment: datetime.datetime) -> datetime.datetime:
    """The same moment two years before; 28 February for a leap day."""
    try:
        return moment.replace(year=moment.year - YEARS)
    except ValueError:
        return moment.replace(year=moment.year - YEARS, day=28)


@transaction.atomic
def erase(user: User) -> None:
    """Remove who ``user`` was; what he or she wrote and decided stays."""
    with translation.override("de"):
        name = _("Former person")
    for label in PERSONAL_RECORDS:
        try:
            model = apps.get_model(label)
        except LookupError:
            continue
        model._default_manager.filter(user=user).delete()
    Invitation.objects.filter(Q(user=user) | Q(email=user.email)).delete()
    user.email = f"ehemalig-{user.pk}{NOWHERE}"
    user.first_name, user.last_name, user.last_login = "", name, None
    close_account(user)
    user.groups.clear()
    kind = ContentType.objects.get_for_model(user)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).update(label=name)
    log(user, "people.erase")


def remove_former(now: datetime.datetime | None = None) -> str:
    """Erase who left 24 months ago or earlier, and delete invitations that have ended.

    Returns:
        How many; no names.
    """
    now = now or timezone.now()
    due = get_user_model().objects.filter(is_active=False, deactivated_at__lte=years_before(now))
    people = list(due.exclude(email__endswith=NOWHERE))
    for user in people:
        erase(user)
    ended = now - INVITATIONS_STAY
    Invitation.objects.filter(
        Q(accepted_at__lte=ended) | Q(withdrawn_at__lte=ended) | Q(sent_at__lte=ended - LIVES)
    ).delete()
    return _("%(count)d removed") % {"count": len(people)}


def register() -> None:
    """Register the removal as periodic work."""
    every = datetime.timedelta(hours=24)
    label = gettext_lazy("Removing data of former people")
    register_work("people.retention", every, remove_former, label)
