"""Redirects lead to a page, an address or a path, and never in a circle."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(sign_in, administrator):
    """Have the administrator add a redirect; the errors of the form, if there are any."""
    client = sign_in(administrator)

    def send(old_path: str, link: str) -> str:
        data = {"old_path": old_path, "redirect_link": link, "is_permanent": "on"}
        response = client.post(reverse("wagtailredirects:add"), data)
        return "" if response.status_code == 302 else str(response.context["form"].errors)

    return send


@pytest.mark.parametrize("link", ["/pong/", "http://localhost/pong/", "http://localhost/ping/"])
def test_a_circle_is_refused_in_words(add, link):
    Redirect.add_redirect("/pong/", "/ping/")
    assert "im Kreis" in add("/ping/", link)
    assert not Redirect.objects.filter(old_path="/ping").exists()


@pytest.mark.parametrize("link", ["/aktuelles/", "https://example.org/ping/"])
def test_a_path_or_an_address_is_a_target(add, client, link):
    Redirect.add_redirect("/pong/", "/ping/")
    assert add("/ping/", link) == ""
    assert client.get("/ping/")["Location"] == link


@pytest.mark.parametrize("link", ["mailto:a@example.org", "javascript:alert(1)"])
def test_nothing_else_is_a_target(add, link):
    assert add("/ping/", link)
