"""Mails about people of a house, in German like the admin they lead to."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.jobs.mail_queue import queue_mail
from cms.models import User
from regions.models import Absence, Invitation, Region, Role
from regions.people.invitation_links import INVITATION_LINK
from regions.people.responsibilities import Item, address

# What a person can do in a role, in a sentence; marked where gettext sees it.
DUTIES = {
    Role.EDITOR: lambda: _("You write news and examples for the house. A lead reviews them."),
    Role.LEAD: lambda: _("You review what the house publishes and look after its people."),
}


def _moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "DATETIME_FORMAT")


def _inviter(invitation: Invitation) -> str:
    """Who invited; the key is lost with the account."""
    inviter = invitation.invited_by
    return inviter.get_full_name() if inviter else invitation.region.name


def invite(invitation: Invitation) -> None:
    """Send the link to the person."""
    with translation.override("de"):
        queue_mail(
            invitation.email,
            _("Invitation: work for the house of %(region)s") % {"region": invitation.region.name},
            _(
                "Good day %(name)s,\n\n%(inviter)s invites you to work for the house of "
                "%(region)s as: %(role)s.\n%(duty)s\n\n"
                "Open this link and set your password:\n%(link)s\n\n"
                "The link works once and until %(until)s. If it has expired, ask for a new one.\n"
                "If you did not expect this invitation, you need not do anything."
            )
            % {
                "name": invitation.name,
                "inviter": _inviter(invitation),
                "region": invitation.region.name,
                "role": Role(invitation.role).label,
                "duty": DUTIES[Role(invitation.role)](),
                "link": INVITATION_LINK.url(invitation),
                "until": _moment(invitation.expires_at),
            },
            reply_to=invitation.invited_by.email if invitation.invited_by else "",
        )


def tell_of_existing_account(invitation: Invitation) -> None:
    """Tell the invited and the administrators: only they can give an account another task."""
    administrators = get_user_model().objects.filter(is_active=True, is_superuser=True)
    with translation.override("de"):
        names = {"region": invitation.region.name, "name": invitation.name}
        queue_mail(
            invitation.email,
            _("Invitation: work for the house of %(region)s") % names,
            _(
                "Good day %(name)s,\n\nyou have been invited to work for the house of %(region)s. "
                "Your address already has an account. For your protection only an administrator "
                "can change its tasks. We have told the administrators; they will get in touch "
                "with you.\n\nIf you did not expect this invitation, you need not do anything."
            )
            % names,
        )
        for administrator in administrators:
            queue_mail(
                administrator.email,
                _("An account is wanted in a second house: %(region)s") % names,
                _(
                    "%(inviter)s has invited %(email)s to work for the house of %(region)s "
                    "as: %(role)s. This address already has an account. Whether it changes "
                    "house or gets a second task is for you to decide:\n%(url)s\n\n"
                    "Please ask the person first, and tell %(inviter)s afterwards. "
                    "The screen of the house does not show that there is an account."
                )
                % {
                    "inviter": _inviter(invitation),
                    "email": invitation.email,
                    "region": invitation.region.name,
                    "role": Role(invitation.role).label,
                    "url": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailusers_users:index')}",
                },
            )


def tell_of_role(user: User, region: Region, role: Role) -> None:
    """Tell a person that the role has changed."""
    with translation.override("de"):
        queue_mail(
            user.email,
            _("Your role in the house of %(region)s") % {"region": region.name},
            _(
                "Good day %(name)s,\n\n"
                "from now on you work for the house of %(region)s as: %(role)s.\n"
            )
            % {"name": user.get_full_name(), "region": region.name, "role": role.label}
            + DUTIES[role](),
        )


def tell_of_handover(
    region: Region,
    user: User,
    heir: User | None,
    told: list[User],
    items: dict[str, list[Item]],
) -> None:
    """Say what somebody left behind and who has it now; nothing of what visitors wrote."""
    with translation.override("de"):
        parts = [
            f"{heading}\n" + "\n".join(f"- {item.title}\n  {item.url}" for item in found)
            for heading, found in items.items()
        ]
        body = _("%(name)s no longer works for the house of %(region)s.") % {
            "name": user.get_full_name(),
            "region": region.name,
        }
        if heir:
            whose = _("This is now in the hands of %(name)s:") % {"name": heir.get_full_name()}
        else:
            whose = _("This is waiting for somebody who goes on with it:")
        body = "\n\n".join(
            [body, whose, *parts, f"{_('People')}:\n{address('people', region.slug)}"]
        )
        recipients = [person.email for person in told] or [region.notification_email]
        for recipient in recipients:
            queue_mail(
                recipient, _("Handed over to you: %(region)s") % {"region": region.name}, body
            )


def tell_deputy(absence: Absence, is_change: bool = False) -> None:
    """Tell somebody that they stand in, from when to when, and what that means.

    Args:
        absence: with a deputy; nobody is told without.
        is_change: whether they know already, but of other days.
    """
    if absence.deputy is None:
        return
    with translation.override("de"):
        name = {"name": absence.user.get_full_name()}
        days = {
            "first": date_format(absence.starts_on),
            "last": date_format(absence.ends_on),
            "start": address("wagtailadmin_home"),
        }
        queue_mail(
            absence.deputy.email,
            (
                _("Other days: you are the deputy of %(name)s")
                if is_change
                else _("You are the deputy of %(name)s")
            )
            % name,
            _(
                "%(name)s is away from %(first)s to %(last)s and has named you as deputy. What "
                "waits for %(name)s waits for you meanwhile; you find it on your start page:\n"
                "%(start)s\n\nIf you cannot, please tell %(name)s."
            )
            % (name | days),
        )


def tell_deputy_free(absence: Absence) -> None:
    """Tell somebody that they need not stand in any more; nobody where it is over anyway."""
    if absence.deputy is None or absence.ends_on < timezone.localdate():
        return
    with translation.override("de"):
        name = {"name": absence.user.get_full_name()}
        queue_mail(
            absence.deputy.email,
            _("You are the deputy of %(name)s no longer") % name,
            _(
                "Your time as deputy of %(name)s is over: nothing new comes to you in their place. "
                "What you have taken on already stays with you until you hand it on."
            )
            % name,
        )


def tell_deputy_gone(absence: Absence) -> None:
    """Tell somebody that the deputy they named cannot stand in any more."""
    if absence.deputy is None:
        return
    with translation.override("de"):
        details = {
            "name": absence.deputy.get_full_name(),
            "last": date_format(absence.ends_on),
            "account": address("wagtailadmin_account"),
        }
        queue_mail(
            absence.user.email,
            _("You have no deputy any more"),
            _(
                "%(name)s cannot stand in for you any more. You are away until %(last)s; please "
                "name somebody else, if you can:\n%(account)s"
            )
            % details,
        )
