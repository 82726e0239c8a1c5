"""Pages of the admin on which Wagtail or wagtail-localize would speak English."""

import re

import pytest
from django.urls import reverse
from wagtail.models import get_page_models

from tests.rooms import ROOMS

pytestmark = pytest.mark.django_db


def read(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_nobody_is_sent_to_an_english_handbook(editor, sign_in):
    page = read(sign_in(editor), "wagtailadmin_home")
    assert "guide.wagtail.org" not in page
    assert reverse("account_home") in page


def test_languages_are_counted_in_german(administrator, sign_in):
    page = read(sign_in(administrator), "wagtaillocales:index")
    assert "Sprache hinzufügen" in page
    assert "Andere Inhalte" in page
    assert " pages" not in page


def test_rights_of_the_desk_have_german_names(national_editor, administrator, sign_in):
    desk = national_editor.groups.get()
    page = read(sign_in(administrator), "wagtailusers_groups:edit", desk.pk)
    assert "Kann bundesweit freigeben" in page
    assert "act_nationally" not in page
    assert "Can submit" not in page


def test_ticks_in_lists_are_read_out_in_german(editor, administrator, sign_in):
    page = read(sign_in(administrator), "wagtailusers_users:index")
    said = re.findall(r'class="w-sr-only">\s*(\w+)\s*<', page)
    assert "ja" in said
    assert "True" not in said


def test_types_of_pages_have_a_plural_of_their_own():
    """Django's is the name with an s: “Liste der Häusers”."""
    ours = [model for model in get_page_models() if model._meta.app_config.name in ROOMS]
    without = [m for m in ours if "verbose_name_plural" not in m._meta.original_attrs]
    assert without == []


def test_types_of_pages_are_written_as_elsewhere(administrator, house, sign_in):
    page = read(sign_in(administrator), "wagtailadmin_reports:page_types_usage")
    assert "Liste der Häuser" in page


def test_whoever_deletes_a_page_reads_of_the_trash(editor, news, sign_in):
    assert "30 Tage im Papierkorb" in read(sign_in(editor), "wagtailadmin_pages:delete", news.pk)
