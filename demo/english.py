"""Build the small English tree of the demonstration site."""

from django.db import transaction
from django.utils import translation
from wagtail.models import Page, Site

from cms.models import BasePage, User
from demo import builders, content, review
from demo.build import revise
from demo.builders.checks import check_from_file
from demo.content import Record
from examples.models.common import FACET_FIELDS


def build_english(editor: User) -> None:
    """Build home page, lists, three forms, two self-checks and the legal pages in English.

    Args:
        editor: writes them; somebody else of the national desk approves.
    """
    with translation.override("en"), transaction.atomic():
        home = builders.build_home("en", editor)
        home = review.publish(home, editor)
        lists = {
            record["translates"]: _translate(home, editor, record, show_in_menus=True)
            for record in content.load("english")["lists"]
        }
        for record in content.load("english")["forms"]:
            _translate_form(lists["kooperationsformen"], editor, record)
        for record in content.load("english")["checks"]:
            _translate_check(lists["checks"], editor, record)
        for record in content.load("english")["pages"]:
            body = content.page_body(record)
            _translate(home, editor, record, body=body, show_in_menus=record["in_footer"])
        _finish_home(home, editor)


def _german(slug: str) -> BasePage:
    """The German page a record translates; slugs of the records are unique in German."""
    return Page.objects.get(slug=slug, locale__language_code="de", depth__lt=5).specific


def _translate(parent: Page, editor: User, record: Record, **fields: object) -> Page:
    german = _german(record["translates"])
    builder = builders.BUILDERS[type(german)]
    page = builder(
        parent,
        editor,
        translation_key=german.translation_key,
        **content.pick(record, "slug", "title", "summary"),
        **fields,
    )
    return review.publish(page, editor)


COPIED = ("order", "direction", "benefit_zo_from_guide", "benefit_kmu_from_guide")
TRANSLATED = ("source_chapter", "illustration", "how_it_works", "benefit_zo", "benefit_kmu")


def _translate_form(parent: Page, editor: User, record: Record) -> None:
    german = _german(record["translates"])
    terms = {name: [term.key for term in getattr(german, name).all()] for name in FACET_FIELDS}
    _translate(
        parent,
        editor,
        record,
        **{name: getattr(german, name) for name in (*COPIED, "checked_on", "check_again_on")},
        **content.pick(record, *TRANSLATED, "next_step"),
        **terms,
        programmes=[("link", link) for link in record["programmes"]],
        body=content.page_body(record),
    )


def _translate_check(parent: Page, editor: User, record: Record) -> None:
    """A check from a file of its own, with the same ids of questions as the German one."""
    page = check_from_file(
        record["file"],
        parent,
        editor,
        translation_key=_german(record["translates"]).translation_key,
        **content.pick(record, "slug", "introduction"),
    )
    review.publish(page, editor)


def _finish_home(home: Page, editor: User) -> None:
    record = content.load("english")["home"]
    german_root = Site.objects.get(is_default_site=True).root_page
    entrances = [
        (
            "entrance",
            {**content.pick(way, "title", "text"), "page": _english_page(german_root, way["path"])},
        )
        for way in record["ways"]
    ]
    revise(
        Page.objects.get(pk=home.pk).specific,
        editor,
        **content.pick(record, "title", "summary", "intro"),
        body=content.page_body(record),
        entrances=entrances,
    )


def _english_page(german_root: Page, path: str) -> Page:
    root = german_root.get_translations().get(locale__language_code="en")
    below = path.removeprefix("/en/")
    return Page.objects.get(url_path=f"{root.url_path}{below}")
