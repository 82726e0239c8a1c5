"""A filter of the admin's lists that cannot be read lists nothing, and says so."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from cms.editing import filters
from cms.models import CustomImage
from cms.wagtail_patches import PATCHES, original

pytestmark = pytest.mark.django_db

NOTHING_LISTED = "Nichts wird aufgelistet, weil ein Filter nicht zu lesen ist."
NOT_READ = "ist nicht zu lesen. Geben Sie Tag"

#: Every list with a filter by date, and the input of that filter.
LISTS = {
    "trail": "timestamp_from",
    "wagtailadmin_reports:site_history": "timestamp_to",
    "wagtailadmin_reports:workflow": "created_at_from",
    "wagtailadmin_reports:workflow_tasks": "finished_at_to",
    "wagtailadmin_reports:locked_pages": "locked_at_from",
    "wagtailadmin_reports:aging_pages": "last_published_at",
    "wagtailadmin_explore": "latest_revision_created_at_from",
    "wagtailadmin_pages:history": "timestamp_from",
    "wagtailusers_users:index": "last_login_from",
}


@pytest.fixture
def admin(administrator, sign_in):
    """A client signed in as administrator, who may see every list."""
    return sign_in(administrator)


def list_url(name: str, news) -> str:
    args = {"wagtailadmin_explore": [news.get_parent().pk], "wagtailadmin_pages:history": [news.pk]}
    return reverse(name, args=args.get(name, []))


@pytest.mark.parametrize("name", LISTS)
def test_an_unreadable_date_lists_nothing_and_stays(admin, news, name):
    typed = "31.02.2026"
    response = admin.get(list_url(name, news), {LISTS[name]: typed})

    html = BeautifulSoup(response.content, "html.parser")
    (alert,) = html.select(".help-critical[role=alert]")
    assert NOTHING_LISTED in alert.text
    assert f"„{typed}“: " in alert.text
    assert NOT_READ in alert.text
    (field,) = html.find_all("input", attrs={"name": LISTS[name]})
    assert field["value"] == typed
    assert not list(response.context["object_list"])


@pytest.mark.parametrize("name", LISTS)
def test_a_date_as_germans_write_it_filters(admin, news, name):
    response = admin.get(list_url(name, news), {LISTS[name]: "1.3.26"})
    assert response.status_code == 200
    assert NOTHING_LISTED not in response.content.decode()


@pytest.mark.parametrize("typed", ["gestern", "März 2026", "2026-02-31"])
def test_the_list_that_follows_typing_says_it_too(admin, typed):
    response = admin.get(reverse("trail_results"), {"timestamp_to": typed})
    assert NOTHING_LISTED in response.content.decode()


@pytest.mark.parametrize("name", ["trail", "wagtailadmin_reports:aging_pages"])
def test_a_table_is_not_exported_under_an_unreadable_filter(admin, news, name):
    response = admin.get(list_url(name, news), {LISTS[name]: "gestern", "export": "csv"})
    assert response["Content-Type"].startswith("text/html")
    assert NOTHING_LISTED in response.content.decode()


def test_other_filters_are_no_exception(admin):
    CustomImage.objects.create(title="Plakat", file=get_test_image_file())
    response = admin.get(reverse("wagtailimages:index"), {"usage_count_min": "viele"})
    assert "„viele“" in response.content.decode()
    assert not list(response.context["object_list"])


#: A filter that nothing matches and one that cannot be read, of lists that have words of their own
#: for the day on which there is nothing yet.
EMPTY_LISTS = {
    "wagtailimages:index": ({"usage_count_min": "99"}, {"usage_count_min": "viele"}),
    "wagtaildocs:index": ({"usage_count_min": "99"}, {"usage_count_min": "viele"}),
    "wagtailusers_users:index": ({"last_login_to": "1.1.2020"}, {"last_login_to": "gestern"}),
    "trail": ({"timestamp_to": "1.1.2020"}, {"timestamp_to": "gestern"}),
    "enquiries": ({"status": "closed"}, {"status": "irgendwie"}),
    "wagtailadmin_reports:workflow": ({"created_at_to": "1.1.2020"}, {"created_at_to": "gestern"}),
    "wagtailadmin_reports:workflow_tasks": (
        {"finished_at_to": "1.1.2020"},
        {"finished_at_to": "gestern"},
    ),
}


@pytest.mark.parametrize("readable", [True, False], ids=["matches nothing", "unreadable"])
@pytest.mark.parametrize("name", EMPTY_LISTS)
def test_a_list_that_a_filter_empties_does_not_say_that_there_is_nothing_yet(admin, name, readable):
    response = admin.get(reverse(name), EMPTY_LISTS[name][0 if readable else 1])
    assert not list(response.context["object_list"])
    shown = BeautifulSoup(response.content, "html.parser").text
    assert "Ihrer Anfrage" in shown or "Keine Ergebnisse" in shown
    assert "noch keine" not in shown
    assert "Noch ist nichts" not in shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wagtailimages:index", "noch keine"),
        ("wagtailadmin_reports:workflow", "Noch ist nichts zur Prüfung eingereicht"),
    ],
)
def test_a_list_without_a_filter_says_that_there_is_nothing_yet(admin, name, words):
    shown = BeautifulSoup(admin.get(reverse(name)).content, "html.parser").text
    assert words in shown


def test_without_the_patch_everything_is_listed(admin, news, monkeypatch):
    (patch,) = [p for p in PATCHES if p.replacement.startswith(filters.__name__)]
    monkeypatch.setattr(*patch.owner(), original(patch))
    response = admin.get(reverse("trail"), {"timestamp_from": "gestern"})
    assert list(response.context["object_list"])
