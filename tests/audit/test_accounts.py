"""Whom the log names, and by whom it can be searched: each guard by itself."""

import pytest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from audit.filters import people_of
from cms.models import User
from demo.people import build_editor
from tests.audit.test_audit import lines_of

pytestmark = pytest.mark.django_db


def test_people_of_another_house_are_not_among_those_who_acted(news, lead, other_lead):
    log(news, "wagtail.edit", user=other_lead)
    assert other_lead not in people_of(lead)


def test_what_a_colleague_did_before_they_came_is_not_found_by_their_name(
    news, region, lead, other_lead, sign_in
):
    log(news, "wagtail.edit", user=other_lead)
    other_lead.groups.add(region.editors_group)
    log(news, "wagtail.edit", user=User.objects.get(pk=other_lead.pk))
    client = sign_in(lead)
    both = lines_of(client, action="wagtail.edit")
    found = lines_of(client, action="wagtail.edit", user=other_lead.pk)
    assert len(found) == 1
    assert len(both) >= 2


def test_what_was_done_to_a_removed_account_no_longer_names_it(region):
    gone = build_editor(region, "weg@example.org", first_name="Wanda", last_name="Weg")
    about = ModelLogEntry.objects.filter(object_id=str(gone.pk), action__startswith="trail.")
    assert "Wanda Weg" in " ".join(about.values_list("label", flat=True))
    gone.delete()
    assert set(about.values_list("label", flat=True)) == {"Gelöschtes Konto"}
