"""Readers and editors see German: the catalogue is whole, and nothing goes past it."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import polib
import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.test import Client
from django.utils import translation
from django.utils.functional import Promise
from modelcluster.fields import ParentalKey
from wagtail.blocks import Block
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Orderable, Page

from demo import builders, review
from knowledge.choices import PUBLICATION_LICENCES
from scripts.check_messages import CATALOGUE, PLACEHOLDER, ROOT
from tests.rooms import ROOMS

SHORTEST_WORD = 8
SAME_IN_BOTH_LANGUAGES = {"DOI", "Filter", "Link", "Links", "Logo", "Mentoring", "Name", "Partner"}
SAME_IN_BOTH_LANGUAGES |= {"Person", "Text", "Website"}
SAME_IN_BOTH_LANGUAGES |= {licence.name for licence in PUBLICATION_LICENCES.values()}
# Wagtail makes their forms from all their fields; other forms name what they ask for.
HAVE_WHOLE_FORMS = (Page, Orderable, AbstractImage, AbstractDocument, BaseGenericSetting)


@cache
def catalogue() -> polib.POFile:
    """The German catalogue."""
    return polib.pofile(str(ROOT / CATALOGUE), check_for_duplicates=True)


def texts_of(entry: polib.POEntry) -> list[str]:
    """The German texts of a message, one for each number."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_no_message_is_untranslated() -> None:
    assert [entry.msgid for entry in catalogue() if not all(texts_of(entry))] == []


def test_no_message_is_fuzzy() -> None:
    assert [entry.msgid for entry in catalogue() if entry.fuzzy] == []


def test_no_message_is_obsolete() -> None:
    assert [entry.msgid for entry in catalogue() if entry.obsolete] == []


