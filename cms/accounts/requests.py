"""A request whose visitor has signed in, as a type for what only the admin calls."""

from django.http import HttpRequest

from cms.models import User


class SignedInRequest(HttpRequest):
    """The request of somebody who is signed in: its user is an account, never anonymous.

    A name for annotations only. Wagtail lets nobody into the admin, its hooks and menus
    without an account; no request is made of this class.
    """

    user: User
