"""The page editor asks little, however much a page refers to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo.builders import build_example, build_example_index
from demo.review import publish, submit

pytestmark = pytest.mark.django_db

#: Of an example, the page type with most fields. A page in review asks for its steps and people.
MOST_AT_REST, MOST_IN_REVIEW = 54, 60


def cost(client, page) -> int:
    """The queries of the edit page, asked before."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.fixture
def with_partners(house, editor):
    """An example with more partners than most."""
    partners = [{"name": f"Verein {number} (Demonstration)", "side": "zo"} for number in range(5)]
    return build_example(build_example_index(house), editor, partners=partners)


@pytest.mark.parametrize("role", ["editor", "lead", "national_editor"])
def test_an_example_in_review(with_partners, editor, role, request, sign_in, lead):
    reader = request.getfixturevalue(role)
    submit(with_partners, editor)
    assert cost(sign_in(reader), with_partners) <= MOST_IN_REVIEW


def test_a_public_example(with_partners, editor, lead, national_editor, sign_in):
    publish(with_partners, editor)
    assert cost(sign_in(editor), with_partners) <= MOST_AT_REST
