"""Who needs a second factor to sign in."""

from cms.models import User
from regions.enquiries.access import works_on_enquiries


def needs_second_factor(user: User) -> bool:
    """Whether ``user`` reviews, publishes, keeps accounts or reads what visitors write.

    That is everybody who works for a house, for its editors answer enquiries; the national
    desk; and administrators. The seam is ``SECOND_FACTOR_RULE``.
    """
    return user.is_active and (works_on_enquiries(user) or user.has_perm("cms.change_user"))
