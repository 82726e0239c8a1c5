"""Every template is HTML as the standard writes it, wherever there is no Java (``make html``)."""

import pytest
from tinyhtml5.parser import HTMLParser

from quality.registry import templates
from tests.site.conftest import database_template, site  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.urls("quality.urls")]


def errors(html: str) -> list[str]:
    """What a parser of the standard stumbles over."""
    parser = HTMLParser()
    parser.parse(html)
    return [f"line {line}: {code} {more}" for (line, _column), code, more in parser.errors]


def test_every_template_is_valid_html(client, site) -> None:  # noqa: F811
    client.raise_request_exception = False
    found = {}
    for template in templates():
        html = client.get(template.address, follow=True).content.decode()
        if wrong := errors(html):
            found[template.name] = wrong
    assert found == {}


def test_a_refused_form_is_valid_html(client, site) -> None:  # noqa: F811
    response = client.post("/anfrage/", headers={"Origin": "http://testserver"})
    assert response.status_code == 422
    assert errors(response.content.decode()) == []


def test_mistakes_are_found() -> None:
    assert errors("<!doctype html><title>x</title><p><div></div></p>") != []
    assert errors("<!doctype html><title>x</title><p>ä &amp; <br></p>") == []
