"""The pages that ship with the software: complete, drafts at first, in words of their own."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page

from demo.builders import national_home
from knowledge.models import KnowledgePage
from knowledge.shipped import records

#: Benefits that table 1 of the guide names, by field: for associations, for companies.
BENEFITS = [(4, 5), (7, 5), (4, 4), (3, 3)]


def blocks(slug: str, kind: str) -> list:
    (record,) = (record for record in records() if record["slug"] == slug)
    return [block[kind] for block in record["blocks"] if kind in block]


def rows(slug: str) -> list[list[str]]:
    (table,) = blocks(slug, "table")[:1]
    return [line.split("|") for line in table["rows"].splitlines()[1:]]


def test_every_benefit_of_the_guide_is_there():
    (comparison,) = blocks("nutzen", "comparison")
    points = [
        (len(row["zo"].splitlines()), len(row["kmu"].splitlines())) for row in comparison["rows"]
    ]
    assert points == BENEFITS


def test_all_eleven_forms_have_both_benefits_and_their_field():
    fields = {row["topic"] for row in blocks("nutzen", "comparison")[0]["rows"]}
    table = rows("nutzen")
    assert len(table) == 11
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in table)
    named = {field.strip() for row in table for field in row[1].split(";")}
    assert named == fields


def test_five_benefits_are_marked_as_added():
    assert sum(cell.strip().endswith("*") for row in rows("nutzen") for cell in row) == 5


def test_an_agreement_has_six_parts():
    assert len(rows("absprache")) == 6


def test_every_page_names_its_chapter_and_fits():
    assert all(re.search(r"Kapitel \d", record["source_chapter"]) for record in records())
    assert [record["slug"] for record in records() if len(record["summary"]) > 300] == []


@pytest.mark.django_db
def test_command_adds_drafts_once_and_links_them_to_one_another():
    national_home()
    for _ in range(2):
        call_command("add_knowledge_pages", stdout=StringIO())

    pages = KnowledgePage.objects.all()
    assert pages.count() == len(records())
    assert not pages.filter(live=True).exists()
    stored = " ".join(str(list(page.body.raw_data)) for page in pages)
    assert "/wissen/" not in stored
    assert stored.count('linktype="page"') > 5


@pytest.mark.django_db
def test_every_shipped_draft_can_be_submitted():
    national_home()
    call_command("add_knowledge_pages", stdout=StringIO())
    for page in Page.objects.type(KnowledgePage).specific():
        page.full_clean()
