"""When somebody leaves a house: nothing is lost, nothing stays open, no session lives on."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import User
from cms.signals import person_left
from regions.access import is_lead, leads_of
from regions.models import Region, Role
from regions.people import emails
from regions.people.access import active_members, lock, works_elsewhere
from regions.people.responsibilities import Item, registered
from regions.people.roles import check_target, check_that_a_lead_stays

# Long enough that nobody can guess it; nobody knows it.
UNKNOWN_PASSWORD_LENGTH = 64


@transaction.atomic
def leave(
    region: Region, user: User, actor: User, *, expected_role: str, successor: User | None = None
) -> None:
    """End the work of ``user`` for the house of ``region``.

    Assigned work passes on; an account that has no task elsewhere is
    deactivated from now on.

    Args:
        region: the house.
        user: who leaves.
        actor: a lead of the house, or an administrator.
        expected_role: the role that was on the screen.
        successor: a colleague of the same house; the leads if left out.

    Raises:
        PermissionDenied: if ``actor`` may not (any more).
        ValidationError: if it must not happen; the reason in plain words.
    """
    region = lock(region, actor)
    role = check_target(region, user, actor, expected_role)
    if role == Role.LEAD:
        check_that_a_lead_stays(region, user)
    if successor and (
        successor.pk == user.pk or not active_members(region).filter(pk=successor.pk).exists()
    ):
        raise ValidationError(_("The successor must work for the same house."))
    hand_over(region, user, actor=actor, successor=successor)
    if works_elsewhere(user, region):
        user.groups.remove(*(region.group_of(known) for known in Role))
    else:
        close_account(user)
    person_left.send(sender=User, user=user, successor=successor, region=region)
    log(user, "people.leave", user=actor, data=_data(region, successor))


@transaction.atomic
def hand_over(
    region: Region, user: User, *, actor: User | None = None, successor: User | None = None
) -> list[Item]:
    """Pass on the work assigned to ``user`` in the house of ``region``, and tell who has it now.

    Without a successor everything goes to a lead (to ``actor`` if he is one), and
    all leads are told; without any lead to nobody, and the house's address is told.

    Returns:
        What was open, by name.
    """
    heir = successor or _lead_for(region, user, actor)
    items: dict[str, list[Item]] = {}
    for responsibility in registered():
        if found := responsibility.items(region, user):
            items[str(responsibility.heading)] = found
        responsibility.pass_on(region, user, heir, actor)
    if items:
        told = [successor] if successor else list(leads_of(region).exclude(pk=user.pk))
        emails.tell_of_handover(region, user, heir, told, items)
        log(user, "people.hand_over", user=actor, data=_data(region, heir, _numbers(items)))
    return [item for found in items.values() for item in found]


def close_account(user: User) -> None:
    """Deactivate an account: it cannot sign in, and no session of it comes back to life.

    A new, unknown password ends every session even if the account is used again.
    """
    user.is_active = False
    user.set_password(get_random_string(UNKNOWN_PASSWORD_LENGTH))
    user.save()


def settle(user: User, before: list[Region], actor: User | None) -> None:
    """After a change in the user administration: hand over where ``user`` no longer works.

    Args:
        user: whose account was changed.
        before: the houses he worked for before the change.
        actor: the administrator.
    """
    person = get_user_model().objects.get(pk=user.pk)
    if not person.is_active:
        close_account(person)
    left = [region for region in before if not active_members(region).filter(pk=person.pk).exists()]
    for region in left:
        hand_over(region, person, actor=actor)
        person_left.send(sender=User, user=person, successor=None, region=region)
    if not person.is_active:
        person_left.send(sender=User, user=person, successor=None, region=None)


def _lead_for(region: Region, user: User, actor: User | None) -> User | None:
    if actor and actor.pk != user.pk and is_lead(actor, region):
        return actor
    return leads_of(region).exclude(pk=user.pk).order_by("pk").first()


def _numbers(items: dict[str, list[Item]]) -> dict[str, int]:
    return {heading: len(found) for heading, found in items.items()}


def _data(
    region: Region, successor: User | None, numbers: dict[str, int] | None = None
) -> dict[str, object]:
    """What the log keeps: ids and names, nothing of what was handed over."""
    data: dict[str, object] = {"region": region.pk, "region_name": region.name}
    if successor:
        data |= {"successor": successor.pk, "successor_name": successor.get_full_name()}
    if numbers:
        data["numbers"] = numbers
    return data
