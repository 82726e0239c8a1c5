"""Which region a page belongs to, whose contact it shows, and who is who."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import Page

from cms.models import SiteSettings
from demo.builders import build_news, build_news_index, build_standard, national_home
from demo.people import build_lead, build_person
from regions import access

pytestmark = pytest.mark.django_db


def fresh(page) -> Page:
    return Page.objects.get(pk=page.pk).specific


# Place in the tree


def test_house_belongs_to_its_region(house, region):
    assert access.region_of(fresh(house)) == region


def test_list_of_a_house_belongs_to_its_region(house, region):
    assert access.region_of(build_news_index(house)) == region


def test_page_of_a_house_belongs_to_its_region(news, region):
    assert access.region_of(fresh(news)) == region


def test_standard_page_below_a_standard_page_of_a_house(house, region):
    page = build_standard(build_standard(house), title="Darunter")
    assert access.region_of(page) == region


def test_national_pages_belong_to_no_region(region):
    for page in (national_home(), build_news_index(), build_news(), build_standard()):
        assert access.region_of(page) is None


def test_plain_page_finds_its_region_too(news, region):
    assert access.region_of(Page.objects.get(pk=news.pk)) == region


def test_moved_page_belongs_to_the_other_region(news, other_region):
    from demo.builders import house_of_region

    news.move(build_news_index(house_of_region(other_region)), pos="last-child")
    assert access.region_of(fresh(news)) == other_region


def test_house_with_a_path_that_begins_alike_is_not_meant(region, other_region, news):
    assert access.house_of(fresh(news)).region_record_id == region.pk


def test_region_house_and_ancestors_come_from_one_query(news, django_assert_num_queries):
    page = fresh(news)
    with django_assert_num_queries(1):
        assert access.region_of(page).name
        assert access.house_of(page).contact_email
        titles = [ancestor.title for ancestor in access.ancestors_of(page)]
    assert titles[1:] == [
        "Häuser",
        "Haus der Kooperation Kreis Steinfurt",
        "Aktuelles",
        news.title,
    ]


# Contact


def set_desk() -> SiteSettings:
    settings = SiteSettings.load()
    settings.desk_name, settings.contact_name = "Anlaufstelle", "Johanna Bund"
    settings.contact_email = "bund@example.org"
    settings.save()
    return settings


def set_house(house) -> None:
    house.contact_name, house.contact_email = "Annette Haus", "haus@example.org"
    house.save()


def test_page_shows_the_contact_of_its_house(house, news):
    set_desk()
    set_house(house)
    contact = fresh(news).contact
    assert (contact.name, contact.email) == ("Annette Haus", "haus@example.org")
    assert (contact.organisation, contact.url) == (house.title, house.url)


def test_national_page_shows_the_desk(region):
    set_desk()
    contact = build_standard().contact
    assert (contact.name, contact.organisation) == ("Johanna Bund", "Anlaufstelle")
    assert contact.url is None


def test_page_of_an_archived_house_shows_the_desk(house, news, region):
    set_desk()
    set_house(house)
    region.archived_on = timezone.localdate()
    region.save()
    assert fresh(news).contact.name == "Johanna Bund"


def test_house_without_an_address_shows_the_desk(house, news):
    set_desk()
    set_house(house)
    house.contact_email = ""
    house.save(clean=False)
    assert fresh(news).contact.name == "Johanna Bund"


def test_unpublished_house_is_no_link(house, news):
    set_house(house)
    house.unpublish()
    contact = fresh(news).contact
    assert (contact.name, contact.url) == ("Annette Haus", None)


def test_preview_of_a_house_shows_what_was_typed(house):
    set_house(house)
    draft = fresh(house)
    draft.contact_name = "Neue Person"
    assert draft.contact.name == "Neue Person"


def test_there_is_always_a_contact(news):
    assert fresh(news).contact is not None


# Roles


ROLES = ["editor", "lead", "other_lead", "national_editor", "administrator"]
EXPECTED = {
    "is_editor": {"editor"},
    "is_lead": {"lead"},
    "is_national_editor": {"national_editor", "administrator"},
    "is_administrator": {"administrator"},
}


def holds(function: str, user, region) -> bool:
    check = getattr(access, function)
    return check(user, region) if function in ("is_editor", "is_lead") else check(user)


@pytest.mark.parametrize("function", EXPECTED)
@pytest.mark.parametrize("role", ROLES)
def test_role(request, region, role, function):
    user = request.getfixturevalue(role)
    assert holds(function, user, region) is (role in EXPECTED[function])


@pytest.mark.parametrize("function", EXPECTED)
@pytest.mark.parametrize("role", ROLES)
def test_inactive_account_has_no_role(request, region, role, function):
    user = request.getfixturevalue(role)
    user.is_active = False
    assert not holds(function, user, region)


@pytest.mark.parametrize("function", EXPECTED)
def test_visitor_has_no_role(region, function):
    assert not holds(function, AnonymousUser(), region)


@pytest.mark.parametrize("function", ["is_editor", "is_lead"])
def test_nobody_leads_the_nation(lead, editor, function):
    assert not any(getattr(access, function)(user, None) for user in (lead, editor))


def test_leads_of_a_region(region, lead, other_lead, editor):
    second = build_lead(region, "zweite@example.org")
    build_lead(region, "weg@example.org", is_active=False)
    assert set(access.leads_of(region)) == {lead, second}


def test_members_of_the_desk(national_editor, second_national_editor, administrator, lead):
    build_person("weg@example.org", list(national_editor.groups.all()), is_active=False)
    assert set(access.national_editors()) == {national_editor, second_national_editor}
