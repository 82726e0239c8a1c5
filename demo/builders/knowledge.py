"""Builders of knowledge pages and studies, and those of the demo."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from cms.models import CustomDocument, User
from demo import content, review
from demo.builders.base import SUMMARY, add_draft, add_list, adds_to_demo, builds, text_body
from home.models import HomePage
from knowledge.choices import StudyKind
from knowledge.models import KnowledgeIndexPage, KnowledgePage, StudyIndexPage, StudyPage
from knowledge.shipped import create_missing


@builds(KnowledgeIndexPage)
def build_knowledge_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> KnowledgeIndexPage:
    """The list of knowledge pages; an existing one is given back."""
    return add_list(KnowledgeIndexPage, "Wissen", "wissen", parent, user, fields)


@builds(KnowledgePage)
def build_knowledge(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> KnowledgePage:
    """A knowledge page; ``topics`` are keys."""
    terms = {"topics": fields.pop("topics", [])}
    defaults = {
        "title": "Was beide voneinander haben",
        "summary": SUMMARY,
        "source_chapter": "Leitfaden, Kapitel 2",
        "body": text_body("<p>In vier Feldern gewinnen beide.</p>"),
    }
    page = KnowledgePage(**{**defaults, **fields})
    return add_draft(parent or build_knowledge_index(), page, user, terms)


@builds(StudyIndexPage)
def build_study_index(
    parent: Page | None = None, user: User | None = None, **fields: Any
) -> StudyIndexPage:
    """The list of studies; an existing one is given back."""
    return add_list(StudyIndexPage, "Studien", "studien", parent, user, fields)


@builds(StudyPage)
def build_study(parent: Page | None = None, user: User | None = None, **fields: Any) -> StudyPage:
    """A study; ``topics`` are keys."""
    terms = {"topics": fields.pop("topics", [])}
    defaults = {
        "title": "Verein und Betrieb im ländlichen Raum (Demonstration)",
        "summary": SUMMARY,
        "kind": StudyKind.STUDY,
        "authors": "Muster, Erika\nBeispiel, Max",
        "year": 2024,
        "published_in": "Demonstrationsreihe, Nr. 1",
        "doi": "10.5555/12345678",
        "licence": "CC-BY-4.0",
        "body": text_body("<p>Wer sich kennt, arbeitet eher zusammen.</p>"),
    }
    page = StudyPage(**{**defaults, **fields})
    return add_draft(parent or build_study_index(), page, user, terms)


STUDY_FIELDS = (
    *("title", "slug", "summary", "kind", "authors", "year", "published_in", "doi", "source_url"),
    *("licence", "topics"),
)
#: What the demo does not say of a publication, nobody may make up.
UNKNOWN: dict[str, object] = {
    "year": None,
    **dict.fromkeys(("published_in", "doi", "source_url", "licence"), ""),
}


def study_fields(record: content.Record) -> dict[str, object]:
    """What a record of the demo says of a publication; all else is empty."""
    return UNKNOWN | content.pick(record, *STUDY_FIELDS)


@adds_to_demo
def add_knowledge(parent: Page, author: User) -> None:
    """The pages of the guide and the studies below the home page; houses have none."""
    if not isinstance(parent, HomePage):
        return
    # The last first: each is public before the one that links to it.
    for page in reversed(create_missing(build_knowledge_index(parent), author)):
        review.publish(page, author)
    for record in content.load("studies")["studies"]:
        study = build_study(
            build_study_index(parent),
            author,
            body=content.blocks(record["body"]),
            **study_fields(record),
            **content.freshness(record),
            file=_download(record["file"]) if "file" in record else [],
        )
        review.publish(study, author)


def _download(record: content.Record) -> content.Blocks:
    """A file of the demo, offered under its title."""
    path = content.CONTENT_DIR / "files" / record["name"]
    document = CustomDocument(title=record["title"], people="")
    document.file.save(path.name, ContentFile(path.read_bytes()))
    # Wagtail's form does this for an upload; pages name the size.
    document.get_file_size()
    document.get_file_hash()
    return [("download", {"title": record["title"], "document": document})]
