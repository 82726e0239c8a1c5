"""Reviewers read dates in the comparison of two versions as everywhere else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_the_comparison_shows_days_moments_and_months_in_words(example, editor, sign_in):
    before = example.get_latest_revision()
    example.period_end = datetime.date(2026, 7, 1)
    example.expires_on = datetime.date(2031, 2, 3)
    example.go_live_at = datetime.datetime(2030, 5, 6, 7, 8, tzinfo=timezone.get_default_timezone())
    after = example.save_revision(user=editor)

    url = reverse("wagtailadmin_pages:revisions_compare", args=[example.pk, before.pk, after.pk])
    html = sign_in(editor).get(url).content.decode()
    for shown in ("Juli 2026", "3. Februar 2031", "6. Mai 2030 07:08"):
        assert f'<span class="addition">{shown}</span>' in html
    assert ">None<" not in html
    assert "2026-07-01" not in html
