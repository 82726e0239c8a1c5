"""What was typed is not lost when the session has ended."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from demo.builders import build_news, build_news_index
from tests.admin_forms import form_data
from tests.signing_in import give_password

pytestmark = pytest.mark.django_db

HELD = "Ihr Text ist noch da"
OWN = {"Origin": "http://testserver"}


@pytest.fixture
def draft(house, editor):
    """A piece of news the editor is working on."""
    return build_news(build_news_index(house), editor)


def edit(page) -> str:
    """Where ``page`` is edited."""
    return f"/admin/pages/{page.pk}/edit/"


def held_fields(page: str) -> dict[str, list[str]]:
    """The fields a page holds, without the token."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        if name != "csrfmiddlewaretoken":
            found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_a_form_that_comes_after_the_session_is_held(client, draft, editor) -> None:
    text = 'Neu: „Werkzeug" & <b>Verleih</b>'
    response = client.post(edit(draft), {"title": text, "topics": ["1", "2"]})
    assert response.status_code == 403
    page = response.content.decode()
    assert HELD in page
    assert held_fields(page) == {"title": [text], "topics": ["1", "2"]}
    assert 'href="/anmelden/" target="_blank"' in page
    assert "no-store" in response.headers.get("Cache-Control", "no-store")


def test_the_held_form_is_saved_after_signing_in(client, draft, editor) -> None:
    client.force_login(editor)
    data = form_data(client.get(edit(draft)).context["form"]) | {"title": "Getippt"}
    client.logout()
    held = held_fields(client.post(edit(draft), data).content.decode())
    client.force_login(editor)
    assert client.post(edit(draft), held).status_code == 302
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "Getippt"


def test_what_somebody_without_rights_any_more_typed_is_held(client, draft, editor) -> None:
    client.force_login(editor)
    editor.groups.clear()
    response = client.post(edit(draft), {"title": "Getippt"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Ihr Konto hat keine Rechte mehr" in page
    assert held_fields(page) == {"title": ["Getippt"]}


def test_the_editor_is_told_that_the_rights_are_gone(client, draft, editor) -> None:
    client.force_login(editor)
    editor.groups.clear()
    answer = client.post(edit(draft), {"title": "Neu"}, headers={"Accept": "application/json"})
    assert "Ihr Konto hat keine Rechte mehr" in answer.json()["error_message"]


def test_a_token_changed_by_signing_in_in_another_tab_loses_nothing(draft, editor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/anmelden/")
    client.force_login(editor)
    data = form_data(client.get(edit(draft)).context["form"])
    data |= {"title": "Getippt", "csrfmiddlewaretoken": "a" * 64}
    response = client.post(edit(draft), data, headers=OWN)
    assert response.status_code == 403
    page = response.content.decode()
    assert HELD in page
    assert 'target="_blank"' not in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    fields = held_fields(page) | {"csrfmiddlewaretoken": token}
    assert client.post(edit(draft), fields, headers=OWN).status_code == 302
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "Getippt"


@pytest.mark.parametrize("origin", ["https://example.com", "null", ""])
def test_a_form_of_another_site_is_refused_and_not_held(draft, editor, origin) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    headers = {"Origin": origin} if origin else {}
    response = client.post(edit(draft), {"title": "Fremd"}, headers=headers)
    assert response.status_code == 403
    assert "Fremd" not in response.content.decode()
    assert "Diese Seite war zu lange offen" in response.content.decode()


def test_a_program_gets_no_page(client, draft) -> None:
    response = client.post(edit(draft), {"title": "x"}, headers={"Accept": "application/json"})
    assert HELD not in response.content.decode()


def test_somebody_signed_in_meets_no_obstacle(client, draft, editor) -> None:
    give_password(client, editor)
    data = form_data(client.get(edit(draft)).context["form"])
    assert client.post(edit(draft), data).status_code == 302


def test_saving_by_itself_says_that_one_is_signed_out(client):
    address = reverse("wagtailadmin_pages:edit", args=[1])
    headers = {"accept": "application/json"}
    answer = client.post(address, {"title": "Hoffest im Mai"}, headers=headers)
    said = answer.json()
    assert (answer.status_code, said["success"]) == (403, False)
    assert said["error_message"].startswith("Sie sind abgemeldet. Ihr Text steht noch hier")
