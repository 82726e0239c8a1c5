"""Inviting into a house, and accepting. Every step is one transaction with its log entry."""

from enum import Enum

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import User
from regions.models import Invitation, Region, Role
from regions.people import emails
from regions.people.access import lock, may_manage, members, own_accounts
from regions.people.roles import put_in_role


class State(Enum):
    """What has become of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"
    TAKEN = "taken"


class Refused(Exception):
    """An invitation that cannot be accepted, with its state."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


def state_of(invitation: Invitation) -> State:
    """What has become of ``invitation``, as the leads of its house may know it.

    Void: the house has closed, or whoever sent it may not invite any more. A
    link that somebody has put into the world must not outlive his right to.
    """
    if invitation.accepted_at:
        return State.ACCEPTED
    if invitation.withdrawn_at:
        return State.WITHDRAWN
    sender = invitation.invited_by
    region = invitation.region
    if region.is_archived or sender is None or not may_manage(sender, region):
        return State.VOID
    if invitation.expires_at <= timezone.now():
        return State.EXPIRED
    return State.OPEN


def account_behind(email: str) -> User | None:
    """The account with this address, of whatever house."""
    return User.objects.filter(email=User.objects.normalize_email(email)).first()


def may_join(user: User, region: Region) -> bool:
    """Whether an existing account can come back by an invitation of ``region``.

    Only an inactive one that belonged to this house and to nothing else: whoever
    has another task may be given a second one by an administrator alone.
    """
    return not user.is_active and own_accounts(region).filter(pk=user.pk).exists()


def check_address(region: Region, email: str) -> None:
    """Refuse an address that the house knows already.

    Raises:
        ValidationError: only about people of this very house. Whether the
            address is known elsewhere must not be readable here.
    """
    if members(region).filter(email=email, is_active=True).exists():
        raise ValidationError(_("This person already works for your house."))


@transaction.atomic
def invite(
    region: Region, actor: User, *, email: str, first_name: str, last_name: str, role: Role | str
) -> Invitation:
    """Invite somebody into the house of ``region``.

    Raises:
        PermissionDenied: if ``actor`` may not invite here (any more).
        ValidationError: if the person is in the house, or has been invited.
    """
    region = lock(region, actor)
    email = User.objects.normalize_email(email)
    if region.is_archived:
        raise ValidationError(_("This house is closed. Nobody can be invited any more."))
    check_address(region, email)
    waiting = region.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    if waiting.filter(email=email).exists():
        raise ValidationError(
            _(
                "This person has been invited already. "
                "You can send the invitation again from the list."
            )
        )
    invitation = region.invitations.create(
        email=email,
        first_name=first_name,
        last_name=last_name,
        role=Role(role),
        invited_by=actor,
    )
    _send(invitation, "people.invite", actor)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, actor: User) -> None:
    """Send another link for seven more days; the one before stops working.

    Raises:
        PermissionDenied: if ``actor`` may not invite here (any more).
        ValidationError: if it was accepted or withdrawn, or the house has closed.
    """
    invitation = _locked(invitation, actor)
    if invitation.region.is_archived:
        raise ValidationError(_("This house is closed. Nobody can be invited any more."))
    check_address(invitation.region, invitation.email)
    invitation.generation += 1
    invitation.sent_at = timezone.now()
    invitation.invited_by = actor
    invitation.save()
    _send(invitation, "people.invite_again", actor)


@transaction.atomic
def withdraw(invitation: Invitation, actor: User) -> None:
    """Make the link worthless.

    Raises:
        PermissionDenied: if ``actor`` may not (any more).
        ValidationError: if it was accepted or withdrawn before.
    """
    invitation = _locked(invitation, actor)
    invitation.withdrawn_at = timezone.now()
    invitation.save()
    _log(invitation, "people.withdraw", actor)


def _locked(invitation: Invitation, actor: User) -> Invitation:
    """The invitation anew, still waiting, while nobody else changes the house's people."""
    region = lock(invitation.region, actor)
    fresh = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    fresh.region = region
    if fresh.accepted_at:
        raise ValidationError(_("This invitation has been accepted in the meantime."))
    if fresh.withdrawn_at:
        raise ValidationError(_("This invitation has been withdrawn in the meantime."))
    return fresh


def _send(invitation: Invitation, action: str, actor: User) -> None:
    account = account_behind(invitation.email)
    if account is None or may_join(account, invitation.region):
        emails.invite(invitation)
    else:
        # The lead sees no difference: other houses' accounts are not his to find out.
        emails.tell_of_existing_account(invitation)
    _log(invitation, action, actor)


def acceptable(invitation: Invitation) -> None:
    """Let an invitation pass that can be accepted now.

    Raises:
        Refused: with its state; ``TAKEN`` if the address has an account meanwhile.
    """
    state = state_of(invitation)
    if state is not State.OPEN:
        raise Refused(state)
    account = account_behind(invitation.email)
    if account and not may_join(account, invitation.region):
        raise Refused(State.TAKEN)


@transaction.atomic
def accept(invitation: Invitation, *, first_name: str, last_name: str, password: str) -> User:
    """Make the account, or bring a former one back, in exactly the role that was offered.

    Args:
        invitation: locked by the caller in this transaction.
        first_name: as the person wants to be called.
        last_name: likewise.
        password: a new one, already validated.

    Raises:
        Refused: if it cannot be accepted (any more).
    """
    acceptable(invitation)
    user = account_behind(invitation.email) or User(email=invitation.email)
    user.first_name, user.last_name, user.is_active = first_name, last_name, True
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:  # two invitations accepted at the same moment
        raise Refused(State.TAKEN) from error
    put_in_role(user, invitation.region, invitation.role)
    invitation.accepted_at = timezone.now()
    invitation.user = user
    invitation.save()
    _log(invitation, "people.accept", user)
    return user


def _log(invitation: Invitation, action: str, actor: User) -> None:
    log(
        invitation,
        action,
        user=actor,
        data={
            "region": invitation.region_id,
            "region_name": invitation.region.name,
            "role": invitation.role,
            "name": invitation.name,
        },
    )
