"""A new region gives a working house, in German, and doing it again changes nothing."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from wagtail.models import Collection, GroupPagePermission, Locale, Page, Site
from wagtail.permissions import policy_registry

from cms.models import CustomDocument, CustomImage, Kreis
from demo.builders import build_house_index, build_region, house_of_region, national_home
from demo.people import build_editor, build_lead
from examples.models import ExampleIndexPage
from funding.models import FundingIndexPage
from news.models import NewsIndexPage
from regions.models import HousePage, Region, RegionKreis
from regions.provisioning.create import provision, provision_nation

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    """The number of rows of every model."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def kreis(code: str = "05566", name: str = "Kreis Steinfurt") -> Kreis:
    return Kreis.objects.create(
        code=code, name=name, land="Nordrhein-Westfalen", lat=52.15, lon=7.33
    )


def test_house_is_public_at_its_address(client, region):
    assert client.get("/haeuser/kreis-steinfurt/").status_code == 200


@pytest.mark.parametrize("path", ["aktuelles", "beispiele"])
def test_house_has_its_lists(client, region, path):
    assert client.get(f"/haeuser/kreis-steinfurt/{path}/").status_code == 200


@pytest.mark.parametrize(
    "path", ["haeuser", "aktuelles", "beispiele", "kooperationsformen", "foerderung"]
)
def test_nation_has_its_lists(client, path):
    national_home()
    assert client.get(f"/{path}/").status_code == 200


def test_national_lists_stay_out_of_houses(house):
    types = {type(page.specific) for page in house.get_children()}
    assert types == {NewsIndexPage, ExampleIndexPage, FundingIndexPage}


def test_everything_is_german_whatever_the_language_of_the_request(db):
    with translation.override("en"):
        region = build_region("Kreis Steinfurt")
    house = house_of_region(region)
    assert house.title == "Haus der Kooperation Kreis Steinfurt"
    titles = {page.title for page in house.get_children()}
    assert titles == {"Aktuelles", "Beispiele", "Förderung"}
    assert {page.locale.language_code for page in house.get_descendants()} == {"de"}


def test_groups_are_german(region):
    names = {region.editors_group.name, region.leads_group.name}
    assert names == {"Redaktion Kreis Steinfurt", "Leitung Kreis Steinfurt"}


def test_second_run_changes_nothing(region):
    before = counts()
    provision(region)
    assert counts() == before


def test_nation_twice_changes_nothing(region):
    before = counts()
    provision_nation()
    assert counts() == before


def test_missing_list_is_repaired(region, house):
    NewsIndexPage.objects.child_of(house).get().delete()
    provision(region)
    assert NewsIndexPage.objects.child_of(house).count() == 1


def test_missing_right_is_repaired(region, house):
    GroupPagePermission.objects.filter(group=region.editors_group).delete()
    provision(region)
    assert GroupPagePermission.objects.filter(group=region.editors_group, page=house).exists()


def test_text_of_the_house_is_kept(region, house):
    house.title = "Unser Haus"
    house.save()
    provision(region)
    assert house_of_region(region).title == "Unser Haus"


def rights(group: Group, house: Page) -> set[str]:
    found = GroupPagePermission.objects.filter(group=group, page=house)
    return set(found.values_list("permission__codename", flat=True))


def test_editors_write_and_nothing_else(region, house):
    assert rights(region.editors_group, house) == {"add_page", "change_page"}


def test_leads_may_lock_but_not_publish(region, house):
    assert rights(region.leads_group, house) == {
        "add_page",
        "change_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    }


def test_rights_end_at_the_house(region, house):
    pages = GroupPagePermission.objects.filter(group__in=[region.editors_group, region.leads_group])
    assert set(pages.values_list("page_id", flat=True)) == {house.pk}


@pytest.mark.parametrize("model", [CustomImage, CustomDocument])
@pytest.mark.parametrize("action", ["add", "change", "choose"])
@pytest.mark.parametrize("make", [build_editor, build_lead])
def test_own_collection_for_pictures_and_documents(region, other_region, model, action, make):
    policy = policy_registry.get_by_type(model)
    person = make(region, "person@example.org")
    found = policy.collections_user_has_permission_for(person, action)
    assert list(found) == [region.collection]


def test_collection_bears_the_name_of_the_region(region):
    assert Collection.objects.get(pk=region.collection_id).name == "Kreis Steinfurt"


def test_wagtails_stock_groups_are_gone(region):
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def english_house(region: Region) -> HousePage:
    """The house page of a region in the English tree, as a translation makes it."""
    german = national_home()
    english = german.copy_for_translation(Locale.objects.get(language_code="en"))
    index = build_house_index().copy_for_translation(english.locale)
    house = house_of_region(region).copy_for_translation(english.locale)
    assert house.get_parent().pk == index.pk
    return house


def test_rights_follow_into_a_translated_tree(region):
    house = english_house(region)
    assert rights(region.editors_group, house) == {"add_page", "change_page"}
    assert "lock_page" in rights(region.leads_group, house)


def test_editor_may_edit_the_translated_house(region):
    house = english_house(region)
    editor = build_editor(region, "englisch@example.org")
    assert house.permissions_for_user(editor).can_edit()


def test_no_kreis_in_two_active_regions(region, other_region):
    shared = kreis()
    RegionKreis.objects.create(region=region, kreis=shared)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionKreis.objects.create(region=other_region, kreis=shared)


def test_archiving_frees_the_kreis(region, other_region):
    shared = kreis()
    RegionKreis.objects.create(region=region, kreis=shared)
    region.archived_on = timezone.localdate()
    region.save()
    RegionKreis.objects.create(region=other_region, kreis=shared)
    assert list(Region.objects.active().filter(kreise=shared)) == [other_region]


def test_taking_up_again_claims_the_kreis(region):
    RegionKreis.objects.create(region=region, kreis=kreis())
    region.archived_on = timezone.localdate()
    region.save()
    region.archived_on = None
    region.save()
    assert region.region_kreise.get().active


def test_region_of_a_postal_code(region, other_region):
    first, second = kreis(), kreis("05554", "Kreis Borken")
    for number, district in enumerate((first, second)):
        district.places.create(plz="48565", name=f"Ort {number}", lat=52.1, lon=7.3)
    RegionKreis.objects.create(region=region, kreis=first)
    RegionKreis.objects.create(region=other_region, kreis=second)
    assert set(Region.objects.for_plz("48565")) == {region, other_region}
    assert not Region.objects.for_plz("10115").exists()


def test_archived_region_serves_no_postal_code(region):
    district = kreis()
    district.places.create(plz="48565", name="Steinfurt", lat=52.1, lon=7.3)
    RegionKreis.objects.create(region=region, kreis=district)
    region.archived_on = timezone.localdate()
    region.save()
    assert not Region.objects.for_plz("48565").exists()


def test_site_root_is_german(region):
    assert Site.objects.get(is_default_site=True).root_page.locale.language_code == "de"
