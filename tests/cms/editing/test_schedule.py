"""The dialog of the publishing schedule: its time zone, and moments that are over."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.models import BasePage
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db

OVER = "Dieser Zeitpunkt ist vorbei"


@pytest.fixture
def save(news, editor, sign_in):
    """Change fields in the editor and save; the answer."""
    client = sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[news.pk])

    def save(**typed: str) -> str:
        return client.post(address, untouched(client.get(address)) | typed).content.decode()

    return save


def drafted(page: BasePage) -> BasePage:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def in_days(days: int) -> str:
    moment = timezone.localtime(timezone.now() + datetime.timedelta(days=days))
    return f"{moment:%d.%m.%Y} 10:00"


def dialog(editor, sign_in, news) -> str:
    return sign_in(editor).get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()


def test_dialog_names_the_time_zone(news, editor, sign_in):
    page = dialog(editor, sign_in, news)
    assert page.count("Zeitzone: Europe/Berlin. Dort ist es jetzt") == 2
    assert "Das ist die Ihres Kontos" not in page


def test_dialog_says_when_the_account_has_another_time_zone(news, editor, sign_in):
    profile = UserProfile.get_for_user(editor)
    profile.current_time_zone = "America/New_York"
    profile.save()
    page = dialog(editor, sign_in, news)
    assert "Zeitzone: America/New York." in page
    assert "Das ist die Ihres Kontos, nicht die dieser Website." in page


@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
def test_a_moment_that_is_over_is_refused_in_words_and_stays(save, news, field):
    typed = in_days(-1)
    answer = save(**{field: typed})
    assert (OVER if field == "go_live_at" else "muss in der Zukunft liegen") in answer
    assert f'value="{typed}"' in answer
    assert (drafted(news).go_live_at, drafted(news).expire_at) == (None, None)


def test_a_moment_to_come_is_saved(save, news):
    save(go_live_at=in_days(1))
    assert drafted(news).go_live_at is not None


def test_the_moment_at_which_a_page_went_public_stays(save, news):
    news.go_live_at = timezone.now() - datetime.timedelta(days=30)
    news.save_revision()
    answer = save(title="Ein neuer Titel")
    assert OVER not in answer
    assert drafted(news).title == "Ein neuer Titel"
