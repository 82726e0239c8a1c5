"""Proposing a network to a house, and taking it over into the house's page."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS
from django.test import Client

from cms.models import OutgoingMail
from cms.models.changes import PublicChange
from cms.spam_protection.honeypot import new_stamp
from demo import builders
from demo.review import publish, submit
from regions.enquiries import networks
from regions.enquiries.network_form import NetworkForm
from regions.enquiries.networks import is_taken_over, take_over_network
from regions.models import Enquiry, NetworkProposal
from regions.models.enquiry import Status

pytestmark = pytest.mark.django_db

FORM = "/haeuser/kreis-steinfurt/netzwerk-vorschlagen/"


@pytest.fixture(autouse=True)
def quiet_cache():
    """Counts of other tests are none of ours."""
    cache.clear()
    yield
    cache.clear()


def filled(**changes: str) -> dict[str, str]:
    """What a visitor sends who fills in everything properly."""
    return {
        "network_name": "Runder Tisch Förderung",
        "message": "Vereine und Betriebe reden über Geld.",
        "meets": "Jeden ersten Dienstag",
        "url": "www.example.org",
        "name": "Mirko Feldhaus",
        "side": "zo",
        "email": "mirko@example.org",
        "consent": "on",
        "stamp": new_stamp(NetworkForm.form_key, 60),
    } | changes


def send(client: Client, typed: dict[str, str]) -> Any:
    return client.post(FORM, typed, headers={"origin": "http://testserver"})


def propose(region: Any, **fields: Any) -> NetworkProposal:
    """A proposal that has arrived."""
    enquiry = builders.build_enquiry(region, message="Vereine und Betriebe reden über Geld.")
    defaults = {"name": "Runder Tisch Förderung", "key": "rundertischfoerderung"}
    return NetworkProposal.objects.create(enquiry=enquiry, **{**defaults, **fields})


def test_a_proposal_reaches_the_house_and_changes_nothing_public(house: Any, client: Client):
    client.get(FORM)
    before = PublicChange.version()
    assert send(client, filled()).status_code == 302
    proposal = NetworkProposal.objects.get()

    assert proposal.enquiry.region == house.region_record
    assert (proposal.meets, proposal.url) == ("Jeden ersten Dienstag", "https://www.example.org")
    assert PublicChange.version() == before
    mails = list(OutgoingMail.objects.all())
    assert len(mails) == 2
    assert not [mail for mail in mails if "Runder Tisch" in mail.subject + mail.body]


def test_a_double_click_is_one_proposal_and_leads_to_the_thanks(house: Any, client: Client):
    typed = filled()
    answers = [send(client, typed) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("listed", "steht schon auf der Seite"),
        ("taken over", "wurde schon vorgeschlagen"),
        ("proposed", "wurde schon vorgeschlagen"),
    ],
)
def test_a_network_that_is_known_is_not_taken_twice(
    house: Any, editor: Any, client: Client, known: str, told: str
):
    if known == "listed":
        house.networks = [("network", {"name": "Runder Tisch: FOERDERUNG", "purpose": "Reden"})]
        house.save()
    else:
        proposal = propose(house.region_record)
    if known == "taken over":
        take_over_network(proposal, editor)
        Enquiry.objects.update(status=Status.CLOSED)
    before = Enquiry.objects.count()
    answer = send(client, filled())

    assert answer.status_code == 422
    html = answer.content.decode()
    assert told in html
    assert "Vereine und Betriebe reden über Geld." in html
    assert Enquiry.objects.count() == before


def test_nobody_learns_what_a_house_is_still_writing(house: Any, client: Client):
    house.networks = [("network", {"name": "Runder Tisch: FOERDERUNG", "purpose": "Reden"})]
    house.save_revision()
    assert send(client, filled()).status_code == 302
    assert NetworkProposal.objects.exists()


def test_what_was_declined_may_be_proposed_again(house: Any, client: Client):
    proposal = propose(house.region_record)
    Enquiry.objects.update(status=Status.CLOSED)
    assert send(client, filled()).status_code == 302
    assert NetworkProposal.objects.exclude(pk=proposal.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"network_name": "–"}, "wie das Netzwerk heißt"),
        ({"message": "x" * 401}, "401"),
        ({"url": "nirgendwo"}, "Bitte prüfen Sie die Adresse"),
        ({"consent": ""}, "Ohne Ihre Einwilligung"),
        ({"subject_line": "Köder"}, "Ein unsichtbares Feld"),
        ({"stamp": ""}, "sehr lange geöffnet"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    house: Any, client: Client, wrong: dict[str, str], told: str
):
    answer = send(client, filled(**wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert "Jeden ersten Dienstag" in html
    assert not Enquiry.objects.exists()


def test_what_was_proposed_before_the_house_closed_goes_to_the_national_desk(
    house: Any, client: Client
):
    house.unpublish()
    answer = send(client, filled())
    form = answer.context["form"]
    assert answer.status_code == 422
    assert not form.errors.keys() - {NON_FIELD_ERRORS}
    for typed in ("Runder Tisch Förderung", "reden über Geld", "ersten Dienstag", "www.example"):
        assert typed in form["message"].value()
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert (
        client.post("/anfrage/", again, headers={"origin": "http://testserver"}).status_code == 302
    )


@pytest.mark.parametrize("shows_contact", [True, False])
def test_one_click_takes_a_proposal_over_into_the_draft(
    house: Any, editor: Any, client: Client, shows_contact: bool
):
    proposal = propose(house.region_record, shows_contact=shows_contact)
    before = PublicChange.version()
    client.force_login(editor)
    assert "In die Netzwerke übernehmen" in client.get(proposal.enquiry.admin_url).content.decode()
    answer = client.post(proposal.enquiry.admin_url, {"action": "network"})
    assert answer.status_code == 302
    house.refresh_from_db()
    (network,) = house.get_latest_revision_as_object().networks

    assert network.value["name"] == "Runder Tisch Förderung"
    assert bool(network.value["contact_email"]) is shows_contact
    assert not house.networks
    assert PublicChange.version() == before
    again = client.post(proposal.enquiry.admin_url, {"action": "network"})
    assert "inzwischen übernommen" in again.content.decode()
    assert len(house.get_latest_revision_as_object().networks) == 1


def test_an_unfinished_draft_takes_a_proposal_all_the_same(house: Any, editor: Any, client: Client):
    house.contact_name = ""
    house.save_revision(user=editor, clean=False)
    client.force_login(editor)
    client.post(propose(house.region_record).enquiry.admin_url, {"action": "network"})
    house.refresh_from_db()
    assert len(house.get_latest_revision_as_object().networks) == 1


def test_what_was_taken_out_of_the_draft_again_may_be_taken_over_again(house: Any, editor: Any):
    proposal = propose(house.region_record)
    take_over_network(proposal, editor)
    assert is_taken_over(proposal)
    draft = house.get_latest_revision_as_object()
    draft.networks = []
    draft.save_revision(user=editor)
    take_over_network(proposal, editor)
    assert is_taken_over(proposal)


def test_what_a_colleague_saves_at_the_same_moment_stays(house: Any, editor: Any, monkeypatch):
    proposal, page_of = propose(house.region_record), networks._page_of
    house.save_revision()

    def meanwhile(*args: Any) -> Any:
        page = page_of(*args)
        draft = page.get_latest_revision_as_object()
        draft.seo_title = "Vom Kollegen"
        draft.save_revision()
        return page

    monkeypatch.setattr(networks, "_page_of", meanwhile)
    take_over_network(proposal, editor)
    house.refresh_from_db()
    draft = house.get_latest_revision_as_object()
    assert (draft.seo_title, len(draft.networks)) == ("Vom Kollegen", 1)


def test_a_page_in_review_is_not_changed_by_its_editor(house: Any, editor: Any, client: Client):
    house.save_revision(user=editor)
    submit(house, editor)
    proposal = propose(house.region_record)
    client.force_login(editor)
    answer = client.post(proposal.enquiry.admin_url, {"action": "network"})

    assert answer.status_code == 422
    assert not house.get_latest_revision_as_object().networks


def test_what_was_taken_over_becomes_public_by_the_review(
    house: Any, editor: Any, lead: Any, client: Client
):
    proposal = propose(house.region_record)
    client.force_login(editor)
    client.post(proposal.enquiry.admin_url, {"action": "network"})
    publish(house.get_latest_revision_as_object(), editor)

    assert "Runder Tisch Förderung" in Client().get(house.url).content.decode()


def test_a_proposal_goes_with_its_enquiry(house: Any):
    propose(house.region_record)
    Enquiry.objects.all().delete()
    assert not NetworkProposal.objects.exists()
