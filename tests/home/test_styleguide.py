"""The living catalogue: every component is in it, renders, and is for national people only."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.assets.stylesheet import sheet
from home import styleguide
from tests.site.test_pages import Document

TEMPLATES = settings.BASE_DIR / "templates"
SAMPLES = [
    pytest.param(component, number, id=f"{component.key}-{number}")
    for component in styleguide.components()
    for number in range(len(component.states))
]


#: Names that carry no style: hooks for what stands inside.
UNSTYLED = {"download", "rich-text"}


def block_of(name: str) -> str:
    """``contact`` of ``contact__name`` and ``contact--wide``."""
    return re.split("__|--", name)[0]


@pytest.mark.parametrize("suffix", ["html", "css"])
@pytest.mark.parametrize("folder", styleguide.FOLDERS)
def test_every_component_is_described(folder, suffix):
    files = {path.stem for path in (TEMPLATES / folder).glob(f"*.{suffix}")}
    described = {path.stem for path in (TEMPLATES / folder).glob("*.toml")}
    assert files <= described


def test_keys_are_unique():
    keys = [component.key for component in styleguide.components()]
    assert len(set(keys)) == len(keys)


@pytest.mark.django_db
@pytest.mark.parametrize("component, number", SAMPLES)
def test_state_renders(component, number):
    with translation.override("de"):
        html = component.render(number)
    document = Document(html)
    assert document.texts or document.all("img") or document.all("use")
    assert (document.unbalanced, document.open) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize("component, number", SAMPLES)
def test_state_uses_only_styled_classes(component, number):
    styled = {block_of(name) for name in re.findall(r"\.([a-z][\w-]*)", sheet())}
    with translation.override("de"):
        elements = Document(component.render(number)).elements
    used = {name for _, found in elements for name in (found.get("class") or "").split()}
    assert {name for name in used if block_of(name) not in styled | UNSTYLED} == set()


@pytest.mark.parametrize("scheme", styleguide.SCHEMES)
def test_scheme_does_not_depend_on_the_computer(scheme):
    assert "prefers-color-scheme" not in styleguide.sheet_of(scheme)


def addresses() -> list[str]:
    return [
        reverse("catalogue"),
        reverse("catalogue_component", args=["contact"]),
        reverse("catalogue_frame", args=["contact", 0, "dunkel"]),
        reverse("catalogue_style", args=["hell"]),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(4))
def test_national_editor_sees_the_catalogue(client, national_editor, number):
    client.force_login(national_editor)
    assert client.get(addresses()[number]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(4))
def test_house_does_not(client, lead, number):
    client.force_login(lead)
    assert client.get(addresses()[number]).status_code != 200


@pytest.mark.django_db
def test_frame_may_be_framed_by_ourselves_only(client, national_editor):
    client.force_login(national_editor)
    response = client.get(reverse("catalogue_frame", args=["contact", 0, "hell"]))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("args", [["gibt-es-nicht", 0, "hell"], ["contact", 99, "hell"]])
def test_unknown_sample_is_404(client, national_editor, args):
    client.force_login(national_editor)
    assert client.get(reverse("catalogue_frame", args=args)).status_code == 404
