"""A region from its creation to its archive: commands, drift, archiving, first steps."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.models import Kreis
from demo.builders import build_enquiry, build_news, build_news_index, build_standard
from demo.people import build_editor
from demo.review import publish
from regions.archiving import archive, closing_of, reopen
from regions.dashboard.first_steps import steps
from regions.models import HousePage, Region, Role
from regions.people.leaving import close_account
from regions.provisioning.create import national_home, provision_nation
from regions.provisioning.drift import drift, national_drift


@pytest.fixture
def kreis(db):
    """Two districts."""
    Kreis.objects.create(
        code="05566", name="Steinfurt", land="Nordrhein-Westfalen", lat=52.2, lon=7.5
    )
    Kreis.objects.create(code="14626", name="Görlitz", land="Sachsen", lat=51.1, lon=14.8)


def create(*args: str) -> str:
    out = StringIO()
    call_command("create_region", *args, stdout=out)
    return out.getvalue()


def test_one_command_gives_a_working_house(kreis, client):
    create("Kreis Steinfurt", "--kreis", "05566", "--email", "steinfurt@example.org")
    region = Region.objects.get()
    assert (region.slug, region.land) == ("kreis-steinfurt", "Nordrhein-Westfalen")
    assert client.get("/haeuser/kreis-steinfurt/").status_code == 200
    assert client.get("/haeuser/kreis-steinfurt/beispiele/").status_code == 200


def test_creating_again_changes_nothing(kreis):
    arguments = ("Kreis Steinfurt", "--kreis", "05566", "--email", "steinfurt@example.org")
    create(*arguments)
    pages = Page.objects.count()
    assert "was there already" in create(*arguments)
    assert (Region.objects.count(), Page.objects.count()) == (1, pages)


def test_many_regions_from_a_file(kreis, tmp_path):
    file = tmp_path / "regions.csv"
    file.write_text(
        "name,kreise,email\n"
        "Kreis Steinfurt,05566,steinfurt@example.org\n"
        "Landkreis Görlitz,14626,goerlitz@example.org\n",
        encoding="utf-8",
    )
    create("--csv", str(file))
    assert sorted(Region.objects.values_list("slug", flat=True)) == [
        "kreis-steinfurt",
        "landkreis-goerlitz",
    ]


def test_an_unknown_district_is_named(kreis):
    with pytest.raises(CommandError, match="99999"):
        create("Nirgendwo", "--kreis", "99999", "--email", "x@example.org")
    assert not Region.objects.exists()


def test_a_district_is_not_given_twice(kreis):
    create("Kreis Steinfurt", "--kreis", "05566", "--email", "steinfurt@example.org")
    with pytest.raises(CommandError):
        create("Noch einer", "--kreis", "05566", "--email", "x@example.org")


def test_a_whole_region_has_no_drift(region):
    assert drift(region) == []


@pytest.mark.parametrize("damage", ["page", "page_right", "collection_right", "group"])
def test_drift_is_found_and_repaired(region, house, damage):
    if damage == "page":
        house.get_children().first().delete()
    elif damage == "page_right":
        GroupPagePermission.objects.filter(group=region.leads_group).first().delete()
    elif damage == "collection_right":
        region.editors_group.collection_permissions.first().delete()
    else:
        Region.objects.filter(pk=region.pk).update(leads_group=None)
        region.leads_group.delete()
    with pytest.raises(CommandError):
        call_command("provision_regions", "--check", stdout=StringIO())
    call_command("provision_regions", stdout=StringIO())
    assert drift(Region.objects.get(pk=region.pk)) == []


@pytest.mark.parametrize("slug", ["aktuelles", "kooperationsformen", "haeuser"])
def test_a_list_that_the_nation_lacks_is_found_and_made(db, slug):
    provision_nation()
    national_home().get_children().get(slug=slug).delete()
    with pytest.raises(CommandError):
        call_command("provision_regions", "--check", stdout=StringIO())
    call_command("provision_regions", stdout=StringIO())
    assert national_drift() == []
    assert national_home().get_children().filter(slug=slug, live=True).exists()


def test_a_new_list_leaves_the_address_of_a_page_that_has_it(db):
    provision_nation()
    national_home().get_children().get(slug="aktuelles").delete()
    build_standard(national_home(), slug="aktuelles", title="Schon da")
    provision_nation()
    found = national_home().get_children().order_by("path").values_list("title", "slug")
    assert ("Schon da", "aktuelles") in found
    assert ("Aktuelles", "aktuelles-1") in found


def test_archiving_freezes_own_accounts_only(region, other_region, editor, lead, other_lead):
    shared = build_editor(region, "beide@example.org")
    shared.groups.add(other_region.editors_group)
    archive(region)
    for user in (editor, lead, other_lead, shared):
        user.refresh_from_db()
    assert [user.is_active for user in (editor, lead, other_lead, shared)] == [
        False,
        False,
        True,
        True,
    ]


def test_archiving_leaves_open_enquiries_to_nobody_who_is_gone(region, editor):
    taken = build_enquiry(region, editor, status="in_progress")
    done = build_enquiry(region, editor, status="closed")
    archive(region)
    taken.refresh_from_db()
    done.refresh_from_db()
    assert (taken.owner, done.owner) == (None, editor)


def test_pages_of_an_archived_house_stay_readable_with_a_notice(
    region, house, news, editor, lead, national_editor, client
):
    page = publish(news, editor)
    archive(region)
    body = client.get(page.url).content.decode()
    assert 'class="callout"' in body


@pytest.fixture
def archiving(region):
    """Where a region is archived."""
    return reverse("regionen:archive", args=[region.pk])


def test_archiving_says_first_what_happens(region, editor, lead, archiving, administrator, sign_in):
    body = sign_in(administrator).get(archiving).content.decode()
    assert editor.get_full_name() in body
    assert "Ja, die Region archivieren" in body
    region.refresh_from_db()
    assert not region.is_archived


def test_archiving_through_the_admin_freezes_accounts(editor, archiving, administrator, sign_in):
    sign_in(administrator).post(archiving, {"action": "archive"})
    editor.refresh_from_db()
    assert not editor.is_active


def test_archiving_can_be_undone(kreis, region, editor, archiving, administrator, sign_in):
    region.region_kreise.create(kreis_id="05566")
    client = sign_in(administrator)
    client.post(archiving, {"action": "archive"})
    client.post(archiving, {"action": "reopen"})
    region.refresh_from_db()
    editor.refresh_from_db()
    assert (region.is_archived, editor.is_active) == (False, True)
    assert region.region_kreise.get().active


@pytest.mark.parametrize("deactivated", ["before", "after"])
def test_undoing_leaves_inactive_whom_archiving_did_not_deactivate(
    region, editor, lead, deactivated
):
    if deactivated == "before":
        close_account(editor)
    archive(region)
    if deactivated == "after":
        editor.is_active = True
        editor.save()
        close_account(editor)
    assert reopen(Region.objects.get(pk=region.pk)).people == 1
    editor.refresh_from_db()
    lead.refresh_from_db()
    assert (editor.is_active, lead.is_active) == (False, True)


def test_a_new_lead_sees_the_first_steps(region, lead, sign_in):
    body = sign_in(lead).get(reverse("wagtailadmin_home")).content.decode()
    assert "first-steps-heading" in body


def test_an_editor_does_not_see_the_first_steps(region, editor, sign_in):
    body = sign_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "first-steps-heading" not in body


def test_steps_follow_what_was_done(region, house, editor, lead):
    build_news(build_news_index(house), editor)
    house = HousePage.objects.get(pk=house.pk)
    house.contact_name = "Annette Brinkhoff"
    house.address_street = "Kooperationsweg 7"
    house.save_revision(user=lead)
    done = {step.label: step.done for step in steps(region)}
    assert list(done.values()) == [True, True, True, True, False, False]


def save_in_admin(client, url: str, **fields):
    """Post the region form with some fields changed."""
    form = client.get(url).context["form"]
    data = {name: form.initial.get(name) or [] for name in form.fields}
    return client.post(url, data | fields)


NEW = {
    "name": "Kreis Steinfurt",
    "slug": "kreis-steinfurt",
    "land": "Nordrhein-Westfalen",
    "lat": "52.2",
    "lon": "7.5",
    "notification_email": "steinfurt@example.org",
    "kreise": ["05566"],
}


def test_the_first_region_of_an_empty_site_through_the_admin(kreis, administrator, sign_in):
    save_in_admin(sign_in(administrator), reverse("regionen:add"), **NEW)
    assert drift(Region.objects.get()) == []


def test_a_new_region_needs_its_district_and_an_address_only(kreis, administrator, sign_in):
    fields = {"kreise": ["05566"], "notification_email": "steinfurt@example.org"}
    save_in_admin(sign_in(administrator), reverse("regionen:add"), **fields)
    region = Region.objects.get()
    assert (region.name, region.slug) == ("Steinfurt", "steinfurt")
    assert (region.land, region.lat, region.lon) == ("Nordrhein-Westfalen", 52.2, 7.5)
    assert drift(region) == []


@pytest.mark.parametrize("url", ["regionen:add", "regionen:index"])
def test_a_house_is_called_one_wherever_it_is_begun(administrator, sign_in, url):
    page = sign_in(administrator).get(reverse(url)).content.decode()
    assert "Neues Haus" in page
    assert not re.search("Neu: Region|Region hinzufügen", page)


def test_a_new_region_leads_on_to_the_invitation_of_its_lead(kreis, administrator, sign_in):
    client = sign_in(administrator)
    answer = save_in_admin(client, reverse("regionen:add"), **NEW)
    invite = reverse("people_invite", args=[Region.objects.get().slug])
    assert invite in client.get(answer.url).content.decode()
    assert client.get(invite).context["form"]["role"].value() == Role.LEAD


def test_a_city_and_the_district_around_it_are_told_apart(administrator, sign_in):
    for code in ("09471", "09461"):
        Kreis.objects.create(code=code, name="Bamberg", land="Bayern", lat=49.9, lon=10.9)
    page = sign_in(administrator).get(reverse("regionen:add")).content.decode()
    assert '<option value="09461">Bamberg (Bayern), Stadt</option>' in page
    assert '<option value="09471">Bamberg (Bayern), Landkreis um die Stadt</option>' in page


def test_a_district_is_told_apart_from_a_city_that_has_a_house(region, administrator, sign_in):
    for code in ("09471", "09461"):
        Kreis.objects.create(code=code, name="Bamberg", land="Bayern", lat=49.9, lon=10.9)
    region.region_kreise.create(kreis_id="09461")
    page = sign_in(administrator).get(reverse("regionen:add")).content.decode()
    assert '<option value="09471">Bamberg (Bayern), Landkreis um die Stadt</option>' in page
    assert closing_of(region).districts == ["Bamberg (Bayern), Stadt"]


def test_a_house_is_called_after_a_city_without_its_kind(administrator, sign_in):
    Kreis.objects.create(
        code="06411", name="Darmstadt, Wissenschaftsstadt", land="Hessen", lat=49.9, lon=8.6
    )
    fields = {"kreise": ["06411"], "notification_email": "darmstadt@example.org"}
    save_in_admin(sign_in(administrator), reverse("regionen:add"), **fields)
    assert Region.objects.get().name == "Darmstadt"


def test_without_a_district_a_house_is_asked_for_it(kreis, administrator, sign_in):
    fields = {"notification_email": "steinfurt@example.org"}
    response = save_in_admin(sign_in(administrator), reverse("regionen:add"), **fields)
    # The other fields say that they may be left empty.
    assert set(response.context["form"].errors) == {"kreise"}


def test_without_a_district_the_rest_must_be_typed(kreis, administrator, sign_in):
    fields = {"notification_email": "steinfurt@example.org", "name": "Münsterland"}
    response = save_in_admin(sign_in(administrator), reverse("regionen:add"), **fields)
    assert set(response.context["form"].errors) == {"slug", "land", "lat", "lon"}


def test_a_district_that_has_a_house_is_not_offered(region, kreis, administrator, sign_in):
    region.region_kreise.create(kreis_id="05566")
    page = sign_in(administrator).get(reverse("regionen:add")).content.decode()
    assert '<option value="05566"' not in page
    page = sign_in(administrator).get(reverse("regionen:edit", args=[region.pk])).content.decode()
    assert '<option value="05566" selected' in page


def test_renaming_a_region_renames_its_groups(region, administrator, sign_in):
    url = reverse("regionen:edit", args=[region.pk])
    save_in_admin(sign_in(administrator), url, name="Nördliches Münsterland")
    region.refresh_from_db()
    assert "Nördliches Münsterland" in region.leads_group.name


def test_an_address_that_is_taken_is_a_clear_message(region, kreis, administrator, sign_in):
    fields = NEW | {"name": "Anderer Name", "slug": region.slug}
    response = save_in_admin(sign_in(administrator), reverse("regionen:add"), **fields)
    assert "slug" in response.context["form"].errors


def test_a_region_opens_again_without_a_district_it_lost(kreis, region, other_region):
    region.region_kreise.create(kreis_id="05566")
    region.region_kreise.create(kreis_id="14626")
    archive(region)
    other_region.region_kreise.create(kreis_id="05566")
    assert reopen(region).lost == [str(Kreis.objects.get(code="05566"))]
    region.refresh_from_db()
    assert not region.is_archived
