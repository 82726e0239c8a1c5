"""What a house adds to a national programme, and local variants that take its place."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import Kreis, OutgoingMail, Place
from demo.builders import house_of_region
from demo.builders.funding import build_addition, build_funding, build_funding_index
from demo.review import publish
from funding.expired_additions import find_without_expired
from funding.merging import merge
from funding.models import FundingAdditionPage, FundingPage
from funding.programme_changes import waiting
from regions.models import RegionKreis
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def national(national_editor, second_national_editor):
    """A public programme of the nation."""
    page = build_funding(build_funding_index(), national_editor, title="Rampenfonds")
    return publish(page, national_editor)


@pytest.fixture
def index(house):
    """The list of the house."""
    return build_funding_index(house)


@pytest.fixture
def addition(index, editor, lead, national):
    """What the house adds to it, public."""
    return publish(
        build_addition(index, editor, programme=national, experience="Der Sägebock half."), editor
    )


def revise(page, user, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user)
    return publish(page, user)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def titles(client, address):
    return [hit.page.title for hit in client.get(address).context["results"].hits]


def check_address(page):
    return reverse("funding_addition_check", args=[page.pk])


# --- what visitors see -------------------------------------------------------------------------


def test_the_programme_shows_what_the_house_adds_and_who_says_so(client, addition, national):
    text = client.get(f"{national.url}?haus=kreis-steinfurt").content.decode()
    assert "Der Sägebock half." in text
    assert "Ergänzung vom Haus Kreis Steinfurt" in text
    assert "Angaben: " in text


def test_the_house_lists_what_it_adds_to_and_the_words_find_the_programme(
    client, addition, national, house, other_region
):
    assert titles(client, f"{house.url}foerderung/") == ["Rampenfonds"]
    assert titles(client, "/foerderung/?q=Sägebock") == ["Rampenfonds"]
    assert "Mit Ergänzung vom Haus" in client.get("/foerderung/").content.decode()
    addition.unpublish()
    assert titles(client, f"{house.url}foerderung/") == []
    assert titles(client, "/foerderung/?q=Sägebock") == []
    assert "Der Sägebock half." not in client.get(national.url).content.decode()


def test_an_expired_addition_is_shown_no_more(client, addition, national):
    FundingAdditionPage.objects.update(expires_on=timezone.localdate() - DAY)
    assert "Der Sägebock half." not in client.get(national.url).content.decode()


def test_by_words_that_expired_a_programme_is_found_until_the_next_hour(
    client, addition, national, house
):
    FundingAdditionPage.objects.update(expires_on=timezone.localdate() - DAY)
    assert find_without_expired() == "1 Programm"
    assert titles(client, "/foerderung/?q=Sägebock") == []
    assert titles(client, f"{house.url}foerderung/") == []
    assert find_without_expired() == "0 Programme"


# --- writing one -------------------------------------------------------------------------------


def test_only_houses_add_something(index, national):
    assert FundingAdditionPage.can_create_at(index)
    assert not FundingAdditionPage.can_create_at(national.get_parent())


@pytest.mark.parametrize("problem", ["second", "regional", "draft"])
def test_what_cannot_be_added_to_is_refused_in_words(
    sign_in, editor, index, addition, national_editor, problem
):
    chosen = {
        "second": lambda: addition.programme,
        "regional": lambda: build_funding(index, editor, title="Eigenes"),
        "draft": lambda: build_funding(build_funding_index(), national_editor, title="Entwurf"),
    }[problem]()
    other = build_funding(build_funding_index(), national_editor, title="Anderes")
    other = publish(other, national_editor)
    page = build_addition(index, editor, programme=other, title="Noch eine", slug="noch-eine")
    client = sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = untouched(client.get(address)) | {"programme": chosen.pk, "title": "Getippt"}
    answer = client.post(address, data)
    assert answer.status_code == 200
    assert "programme" in answer.context["form"].errors
    assert "Getippt" in answer.content.decode()


# --- the national text changes -----------------------------------------------------------------


@pytest.fixture
def changed(addition, national, national_editor):
    """The programme after a change of its text."""
    OutgoingMail.objects.all().delete()
    return revise(fresh(national), national_editor, summary="Jetzt nur noch für Rampen aus Holz.")


def test_the_house_is_told_and_sees_the_difference(sign_in, lead, editor, addition, changed):
    mails = OutgoingMail.objects.filter(subject__startswith="Geändert: Rampenfonds")
    assert {mail.recipient for mail in mails} == {lead.email, editor.email}
    client = sign_in(editor)
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Programm geändert" in start
    assert check_address(addition) in start
    assert "aus Holz" in client.get(check_address(addition)).content.decode()
    editing = client.get(reverse("wagtailadmin_pages:edit", args=[addition.pk])).content.decode()
    assert "Das Programm wurde geändert." in editing


def test_visitors_read_that_it_is_not_confirmed_until_one_click_says_so(
    sign_in, editor, addition, changed
):
    text = "noch nicht bestätigt"
    client = sign_in(editor)
    assert text in client.get(changed.url).content.decode()
    arguments = [addition.pk, changed.live_revision_id]
    client.post(reverse("funding_addition_confirm", args=arguments))
    assert not fresh(addition).needs_check
    assert text not in client.get(changed.url).content.decode()
    assert fresh(addition).checked_on == timezone.localdate()
    assert check_address(addition) not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_click_beside_an_older_version_confirms_nothing(sign_in, editor, addition, changed):
    arguments = [addition.pk, addition.seen_revision_id or 1]
    sign_in(editor).post(reverse("funding_addition_confirm", args=arguments))
    assert fresh(addition).needs_check


def test_an_expired_addition_waits_for_nobody(addition, changed):
    assert waiting(FundingAdditionPage.objects.all())
    FundingAdditionPage.objects.update(expires_on=timezone.localdate() - DAY)
    assert not waiting(FundingAdditionPage.objects.all())


def test_dates_of_a_check_are_no_change(addition, national, national_editor):
    OutgoingMail.objects.all().delete()
    revise(fresh(national), national_editor, checked_on=timezone.localdate())
    assert not fresh(addition).needs_check
    assert not OutgoingMail.objects.filter(subject__startswith="Geändert").exists()


def test_whoever_writes_after_the_change_has_read_it(addition, changed, editor):
    revise(fresh(addition), editor, experience="Nur noch aus Holz.")
    assert not fresh(addition).needs_check


def test_what_was_written_before_the_change_waits(addition, national, national_editor, editor):
    draft = fresh(addition)
    draft.experience = "Vorher geschrieben."
    draft.save_revision(user=editor)
    revise(fresh(national), national_editor, summary="Jetzt anders.")
    publish(fresh(addition), editor)
    assert fresh(addition).needs_check


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_house_has_nothing_to_say(sign_in, other_lead, addition, changed, method):
    client = sign_in(other_lead)
    address = check_address(addition)
    if method == "post":
        arguments = [addition.pk, changed.live_revision_id]
        address = reverse("funding_addition_confirm", args=arguments)
    assert getattr(client, method)(address).status_code != 200
    assert fresh(addition).needs_check


# --- local variants ----------------------------------------------------------------------------


@pytest.fixture
def rheine(region):
    """Rheine, in the district of the house."""
    kreis = Kreis.objects.get_or_create(
        code="05566",
        defaults={"name": "Steinfurt", "land": "Nordrhein-Westfalen", "lat": 52, "lon": 7},
    )[0]
    defaults = {"lat": 52, "lon": 7}
    Place.objects.get_or_create(plz="48431", name="Rheine", kreis=kreis, defaults=defaults)
    RegionKreis.objects.get_or_create(region=region, kreis=kreis)


@pytest.fixture
def variant(index, editor, lead, national, rheine):
    """Publishes a variant of the national programme."""

    def build(**fields):
        values = {"title": "Rampenfonds Steinfurt", "area": "AGS 05566", "varies": national}
        return publish(build_funding(index, editor, **{**values, **fields}), editor)

    return build


def test_an_open_variant_stands_for_the_programme_in_its_place_only(client, variant, national):
    page = variant()
    both = {"Rampenfonds", "Rampenfonds Steinfurt"}
    assert titles(client, "/foerderung/?ort=48431") == ["Rampenfonds Steinfurt"]
    assert set(titles(client, "/foerderung/")) == both
    assert set(titles(client, "/foerderung/?ags=05")) == both
    assert titles(client, "/foerderung/?ags=14626") == ["Rampenfonds"]
    assert titles(client, "/suche/?ort=48431&typ=foerderung") == ["Rampenfonds Steinfurt"]
    assert page.url in client.get(national.url).content.decode()
    assert national.url in client.get(page.url).content.decode()


def test_a_variant_for_a_part_of_the_region_hides_nothing_in_the_rest(
    client, addition, variant, house
):
    Place.objects.get_or_create(
        plz="48565", name="Steinfurt", kreis_id="05566", defaults={"lat": 52, "lon": 7}
    )
    variant(title="Rampenfonds Rheine", area="PLZ 48431")
    for address in (f"{house.url}foerderung/", "/foerderung/", "/suche/"):
        assert "Rampenfonds" in titles(client, f"{address}?ort=48565&typ=foerderung")
        assert titles(client, f"{address}?ort=48431&typ=foerderung") == ["Rampenfonds Rheine"]
    assert "Rampenfonds" in titles(client, f"{house.url}foerderung/")


def test_the_list_of_the_house_has_the_variant_for_all_of_its_region(
    client, addition, variant, house
):
    variant()
    assert titles(client, f"{house.url}foerderung/") == ["Rampenfonds Steinfurt"]


def test_a_variant_that_does_not_fit_the_filters_hides_nothing(client, variant, national):
    variant(kind="preis")
    assert titles(client, "/foerderung/?ort=48431&foerderart=preis") == ["Rampenfonds Steinfurt"]
    assert titles(client, "/foerderung/?ort=48431&foerderart=zuschuss") == ["Rampenfonds"]


LAST, NEXT = timezone.localdate() - DAY, timezone.localdate() + 30 * DAY


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline_kind": "termin", "rounds": [(None, LAST)]},
        {"deadline_kind": "termin", "rounds": [(NEXT, NEXT + DAY)]},
        {"expires_on": LAST},
        {"deadline_kind": "unbekannt"},
    ],
    ids=["over", "opens later", "expired", "unknown"],
)
def test_a_variant_that_is_not_open_hides_nothing(client, variant, national, fields):
    variant(**fields)
    assert "Rampenfonds" in titles(client, "/foerderung/?ort=48431")


def test_a_withdrawn_variant_hides_nothing(client, variant, national):
    variant().unpublish()
    assert titles(client, "/foerderung/?ort=48431") == ["Rampenfonds"]


def test_only_national_programmes_have_variants(sign_in, editor, index, national):
    own = build_funding(index, editor, title="Eigenes", slug="eigenes")
    page = build_funding(index, editor, title="Fassung", slug="fassung")
    client = sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, untouched(client.get(address)) | {"varies": own.pk})
    assert "varies" in answer.context["form"].errors
    assert FundingPage.objects.get(pk=page.pk).varies is None


@pytest.fixture
def kept(national, national_editor):
    """Another national programme, into which the first is merged."""
    page = build_funding(build_funding_index(), national_editor, title="Bleibt")
    return publish(page, national_editor)


def test_merged_programmes_keep_additions(client, addition, national, national_editor, kept):
    merge(fresh(national), kept, national_editor)
    assert titles(client, f"{house_of_region(addition.region).url}foerderung/") == ["Bleibt"]


def test_a_house_that_adds_twice_counts_once(client, index, addition, national, editor):
    publish(build_addition(index, editor, programme=national, title="Noch eine"), editor)
    assert "Mit Ergänzung vom Haus" in client.get("/foerderung/").content.decode()


def test_no_version_leads_back_to_the_programme_that_was_merged(
    addition, variant, national, national_editor, kept, editor
):
    pages = [addition, variant()]
    for page in pages:
        fresh(page).save_revision(user=editor)
    merge(fresh(national), kept, national_editor)
    named = [fresh(page).get_latest_revision_as_object() for page in pages]
    assert [named[0].programme, named[1].varies] == [kept, kept]


def test_a_variant_that_stays_varies_nothing(variant, national, national_editor, editor):
    page = variant()
    fresh(page).save_revision(user=editor)
    merge(fresh(national), fresh(page), national_editor)
    assert [fresh(page).varies, fresh(page).get_latest_revision_as_object().varies] == [None, None]


def test_two_additions_to_merged_programmes_can_still_be_edited(
    sign_in, editor, index, addition, national, national_editor, kept
):
    page = build_addition(index, editor, programme=kept, title="Zweite", slug="zweite")
    merge(fresh(national), kept, national_editor)
    client = sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, untouched(client.get(address)) | {"title": "Getippt"})
    assert answer.status_code == 302
