"""A field for a month takes months as people write them, and shows them in words."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.models.months import MonthFormField
from examples.models import ExamplePage
from tests.edit_page import untouched

MARCH = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        *("März 2026", "märz 2026", "Maerz 2026", "Mär. 2026", "Mrz. 2026", "März2026"),
        *("03/2026", "3/2026", "3 / 2026", "03.2026", "3-2026", "2026-03", "2026/3"),
        *("01.03.2026", "31.3.2026", "2026-03-15", "1.3.26"),
    ],
)
def test_a_month_is_read_in_every_spelling_that_can_only_mean_it(typed):
    assert MonthFormField().clean(f" {typed} ") == MARCH


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_as_it_is_shown(number):
    month = datetime.date(1998, number, 1)
    assert MonthFormField().clean(MonthFormField().prepare_value(month)) == month


@pytest.mark.parametrize(
    "typed",
    [
        *("13/2026", "0/2026", "31.02.2026", "2026", "März", "März 26", "03/26", "03/0026"),
        *("Ma 2026", "Ju 2026", "Frühjahr 2026", "Anfang März 2026", "Jan-März 2026", "gestern"),
    ],
)
def test_what_is_no_month_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="zum Beispiel März 2026 oder 03/2026"):
        MonthFormField().clean(typed)


@pytest.mark.django_db
def test_the_period_of_an_example_is_shown_and_saved_in_months(example, editor, sign_in):
    client = sign_in(editor)
    url = reverse("wagtailadmin_pages:edit", args=[example.pk])
    data = untouched(client.get(url))
    assert data["period_start"] == ["September 2025"]

    client.post(url, data | {"period_start": "März 2026", "period_end": "07/2026"})
    draft = ExamplePage.objects.get(pk=example.pk).get_latest_revision_as_object()
    assert (draft.period_start, draft.period_end) == (MARCH, datetime.date(2026, 7, 1))


@pytest.mark.django_db
def test_another_day_of_the_month_is_no_other_month(example):
    example.period_start = datetime.date(2025, 9, 15)
    example.save_revision()
    ExamplePage.objects.filter(pk=example.pk).update(period_end=datetime.date(2025, 12, 31))

    page = ExamplePage.objects.get(pk=example.pk)
    assert page.get_latest_revision_as_object().period_start == datetime.date(2025, 9, 1)
    assert page.period_end == datetime.date(2025, 12, 1)
