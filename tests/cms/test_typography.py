"""Texts as a typesetter would set them."""

import pytest
from django.template import Context, Template

from demo.builders import build_standard
from demo.review import publish

DASH_KEPT = "Elf Wege\u00a0– jetzt"


def typeset(text: str) -> str:
    template = Template("{% load typography %}{{ text|typeset }}")
    return template.render(Context({"text": text}))


def test_a_dash_stays_with_the_word_before_it():
    assert typeset("Elf Wege – jetzt") == DASH_KEPT


def test_a_range_stays_as_it_is():
    assert typeset("15–18 Uhr") == "15–18 Uhr"


def test_what_editors_write_is_still_escaped():
    assert typeset("<b> – x") == "&lt;b&gt;\u00a0– x"


@pytest.mark.django_db
def test_title_and_summary_of_a_page_are_typeset(client, national_editor, second_national_editor):
    page = build_standard(user=national_editor, title="Elf Wege – jetzt", summary="Kurz – und gut")
    html = client.get(publish(page, national_editor).url).content.decode()

    assert f"<h1>{DASH_KEPT}</h1>" in html
    assert '<p class="lead">Kurz\u00a0– und gut</p>' in html
