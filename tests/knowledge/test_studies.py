"""Studies: how they are cited, linked, found and described to machines."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from demo.builders.knowledge import build_study, study_fields
from demo.review import publish
from knowledge.choices import PUBLICATION_LICENCES
from knowledge.doi import doi_url, normalize_doi
from knowledge.models import StudyPage


@pytest.mark.parametrize(
    ("typed", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        (" https://doi.org/10.1000/182 ", "10.1000/182"),
        ("http://dx.doi.org/10.1002/(SICI)1097-4571", "10.1002/(SICI)1097-4571"),
        ("DOI: 10.5555/a.b-c_d", "10.5555/a.b-c_d"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("www.doi.org/10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1002/%28SICI%291097-4571", "10.1002/(SICI)1097-4571"),
        ("10.1000/a%20b", "10.1000/a%20b"),
        ("", ""),
    ],
)
def test_doi_is_stored_bare(typed, doi):
    assert normalize_doi(typed) == doi


@pytest.mark.parametrize(
    "typed", ["182", "10.1/x", "10.1000/", "10.1000/a b", "doi.org/10.1000/a%20b", "www.b-b-e.de"]
)
def test_what_is_no_doi_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="ist keine DOI"):
        normalize_doi(typed)


def test_doi_with_odd_characters_is_a_valid_address():
    assert doi_url("10.1000/a#b?c") == "https://doi.org/10.1000/a%23b%3Fc"


@pytest.mark.django_db
def test_citation_names_authors_year_title_and_place():
    study = StudyPage(title="Wer hilft wem?", authors="Muster, Erika\nBBE\n", year=2019)
    study.published_in = "Hefte, Nr. 3"
    assert study.citation == "Muster, Erika; BBE (2019): Wer hilft wem? Hefte, Nr. 3."


def test_licences_lead_to_what_they_say():
    assert PUBLICATION_LICENCES["CC-BY-NC-SA-4.0"] == (
        "CC BY-NC-SA 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("licence", "refused"), [("", True), ("reserved", True), ("CC-BY-4.0", False)]
)
def test_a_file_needs_a_licence(licence, refused):
    study = StudyPage(title="x", slug="x", year=2020, licence=licence)
    study.file = [("download", {"title": "Studie", "document": None})]
    if not refused:
        assert study.clean() is None
        return
    with pytest.raises(ValidationError) as found:
        study.clean()
    assert "licence" in found.value.message_dict


@pytest.mark.django_db
def test_a_year_to_come_is_refused():
    with pytest.raises(ValidationError):
        StudyPage(title="x", slug="x", year=timezone.localdate().year + 1).clean()


@pytest.mark.django_db
def test_study_is_public_with_its_citation_and_found_by_its_facets(
    client, national_editor, second_national_editor
):
    page = publish(build_study(user=national_editor, topics=["menschen"]), national_editor)

    html = client.get(page.url).text
    (data,) = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])["@graph"][:1]
    assert 'href="https://doi.org/10.5555/12345678"' in html
    assert (data["@type"], data["datePublished"]) == ("ScholarlyArticle", "2024")
    assert data["identifier"]["value"] == page.doi
    assert [author["name"] for author in data["author"]] == page.author_names
    for found in ("jahr=2024", "studienart=studie", "thema=menschen"):
        results = client.get(f"/studien/?{found}").context["results"]
        assert [hit.title for hit in results.hits] == [page.title], found


@pytest.mark.django_db
def test_the_demo_makes_up_nothing_about_a_real_publication(national_editor):
    record = {"title": "Ein Bericht", "authors": "BBE"}
    study = build_study(user=national_editor, **study_fields(record))
    assert (study.year, study.doi, study.licence, study.published_in) == (None, "", "", "")
