"""What all builders are made of, and the list of them."""

from collections.abc import Callable
from typing import TypeVar

from wagtail.models import Page, Site

from cms.models import BasePage, Term, User
from cms.text import slugify
from demo.content import Blocks
from home.models import HomePage
from regions.provisioning.create import provision_nation

Builder = TypeVar("Builder", bound=Callable[..., BasePage])
P = TypeVar("P", bound=BasePage)

SUMMARY = "Ein Verein und ein Betrieb arbeiten zusammen. Beide haben etwas davon."
#: Every page type and its builder; a test holds that none is missing.
BUILDERS: dict[type[BasePage], Callable[..., BasePage]] = {}


def builds(model: type[BasePage]) -> Callable[[Builder], Builder]:
    """Register a function as the builder of a page type.

    It takes ``parent``, ``user`` and fields, none of which it needs, and gives a draft back; the
    builder of a list gives the one below ``parent`` back, if there is one.
    """

    def register(builder: Builder) -> Builder:
        BUILDERS[model] = builder
        return builder

    return register


#: What rooms add to the demo: below the German home page and below the house page of each region.
DEMO_CONTENT: list[Callable[[Page, User], None]] = []


def adds_to_demo(
    add: Callable[[Page, User], None],
) -> Callable[[Page, User], None]:
    """Register a function that fills a room's part of the demo.

    It takes the home page or a house page, whose lists exist, and who writes there.
    """
    DEMO_CONTENT.append(add)
    return add


def national_home() -> HomePage:
    """The German home page with its lists below."""
    provision_nation()
    return Site.objects.get(is_default_site=True).root_page.specific


def text_body(html: str) -> Blocks:
    """A body of one text block."""
    return [("paragraph", html)]


def ensure_term(vocabulary: str, key: str, name: str = "") -> Term:
    """A term with a German label."""
    term, created = Term.objects.get_or_create(vocabulary=vocabulary, key=key)
    if created:
        term.labels.create(language="de", name=name or key.replace("-", " ").capitalize())
    return term


def _vocabulary_of(model: type[BasePage], name: str) -> str:
    (field,) = (field for field in model._meta.many_to_many if field.name == name)
    choices = field.get_limit_choices_to()
    if not isinstance(choices, dict):
        raise TypeError(f"{name} takes no terms of one vocabulary.")
    return choices["vocabulary"]


def add_draft(
    parent: Page, page: P, user: User | None, terms: dict[str, list[str]] | None = None
) -> P:
    """Add a page as its editor would, and give it back as it is stored.

    Args:
        parent: above it.
        page: what is added.
        user: who wrote it.
        terms: keys of terms by the field they are chosen in; missing terms are made.
    """
    page.live = False
    page.slug = page.slug or slugify(page.title)
    page.owner = user
    page.locale = parent.locale if parent.depth > 1 else page.locale
    parent.add_child(instance=page)
    for name, keys in (terms or {}).items():
        vocabulary = _vocabulary_of(type(page), name)
        setattr(page, name, [ensure_term(vocabulary, key) for key in keys])
    page.save_revision(user=user, changed=True)
    stored: P = Page.objects.get(pk=page.pk).specific
    return stored


def add_list(
    model: type[P],
    title: str,
    slug: str,
    parent: Page | None,
    user: User | None,
    fields: dict[str, object],
) -> P:
    """The list below ``parent``, as a draft if it has to be made.

    Args:
        model: of the list.
        title: unless ``fields`` says another.
        slug: unless ``fields`` says another.
        parent: above it; the home page by default.
        user: who writes it.
        fields: further fields.
    """
    parent = parent or national_home()
    existing = model.objects.child_of(parent).first()
    if existing:
        return existing
    defaults = {"title": title, "slug": slug, "summary": f"{title} auf einen Blick."}
    return add_draft(parent, model(**{**defaults, **fields}), user)
