"""Dates that cannot be read are errors at their fields, and stay as they were typed."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.edit_page import untouched

pytestmark = pytest.mark.django_db

TYPED = {
    "date": "31.02.2026",
    "expires_on": "März 2026",
    "go_live_at": "gestern",
    "expire_at": "2026-02-31 08:00",
}


def test_every_date_of_a_page_that_cannot_be_read_stays_beside_its_error(news, editor, sign_in):
    client = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    response = client.post(url, untouched(client.get(url)) | TYPED)

    html = BeautifulSoup(response.content, "html.parser")
    for name, typed in TYPED.items():
        (field,) = html.find_all("input", attrs={"name": name})
        assert field["value"] == typed
        (error,) = field.find_parent(class_="w-field").find_all(class_="error-message")
        assert "zum Beispiel 01.03.2026" in str(error)
    assert type(news).objects.get(pk=news.pk).get_latest_revision_as_object().date == news.date


def test_what_can_only_mean_one_day_is_saved(news, editor, sign_in):
    client = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    client.post(url, untouched(client.get(url)) | {"date": "2026-03-01", "expires_on": "1.3.99"})

    draft = type(news).objects.get(pk=news.pk).get_latest_revision_as_object()
    assert (str(draft.date), str(draft.expires_on)) == ("2026-03-01", "1999-03-01")
