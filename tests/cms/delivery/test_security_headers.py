"""What browsers are told about our answers."""

import pytest
from django.test import Client

from demo.review import publish
from home.models import HomePage

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(response) -> dict[str, set[str]]:
    """The directives of the answer's Content-Security-Policy."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/suche/?q=x",
        "/aktuelles/?format=rss",
        "/gibt-es-nicht/",
        "/robots.txt",
        "/anmelden/",
    ],
)
def test_every_answer_has_the_headers(client: Client, house, address: str) -> None:
    response = client.get(address)

    assert {name: response[name] for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in response["Permissions-Policy"]
    assert policy(response)["frame-ancestors"] == {"'none'"}


def test_a_file_has_the_headers(client: Client) -> None:
    response = client.get("/static/css/tokens.css")

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert policy(response)["default-src"] == {"'self'"}


def test_a_file_is_for_this_site_only(client: Client) -> None:
    response = client.get("/static/css/tokens.css")

    assert "Access-Control-Allow-Origin" not in response
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/gibt-es-nicht/", "/aktuelles/?format=json"])
def test_the_public_policy_allows_nothing_inline(client: Client, house, address: str) -> None:
    response = client.get(address)

    assert "unsafe" not in response["Content-Security-Policy"]
    assert policy(response) == {
        "default-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "base-uri": {"'self'"},
        "form-action": {"'self'"},
        "frame-ancestors": {"'none'"},
        "object-src": {"'none'"},
    }


def test_the_admin_may_run_its_inline_scripts(sign_in, administrator) -> None:
    found = policy(sign_in(administrator).get("/admin/"))

    assert found["script-src"] == {"'self'", "'unsafe-inline'"}
    assert found["default-src"] == {"'self'"}


def test_a_preview_fits_into_the_frame_of_the_admin(sign_in, administrator, house) -> None:
    home = HomePage.objects.get(locale__language_code="de")
    response = sign_in(administrator).get(f"/admin/pages/{home.pk}/view_draft/")
    assert response.status_code == 200
    assert policy(response)["frame-ancestors"] == {"'self'"}
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_failed_preview_fits_into_the_frame_too(sign_in, administrator, house) -> None:
    home = HomePage.objects.get(locale__language_code="de")
    response = sign_in(administrator).get(f"/admin/pages/{home.pk}/edit/preview/")

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(response)["frame-ancestors"] == {"'self'"}


def test_what_a_view_says_stays(rf) -> None:
    from django.http import HttpResponse

    from cms.delivery.security_headers import HeadersMiddleware

    own = {"Content-Security-Policy": "default-src 'none'"}
    response = HeadersMiddleware(lambda request: HttpResponse(headers=own))(rf.get("/documents/1/"))

    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_control_characters_never_reach_a_page(client, news, editor, lead):
    news.title = "Titel mit\x0bSteuerzeichen \x07"
    news.save_revision(user=editor)
    html = client.get(publish(news, editor).url).content
    assert b"Titel mitSteuerzeichen" in html
    assert not {0x0B, 0x07} & set(html)
