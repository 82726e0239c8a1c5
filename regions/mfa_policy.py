"""Who needs a second factor to sign in, and who helps when it is lost."""

from cms.models import User
from regions.access import is_administrator, is_lead
from regions.enquiries.access import works_on_enquiries
from regions.people.access import houses_led, manageable, works_elsewhere


def needs_second_factor(user: User) -> bool:
    """Whether ``user`` reviews, publishes, keeps accounts or reads what visitors write.

    That is everybody who works for a house, for its editors answer enquiries; the national
    desk; and administrators. The seam is ``SECOND_FACTOR_RULE``.
    """
    return user.is_active and (works_on_enquiries(user) or user.has_perm("cms.change_user"))


def may_reset(actor: User, person: User) -> bool:
    """Whether ``actor`` may reset the factor of ``person``: SECOND_FACTOR_KEEPER_RULE.

    Administrators for everybody else; leads for those who only write for their house. Nobody
    for themselves: a password alone must not be enough to get rid of the factor.
    """
    if actor.pk == person.pk or not actor.is_active or not person.is_active:
        return False
    if is_administrator(actor):
        return True
    return any(
        manageable(region).filter(pk=person.pk).exists()
        and not is_lead(person, region)
        and not works_elsewhere(person, region)
        for region in houses_led(actor)
    )
