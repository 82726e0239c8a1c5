"""Builders of home and standard pages."""

from wagtail.models import Locale, Page

from cms.models import User
from demo.builders.base import add_draft, builds, national_home, text_body
from home.models import HomePage, StandardPage


@builds(HomePage)
def build_home(language: str = "en", user: User | None = None, **fields: object) -> HomePage:
    """A home page in a second language, translated from the German one."""
    german = national_home()
    locale = Locale.objects.get(language_code=language)
    existing = HomePage.objects.filter(locale=locale).first()
    if existing:
        return existing
    defaults = {
        "title": "Houses of Cooperation",
        "slug": f"start-{language}",
        "summary": "Associations and companies find each other.",
        "intro": "Associations and companies find each other and work together.",
        "translation_key": german.translation_key,
        "locale": locale,
    }
    page = HomePage(**{**defaults, **fields})
    return add_draft(german.get_parent(), page, user)


@builds(StandardPage)
def build_standard(
    parent: Page | None = None, user: User | None = None, **fields: object
) -> StandardPage:
    """Create a standard page below the home page."""
    defaults = {
        "title": "So funktioniert es",
        "summary": "Wie Häuser der Kooperation arbeiten.",
        "body": text_body("<p>Wir bringen Vereine und Betriebe zusammen.</p>"),
    }
    return add_draft(parent or national_home(), StandardPage(**{**defaults, **fields}), user)
