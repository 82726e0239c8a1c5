"""A text for others to take over: with the address of the site, and as it was written."""

import pytest
from django.test import RequestFactory

from cms.blocks import BodyBlock


@pytest.mark.parametrize("parent_context", [None, {}])
def test_without_a_request_the_text_stays_as_it_is(parent_context) -> None:
    assert "[Adresse]/haeuser/" in rendered(parent_context)


def test_the_address_of_the_site_is_put_in_and_html_stays_text() -> None:
    html = rendered(
        {"request": RequestFactory().get("/fuer-kammern/", headers={"host": "testserver"})}
    )

    assert "&lt;form action=&quot;http://testserver/haeuser/&quot;&gt;" in html
    assert "[Adresse]" not in html


def rendered(parent_context: dict[str, object] | None) -> str:
    block = BodyBlock().child_blocks["copy_text"]
    text = '<form action="[Adresse]/haeuser/">'
    return block.render(block.to_python({"title": "Suchfeld", "text": text}), parent_context)
