"""The guard of addresses: what is declared, what is refused."""

import json
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from wagtail.models import TaskState

from demo.builders import build_news, build_news_index, house_of_region
from demo.review import submit
from regions.isolation import declarations
from regions.isolation.declarations import DECLARED, Declaration, declare, plain_value
from regions.isolation.system_checks import admin_addresses_are_declared
from tests.isolation.undeclared_urls import LIST, PATH

pytestmark = pytest.mark.django_db


def test_every_address_of_the_admin_is_declared_with_its_arguments():
    """Whoever adds one reads what to do: docs/how-to/add-an-admin-address.md."""
    assert [f"{error.msg} {error.hint}" for error in admin_addresses_are_declared()] == []


def test_check_says_how_to_declare_a_new_address(undeclared):
    one, other = admin_addresses_are_declared()
    assert (one.id, other.id) == ("regions.E001", "regions.E001")
    assert "declare('undeclared', number=…)" in one.hint
    assert "docs/how-to/add-an-admin-address.md" in one.hint
    assert "declare('undeclared_list')" in other.hint


def test_check_notices_what_is_declared_and_is_no_address(monkeypatch):
    monkeypatch.setitem(DECLARED, "gone", Declaration({}))
    (error,) = admin_addresses_are_declared()
    assert (error.id, error.msg.split()[0]) == ("regions.E002", '"gone"')


def test_check_notices_an_argument_that_is_not_declared(monkeypatch):
    monkeypatch.setitem(DECLARED, "people", Declaration({"id": plain_value}))
    (error,) = admin_addresses_are_declared()
    assert "names id, the address has slug" in error.msg


def test_nothing_is_declared_twice():
    with pytest.raises(ImproperlyConfigured, match="wagtailadmin_home"):
        declare("wagtailadmin_home")


@pytest.fixture
def undeclared(settings):
    settings.ROOT_URLCONF = "tests.isolation.undeclared_urls"


@pytest.mark.parametrize("address", [PATH, LIST])
@pytest.mark.parametrize("role", ["editor", "lead", "national_editor", "administrator"])
def test_undeclared_address_is_refused(undeclared, request, sign_in, role, address):
    response = sign_in(request.getfixturevalue(role)).get(address)
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_script_is_refused_with_a_status(undeclared, editor, sign_in):
    headers = {"X-Requested-With": "XMLHttpRequest"}
    assert sign_in(editor).get(PATH, headers=headers).status_code == 403


@pytest.fixture
def other_draft(other_region):
    """A draft of the other house whose title is a secret."""
    return build_news(build_news_index(house_of_region(other_region)), title="Geheime Kündigung")


@pytest.fixture
def other_list(other_draft):
    """The public list it stands in."""
    return other_draft.get_parent()


def test_bulk_move_does_not_name_where_pages_cannot_go(news, other_draft, lead, sign_in):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    response = sign_in(lead).post(f"{address}?id={news.pk}", {"chooser": other_draft.pk})
    assert response.status_code == 302
    assert "Kündigung" not in sign_in(lead).get(reverse("wagtailadmin_home")).content.decode()


def test_pages_can_be_moved_in_bulk_within_the_house(news, house, lead, sign_in):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = sign_in(lead).post(f"{address}?id={news.pk}", {"chooser": build_news_index(house).pk})
    assert (answer.status_code, answer.url) == (302, address)


def test_copying_does_not_tell_which_addresses_another_house_has(
    news, other_draft, other_list, editor, sign_in
):
    address = reverse("wagtailadmin_pages:copy", args=[news.pk])
    answers = [
        sign_in(editor).post(
            address, {"new_title": "Kopie", "new_slug": slug, "new_parent_page": other_list.pk}
        )
        for slug in (other_draft.slug, "frei")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, reverse("wagtailadmin_home"))
    }


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON"])
@pytest.mark.parametrize("action", ["move", "copy", "create_alias"])
def test_json_of_a_script_is_checked_like_a_form(
    news, other_list, lead, sign_in, content_type, action
):
    address = reverse("wagtailadmin_api:pages:action", args=[news.pk, action])
    asked = []
    with patch.object(
        declarations, "may_name", lambda user, page, **purpose: asked.append(page) or True
    ):
        sign_in(lead).post(
            address, json.dumps({"destination_page_id": other_list.pk}), content_type=content_type
        )
    assert {page.pk for page in asked} == {news.pk, other_list.pk}


@pytest.mark.parametrize(
    ("name", "args", "field"),
    [
        ("wagtailadmin_pages:copy", "page", "new_parent_page"),
        ("wagtailadmin_pages:move", "page", "new_parent_page"),
        ("wagtailadmin_pages:choose_parent", "type", "parent_page"),
    ],
)
@pytest.mark.parametrize("value", ["abc", "99999999999999999999999"])
def test_what_is_no_number_of_a_page_breaks_nothing(news, lead, sign_in, name, args, field, value):
    arguments = {"page": [news.pk], "type": ["news", "newspage"]}[args]
    assert sign_in(lead).post(reverse(name, args=arguments), {field: value}).status_code == 302


def test_review_step_of_another_page_is_refused(news, other_draft, editor, lead, sign_in):
    submit(news, editor)
    submit(other_draft, editor)
    step = TaskState.objects.get(workflow_state__object_id=str(other_draft.pk))
    address = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "approve", step.pk])
    sign_in(lead).post(address)
    step.refresh_from_db()
    assert step.status == TaskState.STATUS_IN_PROGRESS
    assert sign_in(lead).get(address).status_code == 302


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("revisions_view", ["revision"]),
        ("revisions_revert", ["revision"]),
        ("revisions_unschedule", ["revision"]),
        ("revisions_compare", ["revision", "latest"]),
        ("revisions_compare", ["earliest", "revision"]),
        ("workflow_history_detail", ["review"]),
    ],
)
def test_what_belongs_to_another_page_is_not_found_at_the_own(
    news, other_draft, editor, lead, sign_in, name, arguments
):
    """These arguments are left to Wagtail's views."""
    submit(other_draft, editor)
    keys = {
        "revision": other_draft.latest_revision_id,
        "review": other_draft.workflow_states.get().pk,
    }
    args = [news.pk, *(keys.get(part, part) for part in arguments)]
    response = sign_in(lead).get(reverse(f"wagtailadmin_pages:{name}", args=args))
    assert response.status_code == 404
