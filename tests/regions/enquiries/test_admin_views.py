"""Enquiries in the admin: role × view × whose, and every step of the work."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import ReferenceIndex

from cms.models import OutgoingMail, SiteSettings
from demo import builders, people
from regions.enquiries import actions
from regions.enquiries.access import enquiries_for
from regions.models import Enquiry, EnquiryEvent, HousePage
from tests.databases.templates import REGIONS, Template

pytestmark = pytest.mark.django_db

#: Whose enquiries a role reaches.
REACH = {
    "editor": {"own"},
    "lead": {"own"},
    "other_lead": {"foreign"},
    "national_editor": {"national"},
    "administrator": {"own", "foreign", "national"},
    "former_editor": set(),
    "nobody": set(),
    "anonymous": set(),
}
STEPS = {
    "take": {"seen_owner": ""},
    "answer": {"text": "Guten Tag, wir rufen Sie an."},
    "status": {"status": "closed"},
    "note": {"note": "Am Telefon gesprochen."},
    "hand_over": {"agreed": "on", "agreement": "am Telefon"},
}


def build() -> dict[str, Any]:
    """Three houses with people in every role, and an enquiry to two of them and to the nation."""
    settings = SiteSettings.load()
    settings.contact_name, settings.contact_email = "Johanna Bund", "bund@example.org"
    settings.save()
    own = builders.build_region("Kreis Steinfurt")
    foreign = builders.build_region("Landkreis Görlitz")
    third = builders.build_region("Landkreis Bautzen")
    users = {
        "editor": people.build_editor(own, "editor@example.org", first_name="Selma"),
        "lead": people.build_lead(own, "lead@example.org", first_name="Annette"),
        "other_lead": people.build_lead(foreign, "other@example.org", first_name="Katrin"),
        "national_editor": people.build_national_editor("desk@example.org"),
        "administrator": people.build_administrator("admin@example.org"),
        "former_editor": people.build_editor(own, "former@example.org", is_active=False),
        "nobody": people.build_person("nobody@example.org"),
    }
    enquiries = {
        "own": builders.build_enquiry(own, name="Eigen Anfrage", message="Eigener Text"),
        "foreign": builders.build_enquiry(foreign, name="Fremd Anfrage", message="Fremd"),
        "national": builders.build_enquiry(name="Bund Anfrage", message="Bundesweit"),
    }
    regions = {"own": own, "foreign": foreign, "third": third}
    return {"users": users, "enquiries": enquiries, "regions": regions}


WORLD = Template("enquiries", build, REGIONS)


@pytest.fixture
def database_template() -> Template:
    return WORLD


@pytest.fixture
def world(db, database) -> SimpleNamespace:
    built = database.content
    return SimpleNamespace(**built | {"regions": SimpleNamespace(**built["regions"])})


@pytest.fixture
def act(client, world):
    """Does a step with an enquiry as somebody."""

    def act(role: str, whose: str, action: str, **typed: str):
        if role in world.users:
            client.force_login(world.users[role])
        return client.post(world.enquiries[whose].admin_url, {"action": action, **typed})

    return act


def fresh(world, whose: str) -> Enquiry:
    return Enquiry.objects.get(pk=world.enquiries[whose].pk)


# Who gets in


@pytest.mark.parametrize("role", REACH)
def test_role_reaches_exactly_its_enquiries(world, role):
    if role == "anonymous":
        return
    found = set(enquiries_for(world.users[role]))
    assert found == {world.enquiries[whose] for whose in REACH[role]}


@pytest.mark.parametrize("view", ["enquiries", "enquiry_results"])
@pytest.mark.parametrize("role", REACH)
def test_list_names_exactly_ones_own(client, world, role, view):
    if role in world.users:
        client.force_login(world.users[role])
    response = client.get(reverse(view))
    shown = response.content.decode() if response.status_code == 200 else ""
    named = {whose for whose, enquiry in world.enquiries.items() if enquiry.name in shown}
    assert named == REACH[role]


@pytest.mark.parametrize("whose", ["own", "foreign", "national"])
@pytest.mark.parametrize("role", REACH)
def test_role_opens_exactly_its_enquiries(client, world, role, whose):
    if role in world.users:
        client.force_login(world.users[role])
    response = client.get(world.enquiries[whose].admin_url)
    if whose in REACH[role]:
        assert response.status_code == 200
    elif role in ("anonymous", "former_editor", "nobody"):
        assert response.status_code == 302
    else:
        assert response.status_code == 404


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("whose", ["own", "foreign", "national"])
@pytest.mark.parametrize("role", REACH)
def test_role_works_on_exactly_its_enquiries(act, world, role, whose, action):
    before = world.enquiries[whose].events.count()
    act(role, whose, action, **STEPS[action] | {"target": str(world.regions.third.pk)})
    done = world.enquiries[whose].events.count() > before
    assert done == (whose in REACH[role])


@pytest.mark.parametrize("role", REACH)
def test_menu_names_enquiries_to_whom_it_concerns(client, world, role):
    if not REACH[role]:
        return
    client.force_login(world.users[role])
    assert reverse("enquiries") in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("view", ["enquiries", "enquiry_results"])
def test_who_enters_the_admin_for_something_else_has_no_enquiries(client, world, view):
    group = Group.objects.create(name="Gäste")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(people.build_person("guest@example.org", [group]))
    assert reverse("enquiries") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse(view)).status_code == 302


def test_list_can_be_narrowed_by_status(client, world):
    builders.build_enquiry(world.regions.own, name="Fertige Anfrage", status="closed")
    client.force_login(world.users["lead"])
    shown = client.get(reverse("enquiries"), {"status": "closed"}).content.decode()
    assert "Fertige Anfrage" in shown
    assert "Eigen Anfrage" not in shown


def test_message_is_shown_as_text(client, world):
    enquiry = builders.build_enquiry(world.regions.own, message="<script>alert(1)</script>")
    client.force_login(world.users["lead"])
    assert "<script>alert(1)" not in client.get(enquiry.admin_url).content.decode()


def test_who_reads_an_enquiry_can_call(client, world):
    Enquiry.objects.filter(pk=world.enquiries["own"].pk).update(phone="0221 4710 232")
    client.force_login(world.users["lead"])
    shown = client.get(world.enquiries["own"].admin_url).content.decode()
    assert 'href="tel:+492214710232"' in shown


@pytest.mark.parametrize("model", [Enquiry, EnquiryEvent])
def test_usage_of_a_page_names_no_enquiry(model):
    assert not ReferenceIndex.model_is_indexable(model)


@pytest.mark.parametrize("action", ["", "delete", "__init__"])
def test_unknown_step_is_refused(act, action):
    assert act("lead", "own", action).status_code == 404


# Working on it


def test_taking_over(act, world):
    act("lead", "own", "take", seen_owner="")
    enquiry = fresh(world, "own")
    assert (enquiry.owner, enquiry.status) == (world.users["lead"], "in_progress")


def test_colleague_who_was_quicker_is_not_overruled(act, world):
    act("lead", "own", "take", seen_owner="")
    assert act("editor", "own", "take", seen_owner="").status_code == 422
    assert fresh(world, "own").owner == world.users["lead"]


def test_colleague_on_holiday_is_replaced(act, world):
    act("lead", "own", "take", seen_owner="")
    act("editor", "own", "take", seen_owner=str(world.users["lead"].pk))
    assert fresh(world, "own").owner == world.users["editor"]


def test_answer_reaches_the_sender(act, world):
    act("editor", "own", "answer", text="Wir rufen Sie an.")
    mail = OutgoingMail.objects.get(recipient=world.enquiries["own"].email)
    assert mail.body.startswith("Wir rufen Sie an.")
    assert "kreis-steinfurt@example.org" in mail.body


def test_answer_changes_the_status(act, world):
    act("editor", "own", "answer", text="Wir rufen Sie an.")
    assert fresh(world, "own").status == "answered"


@pytest.mark.parametrize("action", ["answer", "note"])
def test_a_step_that_is_sent_twice_is_one(act, world, action):
    answers = [act("editor", "own", action, **STEPS[action]) for _click in range(2)]
    assert {answer.get("Location") for answer in answers} == {world.enquiries["own"].admin_url}
    assert world.enquiries["own"].events.filter(kind=action).count() == 1
    assert OutgoingMail.objects.count() == (action == "answer")


def test_empty_answer_is_refused(act, world):
    assert act("editor", "own", "answer", text=" ").status_code == 422
    assert not OutgoingMail.objects.exists()


def test_closing_starts_the_period(act, world):
    act("lead", "own", "status", status="closed")
    assert fresh(world, "own").closed_at is not None


def test_taking_up_again_stops_the_period(act, world):
    act("lead", "own", "status", status="closed")
    act("lead", "own", "status", status="in_progress")
    assert fresh(world, "own").closed_at is None


def test_who_says_that_it_is_in_progress_looks_after_it(act, world):
    act("editor", "own", "status", status="in_progress")
    assert fresh(world, "own").owner == world.users["editor"]
    act("lead", "own", "status", status="answered")
    act("lead", "own", "status", status="in_progress")
    assert fresh(world, "own").owner == world.users["editor"]


@pytest.mark.parametrize("status, heir", [("new", None), ("in_progress", "lead")])
def test_taken_up_again_it_is_not_left_with_who_is_gone(act, world, status, heir):
    Enquiry.objects.update(owner=world.users["former_editor"], status="closed")
    act("lead", "own", "status", status=status)
    assert fresh(world, "own").owner == world.users.get(heir)


def test_answer_to_a_closed_enquiry_leaves_it_closed(act, world):
    act("lead", "own", "status", status="closed")
    act("lead", "own", "answer", text="Noch eins.")
    assert fresh(world, "own").closed_at is not None


def test_same_status_is_no_step(act, world):
    act("lead", "own", "status", status="new")
    assert [event.kind for event in fresh(world, "own").events.all()] == ["received"]


@pytest.mark.parametrize(
    "action, kind",
    [("take", "taken"), ("answer", "answer"), ("status", "status"), ("note", "note")],
)
def test_step_is_kept_with_its_person(act, world, action, kind):
    act("editor", "own", action, **STEPS[action])
    event = fresh(world, "own").events.last()
    assert (event.kind, event.user, event.region) == (
        kind,
        world.users["editor"],
        world.regions.own,
    )


# Handing over


def hand_over(act, world, **changes: str):
    typed = {"target": str(world.regions.foreign.pk), **STEPS["hand_over"]} | changes
    return act("lead", "own", "hand_over", **typed)


@pytest.mark.parametrize(
    "changes", [{"agreed": ""}, {"agreement": ""}, {"target": ""}, {"target": "999999"}]
)
def test_without_agreement_and_target_it_stays(act, world, changes):
    assert hand_over(act, world, **changes).status_code == 422
    assert fresh(world, "own").region == world.regions.own


def test_agreement_is_kept(act, world):
    hand_over(act, world)
    assert fresh(world, "own").agreed_to_handover_at is not None


def test_other_house_reaches_it_from_now_on(act, world):
    hand_over(act, world)
    reached = set(enquiries_for(world.users["other_lead"]))
    assert world.enquiries["own"] in reached


def test_house_before_reaches_it_no_more(act, world, client):
    response = hand_over(act, world)
    assert response["Location"] == reverse("enquiries")
    assert client.get(world.enquiries["own"].admin_url).status_code == 404


@pytest.mark.parametrize("role", ["lead", "administrator"])
def test_handing_over_twice_by_the_same_form_is_no_mistake(act, world, role):
    typed = {"target": str(world.regions.foreign.pk), **STEPS["hand_over"]}
    first, second = [act(role, "own", "hand_over", **typed) for _click in range(2)]
    assert first["Location"] == second.get("Location")
    assert OutgoingMail.objects.filter(recipient=world.enquiries["own"].email).count() == 1


def test_handing_over_to_the_national_desk(act, world):
    hand_over(act, world, target="national")
    assert fresh(world, "own").region is None


def test_national_desk_hands_over_to_a_house(act, world):
    act(
        "national_editor",
        "national",
        "hand_over",
        target=str(world.regions.own.pk),
        **STEPS["hand_over"],
    )
    assert fresh(world, "national").region == world.regions.own


def test_closed_house_is_no_target(act, world):
    from regions.archiving import archive

    archive(world.regions.third)
    assert hand_over(act, world, target=str(world.regions.third.pk)).status_code == 422


def unpublish_house_of(region) -> None:
    HousePage.objects.get(region_record=region, locale__language_code="de").unpublish()


def test_house_that_is_not_public_is_no_target(act, world):
    unpublish_house_of(world.regions.third)
    assert hand_over(act, world, target=str(world.regions.third.pk)).status_code == 422


def test_answer_of_a_house_that_is_not_public_names_the_house(act, world):
    unpublish_house_of(world.regions.own)
    act("editor", "own", "answer", text="Wir rufen Sie an.")
    mail = OutgoingMail.objects.get(recipient=world.enquiries["own"].email)
    assert mail.subject.endswith("Haus der Kooperation Kreis Steinfurt")
    assert mail.reply_to == "kreis-steinfurt@example.org"


def test_house_that_is_not_public_is_told_what_it_has_got(world):
    unpublish_house_of(world.regions.foreign)
    enquiry = fresh(world, "own")
    actions.hand_over(enquiry, world.users["lead"], world.regions.foreign, "am Telefon")
    told = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert told == {enquiry.email, world.regions.foreign.notification_email}


def test_sender_and_new_house_are_told(act, world):
    hand_over(act, world)
    told = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert told == {world.enquiries["own"].email, world.regions.foreign.notification_email}


def test_nobody_looks_after_it_at_first(act, world):
    act("lead", "own", "take", seen_owner="")
    hand_over(act, world)
    enquiry = fresh(world, "own")
    assert (enquiry.owner, enquiry.status) == (None, "new")


def test_names_and_notes_stay_with_the_house_before(act, world, client):
    act("lead", "own", "note", note="Vertraulich im Haus")
    hand_over(act, world)
    client.force_login(world.users["other_lead"])
    shown = client.get(world.enquiries["own"].admin_url).content.decode()
    assert "Vertraulich" not in shown
    assert "Annette" not in shown
    assert "am Telefon" in shown


def test_administrator_sees_the_whole_history(act, world, client):
    act("lead", "own", "note", note="Vertraulich im Haus")
    hand_over(act, world)
    client.force_login(world.users["administrator"])
    assert "Vertraulich" in client.get(world.enquiries["own"].admin_url).content.decode()


def test_no_step_writes_a_text_to_the_log(act, world, caplog):
    caplog.set_level("DEBUG")
    actions.add_note(world.enquiries["own"], world.users["lead"], "Geheimer Satz")
    act("lead", "own", "answer", text="Geheimer Satz")
    hand_over(act, world, agreement="Geheimer Satz")
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert "Geheimer" not in "".join(record.getMessage() for record in ours)
