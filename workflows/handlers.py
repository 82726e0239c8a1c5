"""What the review follows from below: people who leave."""

from typing import Any

from cms.models import User
from cms.signals import person_left
from workflows import claims


def hand_claims_over(sender: type[User], user: User, successor: User | None, **kwargs: Any) -> None:
    """Reviews that somebody has taken on do not leave with them."""
    claims.hand_over(user, successor)


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    person_left.connect(hand_claims_over, dispatch_uid="review.claims")
