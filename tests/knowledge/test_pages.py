"""Knowledge pages: what stands beside the text, with and without a chosen house."""

import pytest

from demo.builders import build_example, build_example_index, build_form
from demo.builders.knowledge import build_knowledge, build_study
from demo.review import publish
from tests.site.test_queries import LIMIT, queries_of

pytestmark = pytest.mark.django_db

CHOICE = "haus=kreis-steinfurt"


@pytest.fixture
def desk(national_editor, second_national_editor):
    """Writes nationally; a colleague approves."""
    return national_editor


@pytest.fixture
def page(desk):
    return publish(build_knowledge(user=desk, topics=["menschen"]), desk)


def test_without_a_region_it_asks_for_the_place(client, page):
    html = client.get(page.url).text
    assert "Was gibt es in Ihrer Region?" in html
    assert 'name="ort"' in html


def test_with_a_chosen_house_its_contact_and_examples_stand_beside(
    client, page, desk, house, editor, lead
):
    house.contact_name, house.contact_email = "Annette Haus", "haus@example.org"
    house.save_revision(user=editor)
    publish(house, editor)
    publish(build_form(user=desk), desk)
    publish(build_example(build_example_index(house), editor, title="Tandem"), editor)

    answer = client.get(f"{page.url}?{CHOICE}")

    assert [hit.title for section in answer.context["in_region"] for hit in section.hits] == [
        "Tandem"
    ]
    assert "Annette Haus" in answer.text
    assert "Was gibt es in Ihrer Region?" not in answer.text
    assert f"tandem/?{CHOICE}" in answer.text
    assert len(queries_of(client, f"{page.url}?{CHOICE}")) <= LIMIT


def test_pages_about_the_same_topic_are_named_once(client, page, desk):
    study = publish(build_study(user=desk, title="Leute", topics=["menschen"]), desk)
    for read, other in ((page, study), (study, page)):
        text = client.get(read.url).text
        assert text.partition("<main")[2].count(f'href="{other.url}"') == 1
