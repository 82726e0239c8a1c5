"""People of houses in Wagtail's admin, and what its user administration must not skip."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry

from cms.accounts.requests import SignedInRequest
from cms.models import User
from regions.enquiries.access import houses_of
from regions.isolation.declarations import checked_by_view, declare
from regions.people import admin_views, history
from regions.people.absence_panel import AbsencePanel
from regions.people.leaving import settle

# Every view asks `houses_led` about the house, and for the person or invitation in it.
declare("people_houses", "people_house_results")
declare("people", "people_invite", slug=checked_by_view)
declare("people_invitation", slug=checked_by_view, key=checked_by_view)
declare("person", "people_bring_back", slug=checked_by_view, user_id=checked_by_view)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Addresses of the admin views of people."""
    house = "personen/<slug:slug>/"
    return [
        path("personen/", admin_views.HouseList.as_view(), name="people_houses"),
        path(
            "personen-liste/",
            admin_views.HouseList.as_view(results_only=True),
            name="people_house_results",
        ),
        path(house, admin_views.PeopleOfHouse.as_view(), name="people"),
        path(f"{house}einladen/", admin_views.InviteView.as_view(), name="people_invite"),
        path(
            f"{house}einladung/<uuid:key>/",
            admin_views.InvitationView.as_view(),
            name="people_invitation",
        ),
        path(f"{house}<int:user_id>/", admin_views.PersonView.as_view(), name="person"),
        path(
            f"{house}<int:user_id>/wieder-einladen/",
            admin_views.BringBackView.as_view(),
            name="people_bring_back",
        ),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put *People* into the menu, below the enquiries."""
    return admin_views.MENU_ITEM


hooks.register("register_account_settings_panel", AbsencePanel)


@hooks.register("register_log_actions")
def register_log(actions: LogActionRegistry) -> None:
    """Log actions for invitations, roles and people who leave."""
    history.register(actions)


@hooks.register("before_edit_user")
def remember_houses(request: HttpRequest, user: User) -> None:
    """What somebody worked for before an administrator changed the account."""
    vars(request)["houses_before"] = list(houses_of(user)) if user.is_active else []


@hooks.register("after_edit_user")
def hand_over_after_edit(request: SignedInRequest, user: User) -> None:
    """Deactivated or moved in the user administration: nothing is lost either."""
    settle(user, getattr(request, "houses_before", []), request.user)


@hooks.register("before_delete_user")
def keep_account(request: HttpRequest, user: User) -> HttpResponse | None:
    """Accounts are deactivated instead of being deleted: an approval has to say who gave it."""
    return _refuse(request)


@hooks.register("before_bulk_action")
def keep_accounts(
    request: HttpRequest, action_type: str, objects: Iterable[User], action: BulkAction
) -> HttpResponse | None:
    """The same for many at once; and what they worked for, before it changes."""
    if action.model is not User:
        return None
    if action_type == "delete":
        return _refuse(request)
    vars(request)["houses_before_all"] = {
        user.pk: list(houses_of(user)) if user.is_active else [] for user in objects
    }
    return None


@hooks.register("after_bulk_action")
def hand_over_after_bulk_action(
    request: SignedInRequest, action_type: str, objects: Iterable[User], action: BulkAction
) -> None:
    """Hand over the work of accounts that a bulk action has deactivated."""
    if action.model is not User:
        return
    for user in objects:
        settle(user, vars(request)["houses_before_all"].get(user.pk, []), request.user)


def _refuse(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _(
            "Accounts are not deleted: the history would lose who approved what. Make the account "
            "inactive instead; name and address are removed after 24 months."
        ),
    )
    return redirect("wagtailusers_users:index")
