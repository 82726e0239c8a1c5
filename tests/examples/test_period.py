"""The month that somebody typed is the same month wherever an example is shown or found."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from demo.review import publish
from examples.models import ExamplePage
from search.models import Entry
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db

FACTS = [("2026-03", "März 2026"), ("2026-07", "Juli 2026")]


def shown_months(content: bytes) -> list[tuple[str, str]]:
    times = BeautifulSoup(content, "html.parser").select(".facts__row time")
    return [(time["datetime"], time.text) for time in times]


@pytest.mark.parametrize("typed", ["März 2026", "03/2026", "3.2026", "2026-03"])
def test_a_month_is_saved_in_every_spelling(example, editor, sign_in, typed):
    client = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[example.pk])
    client.post(url, untouched(client.get(url)) | {"period_start": typed})

    draft = ExamplePage.objects.get(pk=example.pk).get_latest_revision_as_object()
    assert draft.period_start == datetime.date(2026, 3, 1)


def test_preview_page_structured_data_and_search_tell_the_months(
    example, editor, lead, second_national_editor, sign_in, client
):
    desk = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[example.pk])
    typed = untouched(desk.get(url)) | {"period_start": "3.2026", "period_end": "2026-07"}

    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[example.pk])
    assert desk.post(preview, typed).json()["is_valid"]
    assert shown_months(desk.get(preview).content) == FACTS

    desk.post(url, typed)
    again = untouched(desk.get(url))
    assert [again["period_start"], again["period_end"]] == [["März 2026"], ["Juli 2026"]]

    page = publish(Page.objects.get(pk=example.pk).specific, editor)
    html = client.get(page.url).content
    assert shown_months(html) == FACTS
    (script,) = BeautifulSoup(html, "html.parser").select("script[type='application/ld+json']")
    coverage = [thing.get("temporalCoverage") for thing in json.loads(script.text)["@graph"]]
    assert "2026-03/2026-07" in coverage
    entry = Entry.objects.get(page_id=page.pk)
    assert "März 2026" in entry.text
    assert "Juli 2026" in entry.text


@pytest.mark.parametrize("typed", ["31.02.2026", "gestern"])
def test_what_is_no_month_stays_beside_its_error(example, editor, sign_in, typed):
    client = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[example.pk])
    response = client.post(url, untouched(client.get(url)) | {"period_start": typed})

    html = BeautifulSoup(response.content, "html.parser")
    (field,) = html.find_all("input", attrs={"name": "period_start"})
    assert field["value"] == typed
    (error,) = field.find_parent(class_="w-field").find_all(class_="error-message")
    assert "zum Beispiel März 2026 oder 03/2026" in error.text
