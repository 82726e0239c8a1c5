"""Forms of cooperation and examples: facets, periods, the form in the visitor's language."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from demo.builders import build_example, build_form, build_form_index, build_home
from demo.review import publish
from examples.models import ExamplePage
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(national_editor, second_national_editor):
    """Writes nationally; a colleague approves."""
    return national_editor


def fresh(page) -> ExamplePage:
    return type(page).objects.get(pk=page.pk)


def keys(page) -> dict[str, list[str]]:
    return {name: [term.key for term in terms] for name, terms in page.terms.items()}


EXPECTED = {
    "topics": ["ausbildung"],
    "parties": ["handwerksbetrieb", "verein"],
    "procedures": ["patenschaft"],
    "results": ["neue-engagierte"],
}


@pytest.fixture
def public(example, editor, lead, desk):
    """The example, published: only then its terms stand in the tables."""
    return publish(example, editor)


def test_terms_of_a_public_page(public):
    assert keys(fresh(public)) == EXPECTED


def test_terms_of_a_form(desk):
    assert keys(fresh(publish(build_form(user=desk), desk))) == EXPECTED


def test_terms_of_a_draft(example):
    draft = fresh(example).get_latest_revision_as_object()
    assert {name: sorted(found) for name, found in keys(draft).items()} == EXPECTED


def test_terms_with_labels_come_from_one_query(public, django_assert_num_queries):
    page = fresh(public)
    run_on_commit_callbacks()
    assert fresh(public).terms  # which terms there are is known from any page before
    with django_assert_num_queries(1):
        assert [term.label for term in page.terms["topics"]] == ["Ausbildung"]


def test_terms_of_other_pages_stay_away(public, house, editor):
    from demo.builders import build_example_index

    index = build_example_index(house)
    publish(build_example(index, editor, title="Anderes", topics=["kultur"]), editor)
    assert keys(fresh(public))["topics"] == ["ausbildung"]


@pytest.mark.parametrize("field", ["topics", "parties", "procedures", "results"])
def test_each_facet_is_required(field):
    assert not ExamplePage._meta.get_field(field).blank


@pytest.mark.parametrize("field", ["benefit_zo", "benefit_kmu"])
def test_benefit_of_both_sides_is_required(example, field):
    setattr(example, field, "")
    with pytest.raises(ValidationError) as refused:
        example.full_clean()
    assert field in refused.value.message_dict


def test_end_cannot_be_before_the_start(example):
    example.period_end = example.period_start - datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        example.full_clean()
    assert list(refused.value.message_dict) == ["period_end"]


def test_example_may_go_on(example):
    example.period_end = None
    example.full_clean()


def test_form_that_examples_follow_cannot_be_deleted(example):
    with pytest.raises(ProtectedError):
        fresh(example).form.delete()


def test_form_in_the_language_of_the_example(desk):
    form = publish(build_form(user=desk), desk)
    home = publish(build_home("en", desk), desk)
    english = build_form(
        build_form_index(home), desk, title="Mentoring en", translation_key=form.translation_key
    )
    english = publish(english, desk)
    example = build_example(user=desk, form=form)
    assert example.localized_form == form
    example = fresh(example)
    example.locale = home.locale
    assert example.localized_form == english


def test_form_in_german_where_there_is_no_translation(desk):
    form = publish(build_form(user=desk), desk)
    home = publish(build_home("en", desk), desk)
    example = fresh(build_example(user=desk, form=form))
    example.locale = home.locale
    assert example.localized_form == form


def test_form_that_is_not_public_is_not_shown(desk):
    example = fresh(build_example(user=desk, form=build_form(user=desk)))
    assert example.localized_form is None


def test_page_of_a_form_shows_its_cases(client, example, editor, lead, desk):
    form = publish(build_form(user=desk, title="Eigene Form"), desk)
    example = fresh(example)
    example.form = form
    example.save_revision(user=editor)
    publish(example, editor)
    response = client.get(form.url)
    assert [str(hit.title) for hit in response.context["cases"]] == [example.title]
    # All of them are a list of these, not of all examples.
    (address,) = re.findall(r'href="([^"]*form=[^"]*)"', response.content.decode())
    assert [hit.title for hit in client.get(address).context["results"].hits] == [example.title]


def test_lists_filter_by_the_german_name_of_a_form(desk):
    form = publish(build_form(user=desk, slug="mentoring-de"), desk)
    home = publish(build_home("en", desk), desk)
    english = build_form(
        build_form_index(home), desk, slug="mentoring-en", translation_key=form.translation_key
    )
    assert english.slug_in_addresses == "mentoring-de"


def test_page_of_a_form_shows_no_other_cases(client, example, editor, lead, desk):
    publish(example, editor)
    form = publish(build_form(user=desk, title="Eigene Form"), desk)
    assert client.get(form.url).context["cases"] == []


def test_benefit_of_the_editors_is_marked(client, desk):
    form = build_form(user=desk, benefit_zo_from_guide=True, benefit_kmu_from_guide=False)
    html = client.get(publish(form, desk).url).content.decode()
    assert html.count("Ergänzt von der Redaktion") == 1
