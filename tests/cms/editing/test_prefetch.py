"""Unfinished pages, two people on one page, and clashing addresses: nothing typed is lost."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from demo.builders import (
    BUILDERS,
    build_standard,
    national_home,
)
from demo.review import publish
from examples.models import CooperationFormPage, ExamplePage
from home.models import HomePage, StandardPage
from news.models import NewsPage
from search.list_page import ListPage
from tests.blank_forms import blank_data

pytestmark = pytest.mark.django_db

#: Page types that people create; lists and houses are provisioned.
CREATED = [m for m in BUILDERS if m.is_creatable and not issubclass(m, ListPage)]
#: What a type needs before it can be reviewed, besides its title.
NEEDED = {
    HomePage: {"summary", "intro"},
    StandardPage: {"summary", "body"},
    NewsPage: {"summary", "body"},
    CooperationFormPage: {
        *("summary", "how_it_works", "benefit_zo", "benefit_kmu", "next_step", "direction"),
        *("topics", "parties", "procedures", "results"),
    },
    ExamplePage: {
        *("summary", "course", "outcome", "benefit_zo", "benefit_kmu", "obstacles", "next_step"),
        *("form", "period_start", "money", "direction", "impulse"),
        *("topics", "parties", "procedures", "results"),
    },
}


def by_name(model: type[Page]) -> str:
    return model.__name__


def parent_for(model: type[Page]) -> Page:
    """A page that one of this type can stand below."""
    above = model.allowed_parent_page_models()[0]
    if above is HomePage:
        return national_home()
    found = Page.objects.get(depth=1) if above is Page else BUILDERS[above]()
    # What only houses write.
    return found if model.can_create_at(found) else BUILDERS[model]().get_parent()


def add_url(model: type[Page]) -> str:
    parent = parent_for(model)
    return reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def create(client, model: type[Page], **typed) -> Page:
    """Create a draft in the admin in which only ``typed`` was filled in."""
    url = add_url(model)
    form = client.get(url).context["form"]
    response = client.post(url, blank_data(form, **typed))
    assert response.status_code == 302, response.context["form"].errors
    return model.objects.get(slug=typed["slug"])


@pytest.mark.parametrize("model", CREATED, ids=by_name)
def test_a_title_is_enough_for_a_draft(sign_in, administrator, model):
    page = create(sign_in(administrator), model, title="Nur ein Titel", slug="nur-ein-titel")
    assert not page.live
    assert page.get_latest_revision().content["title"] == "Nur ein Titel"


@pytest.mark.parametrize(
    "model", [model for model in BUILDERS if model not in CREATED], ids=by_name
)
def test_a_title_is_enough_for_a_draft_of_what_is_there(sign_in, administrator, model):
    page = BUILDERS[model]()
    client = sign_in(administrator)
    form = client.get(edit_url(page)).context["form"]
    client.post(edit_url(page), blank_data(form, title="Nur ein Titel", slug=page.slug))
    assert Page.objects.get(pk=page.pk).get_latest_revision().content["title"] == "Nur ein Titel"


def submit_unfinished(client, model: type[Page]):
    page = create(client, model, title="Unfertig", slug="unfertig")
    form = client.get(edit_url(page)).context["form"]
    data = blank_data(form, title="Unfertig, aber getippt", slug="unfertig")
    return page, client.post(edit_url(page), data | {"action-submit": "1"})


@pytest.mark.parametrize("model", CREATED, ids=by_name)
def test_unfinished_page_is_not_submitted(sign_in, administrator, model):
    page, _ = submit_unfinished(sign_in(administrator), model)
    page = Page.objects.get(pk=page.pk).specific
    assert not page.workflow_states.exists()
    assert not page.live


@pytest.mark.parametrize("model", NEEDED, ids=by_name)
def test_unfinished_page_says_what_is_missing(sign_in, administrator, model):
    _, response = submit_unfinished(sign_in(administrator), model)
    errors = response.context["form"].errors
    assert set(errors) == NEEDED[model]
    plain = NEEDED[model] - {"body", "course"}  # blocks show their own message
    assert {errors[name][0] for name in plain} == {"Dieses Feld muss ausgefüllt werden."}


@pytest.mark.parametrize("model", CREATED, ids=by_name)
def test_unfinished_page_shows_a_german_message(sign_in, administrator, model):
    _, response = submit_unfinished(sign_in(administrator), model)
    shown = " ".join(str(message) for message in response.context["messages"])
    assert "konnte die Seite nicht gespeichert werden" in shown


@pytest.mark.parametrize("model", CREATED, ids=by_name)
def test_what_was_typed_is_still_in_the_form(sign_in, administrator, model):
    _, response = submit_unfinished(sign_in(administrator), model)
    assert response.context["form"]["title"].value() == "Unfertig, aber getippt"


@pytest.mark.parametrize("missing", sorted(NEEDED[NewsPage]))
def test_revision_without_a_required_part_cannot_be_submitted_anew(
    sign_in, editor, lead, news, missing
):
    client = sign_in(editor)
    form = client.get(edit_url(news)).context["form"]
    typed = {"title": news.title, "slug": news.slug, "summary": news.summary}
    typed.pop(missing, None)
    client.post(edit_url(news), blank_data(form, **typed) | {"action-submit": "1"})
    assert not Page.objects.get(pk=news.pk).specific.workflow_states.exists()


# Two people on one page


@pytest.fixture
def two_editors(client, news, editor, lead):
    """Both have opened the same page; the lead has saved first."""
    from django.test import Client

    clients = {}
    for name, person in (("editor", editor), ("lead", lead)):
        clients[name] = Client()
        clients[name].force_login(person)
    forms = {name: one.get(edit_url(news)).context for name, one in clients.items()}
    save(clients["lead"], news, forms["lead"], "Titel der Leitung")
    return clients, forms


def save(client, page: Page, context, title: str):
    data = blank_data(context["form"], title=title, slug=page.slug, summary=page.summary)
    if revision := context["page"].latest_revision_id:
        data["loaded_revision_id"] = str(revision)
        moment = context["page"].latest_revision_created_at
        data["loaded_revision_created_at"] = moment.isoformat()
    return client.post(edit_url(page), data)


def titles(page: Page) -> list[str]:
    return [revision.content["title"] for revision in page.revisions.order_by("pk")]


def test_texts_of_both_are_kept(news, two_editors):
    clients, forms = two_editors
    told = save(clients["editor"], news, forms["editor"], "Titel der Redaktion")
    save(clients["editor"], news, told.context, "Titel der Redaktion")
    assert titles(news)[-2:] == ["Titel der Leitung", "Titel der Redaktion"]


def test_second_editor_is_told_of_the_newer_version(news, editor, lead, two_editors):
    clients, forms = two_editors
    session = forms["editor"]["editing_sessions"]
    data = {"is_editing": "1", "revision_id": str(session.revision_id)}
    told = clients["editor"].post(session.ping_url, data).json()
    newer = [other["user"] for other in told["other_sessions"] if other["revision_id"]]
    assert newer == [lead.get_full_name()]


# Addresses


def test_clashing_address_is_named_in_german(sign_in, administrator):
    build_standard(title="Über uns", slug="ueber-uns")
    client = sign_in(administrator)
    url = add_url(StandardPage)
    form = client.get(url).context["form"]
    response = client.post(url, blank_data(form, title="Noch einmal", slug="ueber-uns"))
    errors = response.context["form"].errors
    assert list(errors) == ["slug"]
    assert "hat schon eine Seite" in errors["slug"][0]


def test_clash_loses_nothing(sign_in, administrator):
    build_standard(title="Über uns", slug="ueber-uns")
    client = sign_in(administrator)
    url = add_url(StandardPage)
    form = client.get(url).context["form"]
    response = client.post(
        url, blank_data(form, title="Noch einmal", slug="ueber-uns", summary="Lang getippt.")
    )
    assert response.context["form"]["summary"].value() == "Lang getippt."


def test_draft_of_a_public_page_leaves_the_public_page_alone(client, news, editor, lead):
    page = publish(news, editor)
    page.title = "Nur im Entwurf"
    page.save_revision(user=editor)
    assert "Nur im Entwurf" not in client.get(page.url).content.decode()
