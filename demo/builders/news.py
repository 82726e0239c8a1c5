"""Builders of news lists and news pages."""

import datetime
from typing import Any

from wagtail.models import Page

from cms.models import User
from demo.builders.base import SUMMARY, add_draft, add_list, builds, text_body
from news.models import NewsIndexPage, NewsPage


@builds(NewsIndexPage)
def build_news_index(
    parent: Page | None = None, user: User | None = None, **fields: object
) -> NewsIndexPage:
    """A list of news; an existing one is given back."""
    return add_list(NewsIndexPage, "Aktuelles", "aktuelles", parent, user, fields)


@builds(NewsPage)
def build_news(parent: Page | None = None, user: User | None = None, **fields: Any) -> NewsPage:
    """A piece of news; ``topics`` are keys."""
    terms = {"topics": fields.pop("topics", [])}
    defaults = {
        "title": "Kooperationsfrühstück in Emsdetten",
        "date": datetime.date(2026, 11, 10),
        "summary": SUMMARY,
        "illustration": "nachricht",
        "body": text_body("<p>Vierzig Menschen aus Vereinen und Betrieben kamen.</p>"),
    }
    return add_draft(parent or build_news_index(), NewsPage(**{**defaults, **fields}), user, terms)
