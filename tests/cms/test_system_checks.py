"""The system checks that hold the review whole."""

import pytest
from django.apps import apps
from django.core.management import call_command
from wagtail.models import Page

from cms import wagtail_patches
from cms.models import SiteSettings
from cms.system_checks import (
    every_model_declares_what_it_changes,
    every_page_type_passes_the_gate,
    second_factor_is_required,
    settings_keep_the_review_whole,
    upstream_is_as_the_patches_expect,
    visitors_find_a_national_contact,
)
from news.models import NewsPage
from regions.models import Enquiry


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_this_site_is_sound():
    assert every_page_type_passes_the_gate() + settings_keep_the_review_whole() == []
    assert every_model_declares_what_it_changes() == []
    assert upstream_is_as_the_patches_expect() == []


def test_page_type_with_its_own_publish_is_found(monkeypatch):
    monkeypatch.setattr(NewsPage, "publish", Page.publish, raising=False)
    assert ids(every_page_type_passes_the_gate()) == ["cms.E001"]


def test_change_of_what_is_patched_is_found(monkeypatch):
    patch = next(patch for patch in wagtail_patches.PATCHES if patch.target.endswith("__str__"))

    def __str__(page: Page, language: str) -> str:
        return page.title

    monkeypatch.setitem(wagtail_patches._originals, patch.target, __str__)
    (error,) = upstream_is_as_the_patches_expect()
    assert error.id == "cms.E011"
    assert patch.target in error.msg


def test_page_type_without_our_base_is_found(monkeypatch):
    class Stray(Page):
        class Meta:
            app_label = "stray"
            proxy = True

    models = apps.get_models()
    monkeypatch.setattr(apps, "get_models", lambda: [*models, Stray])
    assert ids(every_page_type_passes_the_gate()) == ["cms.E001"]


@pytest.mark.parametrize(
    "name, value, check",
    [
        ("WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False, "cms.E002"),
        ("WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True, "cms.E003"),
    ],
)
def test_setting_that_opens_the_review_is_found(settings, name, value, check):
    setattr(settings, name, value)
    assert ids(settings_keep_the_review_whole()) == [check]


@pytest.mark.parametrize(
    "name, check",
    [
        ("WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", "cms.E002"),
        ("WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", "cms.E003"),
    ],
)
def test_missing_setting_is_found(settings, name, check):
    delattr(settings, name)
    assert ids(settings_keep_the_review_whole()) == [check]


def test_model_that_does_not_declare_what_it_changes_is_found(monkeypatch):
    monkeypatch.delattr(Enquiry, "changes_public_pages")
    assert ids(every_model_declares_what_it_changes()) == ["cms.E010"]


CONTACT = {"contact_name": "Johanna Bund", "contact_email": "bund@example.org"}


def check_contact(**values) -> list[str]:
    SiteSettings.objects.update_or_create(pk=1, defaults=CONTACT | values)
    return ids(visitors_find_a_national_contact(databases=["default"]))


@pytest.mark.django_db
def test_national_contact_is_enough():
    assert check_contact() == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", CONTACT)
def test_blank_national_contact_is_found(name):
    assert check_contact(**{name: ""}) == ["cms.W001"]


@pytest.mark.django_db
def test_missing_national_contact_is_found():
    assert ids(visitors_find_a_national_contact(databases=["default"])) == ["cms.W001"]


@pytest.mark.parametrize("databases", [None, [], ["other"]])
def test_contact_is_not_looked_for_without_a_database(databases):
    assert visitors_find_a_national_contact(databases=databases) == []


@pytest.mark.django_db
def test_deployment_asks_for_the_contact(capsys):
    call_command("check", "--deploy", databases=["default"])
    assert "cms.W001" in capsys.readouterr().err


def test_a_site_without_the_second_factor_is_warned(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert [warning.id for warning in second_factor_is_required()] == ["cms.W002"]
    settings.SECOND_FACTOR_REQUIRED = True
    assert second_factor_is_required() == []
