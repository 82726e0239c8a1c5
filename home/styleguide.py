"""The living catalogue of components: each in every state, as visitors see it.

A component is three files of one name in ``templates/components`` or ``templates/blocks``:
``contact.html``, ``contact.css`` and ``contact.toml``. The last says what it is for, and
gives sample content for each state. Nothing here is written twice: the catalogue shows the
templates and the style sheet the site is made of.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from cms.assets.stylesheet import sheet
from cms.blocks import BodyBlock
from cms.text import sort_key

FOLDERS = ("components", "blocks")
#: How the catalogue is asked for one of the two schemes.
SCHEMES = ("hell", "dunkel")
_DARK = re.compile(r"\(prefers-color-scheme:\s*dark\)")
_RELATIVE = re.compile(r"url\(\"\.\./")


@dataclass(frozen=True)
class State:
    """One state of a component with its sample content.

    One of the last three is given.

    Args:
        name: what it shows, in German.
        context: what the template gets.
        value: raw value of a block.
        html: for what has no template of its own: a button, or a picture.
    """

    name: str
    context: dict[str, object] | None = None
    value: object = None
    html: str = ""


@dataclass(frozen=True)
class Component:
    """A component and its states.

    Args:
        folder: one of :data:`FOLDERS`.
        key: name of its files.
        name: what people call it.
        about: what it is for, and what not.
        states: at least one.
    """

    folder: str
    key: str
    name: str
    about: str
    states: tuple[State, ...]

    @property
    def is_block(self) -> bool:
        """Whether editors put it into a text."""
        return self.folder == "blocks"

    def render(self, number: int) -> SafeString:
        """The HTML of a state.

        Args:
            number: of the state, from 0.
        """
        state = self.states[number]
        if state.html:
            return mark_safe(state.html)  # noqa: S308 - from a file of ours
        if state.value is not None:
            block = BodyBlock().child_blocks[self.key]
            return block.render(block.to_python(state.value))
        # Arguments of filters must exist, even if they say nothing.
        context = {"page": "", **(state.context or {})}
        return render_to_string(f"{self.folder}/{self.key}.html", context)


def descriptions() -> list[Path]:
    """The files that describe components."""
    templates = settings.BASE_DIR / "templates"
    return [path for folder in FOLDERS for path in sorted((templates / folder).glob("*.toml"))]


def read(path: Path) -> Component:
    """The component a file describes."""
    with path.open("rb") as file:
        record = tomllib.load(file)
    states = tuple(State(**state) for state in record["states"])
    return Component(path.parent.name, path.stem, record["name"], record["about"], states)


def components() -> list[Component]:
    """All components, by kind and name."""
    found = [read(path) for path in descriptions()]
    return sorted(found, key=lambda component: (component.is_block, sort_key(component.name)))


def component(key: str) -> Component | None:
    """The component of this name."""
    return next((found for found in components() if found.key == key), None)


def sheet_of(scheme: str) -> str:
    """The site's style sheet, fixed to one scheme whatever the computer prefers."""
    condition = "(min-width: 0)" if scheme == "dunkel" else "(max-width: 0)"
    text = _DARK.sub(condition, sheet()).replace("color-scheme: light dark", _only(scheme))
    return _RELATIVE.sub(f'url("{static("")}', text)


def _only(scheme: str) -> str:
    return "color-scheme: dark" if scheme == "dunkel" else "color-scheme: light"
