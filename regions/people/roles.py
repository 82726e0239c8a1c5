"""The role of a person in a house, and changing it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import User
from regions.access import leads_of
from regions.models import Region, Role
from regions.people import emails
from regions.people.access import lock, manageable, role_of


def put_in_role(user: User, region: Region, role: str) -> None:
    """Make ``user`` exactly an editor or a lead of ``region``; other houses stay as they are."""
    groups = {known: region.group_of(known) for known in Role}
    wanted = groups.pop(Role(role))
    # First in, then out: nobody is without a house in between.
    user.groups.add(wanted)
    user.groups.remove(*groups.values())


def check_target(region: Region, user: User, actor: User, expected_role: str) -> str:
    """Refuse a change that would leave a hole, or that was meant for another state.

    Args:
        region: the house, locked.
        user: whose role or work is about to change.
        actor: who changes it.
        expected_role: the role that was on the screen.

    Returns:
        The role ``user`` has now.

    Raises:
        ValidationError: in plain words.
    """
    if not manageable(region).filter(pk=user.pk).exists():
        raise ValidationError(
            _("This person has left the house in the meantime, or an administrator looks after it.")
        )
    if user.pk == actor.pk:
        raise ValidationError(
            _("You cannot do this to yourself. Please ask another lead or an administrator.")
        )
    role = role_of(user, region)
    if role != expected_role:
        raise ValidationError(
            _("Somebody has changed this person's role in the meantime. Please look again.")
        )
    return role


def check_that_a_lead_stays(region: Region, user: User) -> None:
    """Refuse to take the last active lead from a house.

    Raises:
        ValidationError: if nobody else leads it.
    """
    if not leads_of(region).exclude(pk=user.pk).exists():
        raise ValidationError(
            _(
                "This is the last lead of the house. Make somebody else a lead first, "
                "so that texts can still be reviewed."
            )
        )


@transaction.atomic
def change_role(region: Region, user: User, actor: User, role: str, expected_role: str) -> None:
    """Give a member of the house another role there.

    Raises:
        PermissionDenied: if ``actor`` may not (any more).
        ValidationError: if it must not happen; the reason in plain words.
    """
    region = lock(region, actor)
    before = check_target(region, user, actor, expected_role)
    if before == role:
        return
    if before == Role.LEAD:
        check_that_a_lead_stays(region, user)
    put_in_role(user, region, role)
    log(
        user,
        "people.change_role",
        user=actor,
        data={"region": region.pk, "region_name": region.name, "from": before, "to": Role(role)},
    )
    emails.tell_of_role(user, region, Role(role))
