"""Page forms with forged ids in every block, rich text and field that can hold one.

A refused form comes back with what was typed; it must not say what the ids stand for.
"""

import itertools

import pytest
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from demo.builders import BUILDERS, build_example, build_example_index, build_standard
from demo.builders.checks import build_check, build_check_week
from demo.builders.funding import build_addition, build_funding, build_funding_index
from regions.isolation.references import references_of
from tests.isolation.forging import CHOOSER, TEXT, content_state, forge, guarded
from tests.isolation.world import canaries_in, canary, owner_of

pytestmark = pytest.mark.django_db

#: What a form says of an object that it names.
NAMES = {
    (Page, CHOOSER): "drafttitle",
    (Page, TEXT): "drafttitle",
    (get_image_model(), CHOOSER): "image",
    (get_document_model(), CHOOSER): "document",
    (get_document_model(), TEXT): "docfile",
}
ODD_IDS = ["abc", "", " 5", "٥", True, 1.5, -1, 10**30, {"id": 1}]


@pytest.fixture
def pages(world):
    """A page of every type in house A, by its type; none is locked."""
    side = world.sides["a"]
    build_example(build_example_index(side.house), side.editor, title="Ein Beispiel")
    build_standard(side.house, side.editor, title="Wer wir sind")
    index = build_funding_index(side.house)
    build_funding(index, side.editor, title="Ein Programm")
    national, check = build_funding(), build_check()
    # Without a review, which takes its time; a house may name what is public.
    Page.objects.filter(pk__in=[national.pk, check.pk]).update(live=True)
    build_check_week(side.house, side.editor, self_check=check)
    build_addition(index, side.editor, title="Eine Ergänzung", programme=national)
    found = {page.specific_class: page for page in side.house.get_descendants(inclusive=True)}
    return {
        model: side.review_free if model is type(side.review_free) else page.specific
        for model, page in found.items()
    }


def test_every_type_of_a_house_is_forged(pages):
    """Whoever adds a page type that houses have builds one of it in the fixture above."""
    parents = set(pages)
    missing = {
        model
        for model in BUILDERS
        if set(model.allowed_parent_page_models()) & parents and model not in pages
    }
    assert not missing


def addresses(pages, model):
    """Where a form for a page type is sent: edit, add; each with where it is previewed."""
    page = pages[model]
    found = {"edit": ("wagtailadmin_pages:edit", "wagtailadmin_pages:preview_on_edit", [page.pk])}
    parent = page.get_parent()
    if model.can_create_at(parent):
        args = [model._meta.app_label, model._meta.model_name, parent.pk]
        found["add"] = ("wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add", args)
    return [
        (reverse(form, args=args), reverse(preview, args=args))
        for form, preview, args in found.values()
    ]


def objects_of(side):
    """What belongs to a side, by its model or a kind of it."""
    images, documents = get_image_model(), get_document_model()
    objects = {Page: side.draft, images: side.image, documents: side.document}
    return lambda model: objects[guarded(model)]


def fill(client, address, side, everywhere=True):
    """The form at an address with ids of a side's objects in all its places."""
    form = client.get(address).context["form"]
    forged = forge(form, objects_of(side), everywhere)
    forged.data["title"] = "Neuer Titel"
    return forged


@pytest.mark.parametrize(("role", "other"), [("editor", "b"), ("lead", "n")])
@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_refused_form_names_nothing_out_of_reach(world, pages, model, role, other):
    if model not in pages:
        pytest.skip("no house has such pages")
    client = world.clients[role]
    for address, preview in addresses(pages, model):
        forged = fill(client, address, world.sides[other])
        if not forged.places:
            continue
        answers = {
            "form": client.post(address, forged.data),
            "preview": client.post(preview, forged.data),
            "previewed": client.get(preview),
        }
        assert answers["form"].status_code == 200, address
        assert answers["preview"].json()["is_valid"] is False, address
        for what, answer in answers.items():
            known = {found for found in canaries_in(answer.content) if owner_of(found) == other}
            assert not known, f"{what} at {address}"


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_form_that_comes_back_names_what_is_within_reach(world, pages, model):
    """Otherwise the test above would notice nothing."""
    if model not in pages:
        pytest.skip("no house has such pages")
    client = world.clients["editor"]
    for address, preview in addresses(pages, model):
        forged = fill(client, address, world.sides["a"], everywhere=False)
        if not forged.places:
            continue
        assert client.post(preview, forged.data).json()["is_valid"] is True, address
        shown = client.get(preview).content.decode()
        assert canary("a", "docfile") in shown
        forged.data["title"] = ""
        content = client.post(address, forged.data).content.decode()
        for place, number in forged.places.items():
            assert content.count(canary("a", NAMES[place])) >= number, (address, place)


def place_in(page, form, data):
    """Put what was posted into the fields of ``page``, valid or not."""
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        if hasattr(field, "block") or "accepts_features" in dir(field.widget):
            setattr(page, name, value)
        elif guarded(getattr(getattr(field, "queryset", None), "model", object)):
            setattr(page, f"{name}_id", int(value))


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_guard_of_references_reads_every_place(world, model):
    build_funding()
    sources, put = {}, set()

    def source(kind):
        # A chooser of one type drops whatever is of another.
        model = kind if kind.objects.exists() else guarded(kind)
        found = next(sources.setdefault(model, itertools.cycle(model.objects.order_by("pk"))))
        put.add((guarded(kind), str(found.pk)))
        return found

    page = model()
    form = model.get_edit_handler().get_form_class()(
        instance=page, parent_page=world.sides["a"].house, for_user=world.sides["n"].editor
    )
    forged = forge(form, source)
    place_in(page, form, forged.data)
    expected = {(kind, key) for kind, key in put if kind is not get_image_model()}
    assert references_of(page) >= expected


@pytest.mark.parametrize("odd", ODD_IDS, ids=repr)
@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
def test_odd_id_in_a_text_breaks_nothing(world, kind, odd):
    page, client = world.sides["a"].review_free, world.clients["editor"]
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(address).context["form"]
    forged = forge(form, objects_of(world.sides["a"]))
    forged.data |= {
        "body-count": "1",
        "body-0-type": "paragraph",
        "body-0-value": content_state((kind, {"id": odd, "url": None})),
    }
    answer = client.post(address, forged.data)
    assert answer.status_code in (200, 302)
    preview = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert client.get(preview).status_code == 200
    assert client.get(address).status_code == 200
