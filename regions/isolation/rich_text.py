"""Links of rich text resolve to what the person who is answered may know of, and to nothing else.

The text keeps a number. Wagtail turns it into an address and a file name whenever
the text is put into the editor or into a page, whoever has typed the number.
"""

from typing import cast

from django.db.models import Model
from django.utils.html import escape
from wagtail.admin.rich_text.converters.contentstate_models import Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.images import get_image_model
from wagtail.images.rich_text.contentstate import ImageElementHandler
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from regions.isolation import titles
from regions.isolation.current_request import get_current_user
from regions.isolation.reach import find, is_key
from regions.page_links import public_pages

Attributes = dict[str, object]


def _resolves(model: type[Model], attrs: Attributes) -> bool:
    item = find(model, attrs.get("id"))
    return item is not None and titles.shows_item(item, get_current_user())


class PageLinkElement(PageLinkElementHandler):
    """A link to a page in the editor: without address where the page is out of reach."""

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        """As for a page that is gone; the number stays, so that saving changes nothing."""
        if not _resolves(Page, attrs):
            return {"id": attrs.get("id", ""), "url": None, "parentId": None}
        return super().get_attribute_data(attrs)


class DocumentLinkElement(DocumentLinkElementHandler):
    """A link to a document in the editor: without file name where it is out of reach."""

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        """As for a document that is gone."""
        if not _resolves(get_document_model(), attrs):
            return {"id": attrs.get("id", "")}
        return super().get_attribute_data(attrs)


class ImageElement(ImageElementHandler):
    """A picture in the editor: empty where it is out of reach."""

    def create_entity(
        self, name: str, attrs: Attributes, state: object, contentstate: object
    ) -> Entity:
        """As for a picture that is gone."""
        if not _resolves(get_image_model(), attrs):
            kept = {part: attrs.get(part) for part in ("id", "alt", "format")}
            return Entity("IMAGE", "IMMUTABLE", kept | {"src": ""})
        return super().create_entity(name, attrs, state, contentstate)


def _with_keys(attrs_list: list[Attributes], model: type[Model]) -> list[Attributes]:
    """Without what is no key: one of them would break the query for all."""
    return [attrs if is_key(model, attrs.get("id")) else {} for attrs in attrs_list]


class PageLink(PageLinkHandler):
    """A link to a page in a text: no link while the page is not public, except in previews."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Page | None]:  # type: ignore[override]  # None is heeded
        """``None`` for what is not shown; a visitor would not find it anyway."""
        pages = cast(list[Page | None], super().get_many(_with_keys(attrs_list, Page)))
        shown = public_pages(pages)
        user = get_current_user()
        if user is None:
            return shown
        return [
            public or (page if page and titles.shows_item(page, user) else None)
            for public, page in zip(shown, pages, strict=True)
        ]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        """As Wagtail's, which would ask for the translation of each page again."""
        return [
            f'<a href="{escape(page.url)}">' if page and page.url else "<a>"
            for page in cls.get_many(attrs_list)
        ]


class DocumentLink(DocumentLinkHandler):
    """A link to a document in a text, which makes the document public."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Model | None]:  # type: ignore[override]  # None is heeded
        """``None`` for what does not exist."""
        found = super().get_many(_with_keys(attrs_list, cls.get_model()))
        return cast(list[Model | None], found)


def register(features: FeatureRegistry) -> None:
    """Take the places of Wagtail's own handlers, which resolve every number."""
    for handler in (PageLink, DocumentLink):
        features.register_link_type(handler)
    _convert(features, "link", 'a[linktype="page"]', PageLinkElement("LINK"))
    _convert(features, "document-link", 'a[linktype="document"]', DocumentLinkElement("DOCUMENT"))
    _convert(features, "image", 'embed[embedtype="image"]', ImageElement())


def _convert(features: FeatureRegistry, feature: str, selector: str, handler: object) -> None:
    """Let ``handler`` put the elements of ``selector`` into the editor."""
    # Asking the registry by its method would start the hook again that calls this.
    rule = features.converter_rules_by_converter["contentstate"][feature]
    elements = rule["from_database_format"] | {selector: handler}
    features.register_converter_rule(
        "contentstate", feature, rule | {"from_database_format": elements}
    )
