"""When a page's edit form has changed: when content has, however it was stored before."""

import datetime
import json
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from wagtail.fields import RichTextField, StreamField
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms.models import BasePage, CustomImage
from demo.builders import BUILDERS, build_example, build_standard, ensure_term
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db

#: As an import or a translation writes it: no keys, markup of its own, lines of a text file.
TEXT = (
    '<p>Erst <b>kam</b> <strong>das</strong>\n <a href="https://example.org">Plakat</a>.<br/>'
    "Dann das <em>Konzert</em>.</p><ul><li>Eins</li><li>Zwei</li></ul>\n"
)
LINES = "  Die erste Zeile.\nDie zweite.\r\nDie dritte. "


def by_name(model: type[BasePage]) -> str:
    return model.__name__


def all_blocks(image: CustomImage) -> list[tuple[str, Any]]:
    """A body of every block, without ids, and with as little in each as may be stored."""
    image.contextual_alt_text, image.decorative = "Ein Plakat", False
    row = {"topic": "Geld", "zo": "Spende\nZuwendung", "kmu": " Sponsoring"}
    field = {"title": "Geld", "zo": "Spende", "kmu": "Sponsoring", "text": "Ein Satz."}
    return [
        ("paragraph", TEXT),
        ("heading", {"text": "Wie es weiterging"}),
        ("image", {"image": image}),
        ("steps", {"steps": [{"title": "Fragen", "text": LINES}]}),
        ("quote", {"text": LINES, "who": "Die Chorleiterin "}),
        ("callout", {"title": "Wichtig", "text": TEXT}),
        ("links", {"links": [{"title": "Der Chor", "url": "https://example.org/#"}]}),
        ("comparison", {"title": "Zwei Welten", "rows": [row]}),
        ("fields", {"title": "Felder", "fields": [field]}),
        ("glossary", {"entries": [{"zo": "Spende", "explanation": LINES}]}),
    ]


def imported(page: BasePage, image: CustomImage) -> BasePage:
    """A draft whose texts no form has ever saved."""
    page = page.get_latest_revision_as_object()
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            setattr(page, field.name, TEXT)
        elif isinstance(field, StreamField) and "paragraph" in field.stream_block.child_blocks:
            offered = field.stream_block.child_blocks
            setattr(page, field.name, [row for row in all_blocks(image) if row[0] in offered])
        elif type(field) is models.TextField:
            setattr(page, field.name, LINES)
    if hasattr(page, "contact_name"):
        page.contact_name = "Vera Beispiel"
    page.expire_at = timezone.now() + datetime.timedelta(days=90, seconds=7, microseconds=1)
    page.save_revision(clean=False)
    return page


def rendered(client, page: BasePage) -> tuple[Any, dict[str, Any]]:
    """The form of the edit page, and what a browser posts from it untouched."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return response.context["form"], untouched(response)


def posted(form: Any, page: BasePage, data: dict[str, Any]) -> Any:
    """The same form with ``data``, as Wagtail's view makes it of what is stored."""
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    sent = MultiValueDict({name: as_list(value) for name, value in data.items()})
    bound = type(form)(sent, instance=draft, parent_page=form.parent_page, for_user=form.for_user)
    assert bound.is_valid(), (bound.errors, [rows.errors for rows in bound.formsets.values()])
    return bound


def as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def more_text(value: str) -> str:
    """What stands in an input, and one word more."""
    if not value.startswith("{"):
        return f"{value}weiter"
    raw = json.loads(value)
    raw["blocks"][-1]["text"] += "weiter"
    return json.dumps(raw)


@pytest.fixture
def desk(client, national_editor):
    """The client, signed in for the desk."""
    client.force_login(national_editor)
    return client


@pytest.fixture
def image(db):
    """A picture."""
    return CustomImage.objects.create(
        title="Plakat", file=get_test_image_file(), credit="Foto: Imke", licence="CC BY 4.0"
    )


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_what_no_form_has_saved_is_unchanged_until_somebody_types(desk, image, model):
    page = imported(BUILDERS[model](), image)
    form, data = rendered(desk, page)
    assert not posted(form, page, data).has_changed()


def test_one_word_more_is_noticed_wherever_it_is_typed(desk, image):
    # The type that offers every block.
    page = imported(build_standard(), image)
    form, data = rendered(desk, page)
    written = {name: as_list(value)[-1] for name, value in data.items()}
    texts = [
        name
        for name, value in written.items()
        if value and not value.isdecimal() and not name.endswith(("-id", "-level", "-inline"))
        if name in ("title", "slug", "summary") or "-value" in name
    ]
    changed = {
        name: posted(form, page, data | {name: more_text(written[name])}).has_changed()
        for name in texts
    }
    assert len(texts) > 20
    assert [name for name in texts if not changed[name]] == []


#: What a person does to an example, as inputs.
CHANGES = {
    "another day": {"expires_on": "02.09.2099"},
    "another month": {"period_start": "Oktober 2025"},
    "another choice": {"money": "monetary"},
    "no topic but one": {"topics": "TOPIC"},
    "a partner renamed": {"partners-0-name": "Der Chor"},
    "a partner removed": {"partners-1-DELETE": "on"},
    "a partner moved": {"partners-0-ORDER": "2", "partners-1-ORDER": "1"},
    "a block removed": {"course-1-deleted": "1"},
    "a block moved": {"course-0-order": "1", "course-1-order": "0"},
    "a heading lowered": {"course-1-value-level": "3"},
    "a picture that tells nothing": {"course-2-value-image-decorative": "on"},
    "a minute later": {"expire_at": "01.03.2099 10:01"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_other_than_text_is_noticed(desk, image, name):
    page = imported(build_example(), image)
    form, data = rendered(desk, page)
    another = str(ensure_term("topic", "kultur").pk)
    change = {key: value.replace("TOPIC", another) for key, value in CHANGES[name].items()}
    assert posted(form, page, data | change).has_changed()
