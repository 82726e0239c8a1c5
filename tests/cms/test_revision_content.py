"""A version of a page is made of few queries, and says what Wagtail's own would say."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import Term
from cms.models.revision_content import load_choices
from demo.review import publish
from examples.models import ExamplePage

pytestmark = pytest.mark.django_db


def stored(page: ExamplePage) -> tuple[ExamplePage, dict[str, object]]:
    """The page as it is in the database, and what its latest revision says."""
    page = ExamplePage.objects.get(pk=page.pk)
    return page, page.latest_revision.content


#: Of the page, not of a version.
OF_THE_PAGE = {
    *("latest_revision", "latest_revision_created_at", "live_revision"),
    *("draft_title", "has_unpublished_changes"),
}


def said(content: dict[str, object]) -> dict[str, object]:
    """What a version says, as JSON."""
    own = {name: value for name, value in content.items() if name not in OF_THE_PAGE}
    return json.loads(json.dumps(own, cls=DjangoJSONEncoder))


def test_a_version_says_what_was_stored(example):
    page, content = stored(example)
    version = page.with_content_json(content)
    assert said(version.serializable_data()) == said(content)


def test_what_was_deleted_meanwhile_is_not_chosen_any_more(example):
    page, content = stored(example)
    Term.objects.filter(vocabulary="topic", key="ausbildung").delete()
    version = page.with_content_json(content)
    assert not version.topics.all()
    assert version.parties.all()


def test_rows_cost_no_queries(example, django_assert_num_queries):
    page, content = stored(example)
    few, many = (
        {**content, "partners": content["partners"] * number, "wagtail_admin_comments": []}
        for number in (1, 4)
    )
    page.get_parent()
    with CaptureQueriesContext(connection) as asked:
        page.with_content_json(few)
    with django_assert_num_queries(len(asked)):
        page.with_content_json(many)


def test_choices_of_a_public_page_come_from_one_query(example, editor, lead, national_editor):
    publish(example, editor)
    loaded, plain = (ExamplePage.objects.get(pk=example.pk) for _copy in range(2))
    with CaptureQueriesContext(connection) as asked:
        load_choices(loaded)
    assert {name: list(terms) for name, terms in loaded.terms.items()} == plain.terms
    # Which, what they are, and what they are called.
    assert len(asked) == 3