def test_placeholders_survive_translation() -> None:
    """Each German text has exactly those of the English one: of the plural, if there is one."""
    offenders = [
        text
        for entry in catalogue()
        for text in texts_of(entry)
        if sorted(PLACEHOLDER.findall(text))
        != sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert offenders == []


def test_both_numbers_are_translated() -> None:
    plurals = [entry for entry in catalogue() if entry.msgid_plural]
    assert [entry.msgid for entry in plurals if sorted(entry.msgstr_plural) != [0, 1]] == []


def test_quotation_marks_and_dashes_are_german() -> None:
    wrong = re.compile(r"\"|“\w|\w„|”|(?<=\s)-(?=\s)|\.\.\.|\w\*in|\w:in\b")
    texts = [text for entry in catalogue() for text in texts_of(entry)]
    assert [text for text in texts if wrong.search(re.sub("<[^>]*>", "", text))] == []


class _Visible(HTMLParser):
    """Collects what people read or hear; styles and scripts are neither."""

    spoken = ("alt", "aria-label", "content", "placeholder", "title")
    silent = ("script", "style")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.silent
        self.texts += [value for name, value in attrs if name in self.spoken and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.silent

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


@cache
def english() -> list[tuple[str, re.Pattern[str]]]:
    """The longer English texts of the catalogue, with a pattern that finds each in a page."""
    patterns = []
    for entry in catalogue():
        for message in filter(None, (entry.msgid, entry.msgid_plural)):
            letters = sum(map(str.isalpha, PLACEHOLDER.sub("", message)))
            if letters >= SHORTEST_WORD and message not in texts_of(entry):
                parts = [re.escape(part) for part in PLACEHOLDER.split(message)]
                patterns.append((message, re.compile(rf"(?<!\w){'.+?'.join(parts)}(?!\w)")))
    return patterns


def english_in(html: str) -> list[str]:
    """Messages that stand untranslated in a page."""
    parser = _Visible()
    parser.feed(html)
    texts = "\n".join(" ".join(text.split()) for text in parser.texts)
    return [message for message, pattern in english() if pattern.search(texts)]


@pytest.mark.parametrize(
    "html",
    [
        "<a href='#content'>Skip to content</a>",
        "<nav aria-label='Main navigation'></nav>",
        "<p>Last checked on 22. November 2026.</p>",
    ],
)
def test_english_is_noticed(html: str) -> None:
    assert len(english_in(html)) == 1


def test_german_is_not_taken_for_english() -> None:
    assert english_in("<p>Zum Inhalt springen</p><script>'Skip to content'</script>") == []


@pytest.fixture
def small_world(house, editor, lead, national_editor) -> list[str]:
    """The addresses of a public page of every type in German, and of pages made without one."""
    builders.build_standard(user=editor)
    form = builders.build_form(user=editor)
    example = builders.build_example(builders.build_example_index(house), editor, form=form)
    news = builders.build_news(builders.build_news_index(house), editor, topics=["ausbildung"])
    drafts = Page.objects.filter(live=False, locale__language_code="de").order_by("depth")
    for page in drafts:
        review.publish(page.specific, editor)
    assert {type(form), type(example), type(news)} <= {
        page.specific_class for page in Page.objects.live()
    }
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code="de")
    made = [
        "/suche/?q=mentoring",
        "/suche/?q=xyz",
        "/beispiele/?q=xyz&geld=ohne",
        "/gibt-es-nicht/",
    ]
    return [page.specific.url for page in pages] + made


def test_public_pages_are_german(client: Client, small_world: list[str]) -> None:
    found = {url: english_in(client.get(url).content.decode()) for url in small_world}
    assert {url: messages for url, messages in found.items() if messages} == {}


def own_models() -> list[type[Model]]:
    """All models of our rooms."""
    return [
        model
        for room in ROOMS
        if apps.is_installed(room)
        for model in apps.get_app_config(room).get_models()
    ]


def own_fields(model: type[Model]) -> list[Field]:
    """Fields that people may see and that neither Django nor Wagtail defines and names."""
    named_elsewhere = {
        field.name
        for base in model.__mro__
        if hasattr(base, "_meta") and base.__module__.split(".")[0] not in ROOMS
        for field in base._meta.get_fields()
    }
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [
        field
        for field in fields
        if field.editable
        and not field.auto_created
        and not field.primary_key
        # The form of a child stands inside the form of its parent.
        and not isinstance(field, ParentalKey)
        and field.name not in named_elsewhere
        and (issubclass(model, HAVE_WHOLE_FORMS) or isinstance(field.verbose_name, Promise))
    ]


def untranslated(texts: dict[str, Any]) -> list[str]:
    """Keys of texts that read the same in German and English, without those that should."""
    in_language = {}
    for language in ("de", "en"):
        with translation.override(language):
            in_language[language] = {key: str(text) for key, text in texts.items()}
    return [
        key
        for key, text in in_language["de"].items()
        if text and text == in_language["en"][key] and text not in SAME_IN_BOTH_LANGUAGES
    ]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_model_is_named_in_german(model: type[Model]) -> None:
    names: dict[str, Any] = {"verbose_name": model._meta.verbose_name}
    if hasattr(model, "page_description"):
        names["page_description"] = model.page_description
    assert untranslated(names) == []


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_fields_are_labelled_and_explained_in_german(model: type[Model]) -> None:
    texts: dict[str, Any] = {}
    for field in own_fields(model):
        texts[field.name] = field.verbose_name
        texts[f"{field.name}: help"] = field.help_text
        texts |= {f"{field.name}: {key}": label for key, label in field.choices or ()}
    assert untranslated(texts) == []


def blocks_below(block: Block, path: str) -> Iterator[tuple[str, Block]]:
    """Every block inside a block, with the names that lead to it."""
    if isinstance(block, ImageBlock):
        return  # Wagtail names its three parts
    children = dict(getattr(block, "child_blocks", {}))
    if hasattr(block, "child_block"):
        children["item"] = block.child_block
    for name, child in children.items():
        yield f"{path}.{name}", child
        yield from blocks_below(child, f"{path}.{name}")


def test_blocks_are_labelled_in_german() -> None:
    texts: dict[str, Any] = {}
    for model in own_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                for path, block in blocks_below(field.stream_block, field.name):
                    # The items of a list show no label of their own.
                    if not path.endswith(".item"):
                        texts[f"{path}: label"] = block.label
                    texts[f"{path}: help"] = getattr(block.meta, "help_text", "")
    assert untranslated(texts) == []
