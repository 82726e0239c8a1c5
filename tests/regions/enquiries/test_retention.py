"""Enquiries are deleted 12 months after they are settled, not before (GDPR, Article 5(1)(e))."""

import datetime

import pytest
from django.utils import timezone, translation

from cms.jobs import registry
from demo.builders import build_enquiry
from regions.enquiries.retention import a_year_before, delete_settled
from regions.models import Enquiry, EnquiryEvent

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2027, 11, 22, 12, 0, tzinfo=datetime.UTC)
A_YEAR_AGO = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


@pytest.mark.parametrize(
    "closed_at, is_kept",
    [(A_YEAR_AGO - SECOND, False), (A_YEAR_AGO, False), (A_YEAR_AGO + SECOND, True)],
)
def test_boundary(region, closed_at, is_kept):
    build_enquiry(region, status="closed", closed_at=closed_at)
    delete_settled(NOW)
    assert Enquiry.objects.exists() is is_kept


@pytest.mark.parametrize("status", ["new", "in_progress"])
def test_open_enquiry_is_kept_however_old(region, status):
    long_ago = NOW - datetime.timedelta(days=4000)
    build_enquiry(region, status=status, created_at=long_ago)
    delete_settled(NOW)
    assert Enquiry.objects.exists()


def test_answered_enquiry_that_nobody_closes_goes_after_its_last_step(region):
    enquiry = build_enquiry(region, status="answered", created_at=A_YEAR_AGO - SECOND)
    last = enquiry.events.create(kind="note", region=region, created_at=A_YEAR_AGO + SECOND)
    delete_settled(NOW)
    assert Enquiry.objects.exists()
    EnquiryEvent.objects.filter(pk=last.pk).update(created_at=A_YEAR_AGO)
    delete_settled(NOW)
    assert not Enquiry.objects.exists()


def test_history_goes_with_it(region):
    build_enquiry(region, status="closed", closed_at=A_YEAR_AGO, note="Am Telefon gesprochen.")
    delete_settled(NOW)
    assert not EnquiryEvent.objects.exists()


def test_outcome_counts_enquiries_and_nothing_else(region):
    for _ in range(2):
        build_enquiry(region, status="closed", closed_at=A_YEAR_AGO)
    with translation.override("en"):
        assert delete_settled(NOW) == "2 deleted"


def test_leap_day_counts_back_to_the_28th():
    leap_day = datetime.datetime(2028, 2, 29, 12, 0, tzinfo=datetime.UTC)
    assert a_year_before(leap_day).date() == datetime.date(2027, 2, 28)


def test_it_runs_by_itself(region):
    build_enquiry(region, status="closed", closed_at=timezone.now() - datetime.timedelta(days=400))
    outcomes = {name: ok for name, ok, _outcome in registry.run_due()}
    assert outcomes["enquiries.retention"]
    assert not Enquiry.objects.exists()
