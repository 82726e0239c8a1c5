"""People of a house: who gets in, every attempted way to more, and what a lead may do."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.models import OutgoingMail, User
from demo import builders, people
from regions.archiving import archive
from regions.models import Invitation
from regions.people.leaving import close_account
from tests.databases.templates import REGIONS, Template

pytestmark = pytest.mark.django_db

#: Whose people a role looks after.
REACH = {
    "editor": set(),
    "lead": {"own"},
    "other_lead": {"foreign"},
    "national_editor": set(),
    "administrator": {"own", "foreign"},
    "former_lead": set(),
    "nobody": set(),
    "anonymous": set(),
}
TYPED = {"first_name": "Nele", "last_name": "Neu", "email": "neu@example.org", "role": "editor"}


def build() -> dict[str, Any]:
    """Two houses with people in every role, some of them gone, and an invitation each."""
    own = builders.build_region("Kreis Steinfurt")
    foreign = builders.build_region("Landkreis Görlitz")
    users = {
        "editor": people.build_editor(own, "editor@example.org", first_name="Selma"),
        "lead": people.build_lead(own, "lead@example.org", first_name="Annette"),
        "second_lead": people.build_lead(own, "second@example.org", first_name="Hanne"),
        "other_lead": people.build_lead(foreign, "other@example.org", first_name="Katrin"),
        "other_editor": people.build_editor(foreign, "oe@example.org", first_name="Jakub"),
        "national_editor": people.build_national_editor("desk@example.org"),
        "administrator": people.build_administrator("admin@example.org", first_name="Ines"),
        "former_lead": people.build_lead(own, "former@example.org", first_name="Ralf"),
        "former_editor": people.build_editor(own, "gone@example.org", first_name="Gesa"),
        "other_former": people.build_editor(foreign, "og@example.org", first_name="Olaf"),
        "nobody": people.build_person("nobody@example.org"),
    }
    for name in ("former_lead", "former_editor", "other_former"):
        close_account(users[name])
    invitations = {
        "own": builders.build_invitation(own, users["lead"], email="i-own@example.org"),
        "foreign": builders.build_invitation(
            foreign, users["other_lead"], email="i-foreign@example.org", last_name="Fremdmann"
        ),
    }
    regions = {"own": own, "foreign": foreign}
    return {"users": users, "regions": regions, "invitations": invitations}


WORLD = Template("people", build, REGIONS)


@pytest.fixture
def database_template() -> Template:
    return WORLD


@pytest.fixture
def world(db, database) -> SimpleNamespace:
    built = database.content
    return SimpleNamespace(**built | {"regions": SimpleNamespace(**built["regions"])})


@pytest.fixture
def enter(client, world):
    """Signs somebody in and gives the client."""

    def enter(role: str):
        if role in world.users:
            client.force_login(User.objects.get(pk=world.users[role].pk))
        return client

    return enter


def region_of(world, whose: str):
    return getattr(world.regions, whose)


def rights_of(user: User) -> tuple:
    """Everything that a forged request could have changed."""
    user = User.objects.get(pk=user.pk)
    return user.is_active, user.is_superuser, sorted(user.groups.values_list("pk", flat=True))


def all_rights() -> dict:
    return {user.pk: rights_of(user) for user in User.objects.all()}


# Who gets in


@pytest.mark.parametrize("whose", ["own", "foreign"])
@pytest.mark.parametrize("view", ["people", "people_invite"])
@pytest.mark.parametrize("role", REACH)
def test_role_sees_the_people_of_exactly_its_houses(enter, world, role, view, whose):
    response = enter(role).get(reverse(view, args=[region_of(world, whose).slug]))
    assert (response.status_code == 200) == (whose in REACH[role])


@pytest.mark.parametrize("role", ["editor", "national_editor"])
def test_menu_is_for_leads(enter, role):
    response = enter(role).get(reverse("wagtailadmin_home"))
    assert reverse("people_houses") not in response.content.decode()


def test_lead_finds_the_people_in_the_menu(enter, world):
    client = enter("lead")
    assert reverse("people_houses") in client.get(reverse("wagtailadmin_home")).content.decode()
    shown = client.get(reverse("people_houses"), follow=True).content.decode()
    assert "Selma" in shown
    assert "Katrin" not in shown
    assert "Fremdmann" not in shown


def test_administrator_chooses_a_house(enter, world):
    shown = enter("administrator").get(reverse("people_houses")).content.decode()
    assert reverse("people", args=[world.regions.foreign.slug]) in shown


def test_list_says_who_is_idle_and_what_is_open(enter, world):
    builders.build_enquiry(world.regions.own, owner=world.users["editor"])
    shown = enter("lead").get(reverse("people", args=[world.regions.own.slug])).content.decode()
    assert "1 Anfrage" in shown
    assert "Noch nie" in shown


@pytest.mark.parametrize("whose", ["own", "foreign"])
@pytest.mark.parametrize("role", REACH)
def test_role_invites_into_exactly_its_houses(enter, world, role, whose):
    enter(role).post(reverse("people_invite", args=[region_of(world, whose).slug]), TYPED)
    invited = Invitation.objects.filter(email=TYPED["email"])
    assert invited.exists() == (whose in REACH[role])


# Attempts to reach further: nothing changes


ATTEMPTS = {
    "national role": ("invite", {"role": "national"}),
    "superuser role": ("invite", {"role": "superuser"}),
    "no role": ("invite", {"role": ""}),
    "group as role": ("invite", {"role": "1"}),
    "national role for an editor": ("editor", {"action": "role", "role": "national"}),
    "superuser for an editor": ("editor", {"action": "role", "role": "administrator"}),
    "role of a foreign person": ("other_editor", {"action": "role", "role": "lead"}),
    "sending off a foreign person": ("other_editor", {"action": "leave"}),
    "role of the national desk": ("national_editor", {"action": "role", "role": "editor"}),
    "sending off the national desk": ("national_editor", {"action": "leave"}),
    "role of an administrator": ("administrator", {"action": "role", "role": "editor"}),
    "sending off an administrator": ("administrator", {"action": "leave"}),
    "own role": ("lead", {"action": "role", "role": "editor", "expected_role": "lead"}),
    "sending off oneself": ("lead", {"action": "leave", "expected_role": "lead"}),
    "role of an inactive person": (
        "former_lead",
        {"action": "role", "role": "editor", "expected_role": "lead"},
    ),
    "sending off an inactive person": ("former_lead", {"action": "leave", "expected_role": "lead"}),
    "role of somebody without a house": ("nobody", {"action": "role", "role": "lead"}),
    "stale form": ("editor", {"action": "role", "role": "lead", "expected_role": "lead"}),
    "form without what was seen": ("editor", {"action": "leave", "expected_role": ""}),
    "foreign successor": ("editor", {"action": "leave", "successor": "other_lead"}),
    "inactive successor": ("editor", {"action": "leave", "successor": "former_lead"}),
    "the person as successor": ("editor", {"action": "leave", "successor": "editor"}),
    "unknown step": ("editor", {"action": "delete"}),
    "step of another form": ("editor", {"action": "__init__"}),
    "person who does not exist": ("0", {"action": "leave"}),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_attempt_changes_nothing(enter, world, attempt):
    target, typed = ATTEMPTS[attempt]
    own, before = world.regions.own, all_rights()
    typed = {"expected_role": "editor", **typed}
    if typed.get("successor"):
        typed["successor"] = world.users[typed["successor"]].pk
    if target == "invite":
        address = reverse("people_invite", args=[own.slug])
        typed = TYPED | typed
    else:
        pk = world.users[target].pk if target in world.users else 0
        address = reverse("person", args=[own.slug, pk])
    response = enter("lead").post(address, typed)
    assert response.status_code in (404, 422)
    assert all_rights() == before
    assert not Invitation.objects.filter(email=TYPED["email"]).exists()


@pytest.mark.parametrize("action", ["send_again", "withdraw"])
def test_foreign_invitation_is_out_of_reach(enter, world, action):
    invitation = world.invitations["foreign"]
    address = reverse("people_invitation", args=[world.regions.own.slug, invitation.uuid])
    assert enter("lead").post(address, {"action": action}).status_code == 404
    fresh = Invitation.objects.get(pk=invitation.pk)
    assert (fresh.generation, fresh.withdrawn_at) == (1, None)


def test_posted_region_does_not_count(enter, world):
    typed = TYPED | {"region": world.regions.foreign.pk, "is_superuser": "on", "groups": "1"}
    enter("lead").post(reverse("people_invite", args=[world.regions.own.slug]), typed)
    assert Invitation.objects.get(email=TYPED["email"]).region == world.regions.own


@pytest.mark.parametrize("whose", ["other_former", "editor", "former_national"])
def test_only_own_former_people_are_brought_back(enter, world, whose):
    if whose == "former_national":
        former = world.users["former_editor"]
        former.groups.add(world.regions.foreign.editors_group)
        pk = former.pk
    else:
        pk = world.users[whose].pk
    before = Invitation.objects.count()
    address = reverse("people_bring_back", args=[world.regions.own.slug, pk])
    assert enter("lead").post(address).status_code == 404
    assert Invitation.objects.count() == before


def test_administrator_who_is_in_the_house_is_not_touched(enter, world):
    boss = world.users["administrator"]
    boss.groups.add(world.regions.own.editors_group)
    before = rights_of(boss)
    address = reverse("person", args=[world.regions.own.slug, boss.pk])
    typed = {"action": "leave", "expected_role": "editor"}
    assert enter("lead").post(address, typed).status_code == 404
    assert rights_of(boss) == before


@pytest.mark.parametrize("loss", ["demoted", "inactive", "archived"])
@pytest.mark.parametrize("step", ["invite", "role", "leave", "withdraw"])
def test_right_lost_meanwhile_counts(enter, world, loss, step):
    own, lead, editor = world.regions.own, world.users["lead"], world.users["editor"]
    client = enter("lead")
    addresses = {
        "invite": (reverse("people_invite", args=[own.slug]), TYPED),
        "withdraw": (
            reverse("people_invitation", args=[own.slug, world.invitations["own"].uuid]),
            {"action": "withdraw"},
        ),
    }
    person = reverse("person", args=[own.slug, editor.pk])
    addresses["role"] = (person, {"action": "role", "role": "lead", "expected_role": "editor"})
    addresses["leave"] = (person, {"action": "leave", "expected_role": "editor"})
    if loss == "demoted":
        lead.groups.set([own.editors_group])
    elif loss == "inactive":
        User.objects.filter(pk=lead.pk).update(is_active=False)
    else:
        archive(own)
    before = all_rights()
    client.post(*addresses[step])
    assert all_rights() == before
    assert not Invitation.objects.filter(email=TYPED["email"]).exists()
    assert Invitation.objects.get(pk=world.invitations["own"].pk).withdrawn_at is None


def test_two_leads_at_once_leave_one(world):
    """Both screens were open: the second step is checked against what is true by then."""
    from django.core.exceptions import PermissionDenied

    from regions.people.leaving import leave

    lead, second = world.users["lead"], world.users["second_lead"]
    leave(world.regions.own, second, lead, expected_role="lead")
    with pytest.raises(PermissionDenied):
        leave(world.regions.own, lead, second, expected_role="lead")
    assert rights_of(lead)[0]


# What a lead does


def step(enter, world, whose: str, by: str = "lead", **typed: str):
    address = reverse("person", args=[world.regions.own.slug, world.users[whose].pk])
    return enter(by).post(address, typed)


def test_editor_becomes_lead(enter, world):
    step(enter, world, "editor", action="role", role="lead", expected_role="editor")
    own = world.regions.own
    assert rights_of(world.users["editor"])[2] == [own.leads_group_id]


def test_lead_becomes_editor(enter, world):
    step(enter, world, "second_lead", action="role", role="editor", expected_role="lead")
    own = world.regions.own
    assert rights_of(world.users["second_lead"])[2] == [own.editors_group_id]


def test_role_in_another_house_stays(enter, world):
    editor, foreign = world.users["editor"], world.regions.foreign
    editor.groups.add(foreign.editors_group)
    step(enter, world, "editor", action="role", role="lead", expected_role="editor")
    own = world.regions.own
    expected = sorted([own.leads_group_id, foreign.editors_group_id])
    assert rights_of(editor)[2] == expected


def test_new_role_is_told(enter, world):
    step(enter, world, "editor", action="role", role="lead", expected_role="editor")
    mail = OutgoingMail.objects.get(recipient="editor@example.org")
    assert "Leitung" in mail.body


@pytest.mark.parametrize("typed", [{"action": "role", "role": "editor"}, {"action": "leave"}])
def test_last_lead_stays(enter, world, typed):
    world.users["second_lead"].groups.clear()
    before = rights_of(world.users["lead"])
    response = step(enter, world, "lead", by="administrator", expected_role="lead", **typed)
    assert response.status_code == 422
    assert "letzte Leitung" in response.content.decode()
    assert rights_of(world.users["lead"]) == before


def test_person_who_has_a_house_is_not_invited_twice(enter, world):
    address = reverse("people_invite", args=[world.regions.own.slug])
    response = enter("lead").post(address, TYPED | {"email": "Editor@Example.org"})
    assert response.status_code == 422
    assert "arbeitet schon in Ihrem Haus" in response.content.decode()


def test_person_who_is_invited_is_not_invited_twice(enter, world):
    address = reverse("people_invite", args=[world.regions.own.slug])
    response = enter("lead").post(address, TYPED | {"email": "i-own@example.org"})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "email", ["other@example.org", "desk@example.org", "admin@example.org", "og@example.org"]
)
def test_account_elsewhere_looks_like_anybody(enter, world, email):
    """A lead cannot find out who works elsewhere: same answer, same list, same history."""
    address = reverse("people_invite", args=[world.regions.own.slug])
    client = enter("lead")
    answers = {}
    for given in (email, TYPED["email"]):
        response = client.post(address, TYPED | {"email": given}, follow=True)
        shown = response.content.decode().replace(given, "ADRESSE")
        uuid = str(Invitation.objects.get(email=given).uuid)
        answers[given] = (response.redirect_chain, shown.count("ADRESSE"), uuid in shown)
    assert answers[email] == answers[TYPED["email"]]


def test_account_elsewhere_gets_no_link(enter, world):
    address = reverse("people_invite", args=[world.regions.own.slug])
    enter("lead").post(address, TYPED | {"email": "other@example.org"})
    mail = OutgoingMail.objects.get(recipient="other@example.org")
    assert "/einladung/" not in mail.body
    assert OutgoingMail.objects.filter(recipient="admin@example.org").exists()


def test_invited_again_the_old_link_is_void(enter, world):
    invitation = world.invitations["own"]
    address = reverse("people_invitation", args=[world.regions.own.slug, invitation.uuid])
    enter("lead").post(address, {"action": "send_again"})
    assert Invitation.objects.get(pk=invitation.pk).generation == 2
    assert "/einladung/" in OutgoingMail.objects.get(recipient=invitation.email).body


def test_former_person_is_invited_again(enter, world):
    former = world.users["former_editor"]
    address = reverse("people_bring_back", args=[world.regions.own.slug, former.pk])
    enter("lead").post(address)
    invitation = Invitation.objects.get(email=former.email)
    assert (invitation.role, invitation.region) == ("editor", world.regions.own)
    assert not rights_of(former)[0]


# The stock administration of users


STOCK = [
    ("wagtailusers_users:index", ()),
    ("wagtailusers_users:add", ()),
    ("wagtailusers_users:edit", ("editor",)),
    ("wagtailusers_users:delete", ("editor",)),
    ("wagtailusers_users:usage", ("editor",)),
    ("wagtailusers_users:history", ("editor",)),
    ("wagtailusers_groups:index", ()),
    ("wagtailusers_groups:add", ()),
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name, args", STOCK)
@pytest.mark.parametrize("role", ["editor", "lead", "national_editor"])
def test_stock_user_administration_is_for_administrators(enter, world, role, name, args, method):
    address = reverse(name, args=[world.users[arg].pk for arg in args])
    before = all_rights()
    response = getattr(enter(role), method)(address)
    assert response.status_code in (302, 403, 404)
    assert response.status_code != 302 or response["Location"] == reverse("wagtailadmin_home")
    assert all_rights() == before


def test_groups_of_houses_hold_no_right_on_accounts(world):
    own = world.regions.own
    for group in (own.editors_group, own.leads_group):
        held = group.permissions.values_list("content_type__app_label", "codename")
        assert set(held) == {
            ("wagtailadmin", "access_admin"),
            ("wagtail_localize", "submit_translation"),
        }
    accounts = Permission.objects.filter(content_type__model__in=("user", "group"))
    assert accounts.exists()
