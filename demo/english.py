"""Build the English tree of the demonstration site: translations, through the review."""

from typing import Any

from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page, Site

from cms.models import BasePage, FreshnessMixin, User
from demo import builders, content, review
from demo.build import HOUSE_BLOCKS, revise
from demo.builders.base import add_draft
from demo.builders.checks import check_from_file
from demo.content import Record
from examples.models.common import FACET_FIELDS
from knowledge.shipped import block_of
from regions.models import HousePage, Region, Role


def build_english(editor: User) -> None:
    """Build home, lists, the guide's knowledge, forms, glossary, the self-checks, one house.

    Args:
        editor: translates what is national; somebody else of the national desk approves.
    """
    with translation.override("en"), transaction.atomic():
        home = builders.build_home("en", editor)
        home = review.publish(home, editor)
        records = content.load("english")
        lists = {
            record["translates"]: _translate(home, editor, record, show_in_menus=True)
            for record in records["lists"]
        }
        for record in content.load("english-forms")["forms"]:
            _translate_form(lists["kooperationsformen"], editor, record)
        for record in content.load("english-knowledge")["pages"]:
            _translate_knowledge(lists["wissen"], editor, record)
        for record in records["checks"]:
            _translate_check(lists["checks"], editor, record)
        for record in content.load("english-worlds")["pages"] + records["pages"]:
            body = content.page_body(record)
            _translate(home, editor, record, body=body, show_in_menus=record["in_footer"])
        _translate_house(lists["haeuser"], content.load("english-house"))
        _finish_home(home, editor)
        _change_originals(home, editor, records["changed_since"])


def _change_originals(home: Page, editor: User, records: list[Record]) -> None:
    """German pages that changed after they were translated: their translations are stale."""
    with translation.override("de"):
        for record in records:
            revise(_german(home, record["slug"]), editor, summary=record["summary"])


def _german(parent: Page, slug: str) -> BasePage:
    """The German page that stands below the German counterpart of ``parent``."""
    above = parent.get_translation(Locale.objects.get(language_code="de"))
    return above.get_children().get(slug=slug).specific


#: What a translation takes over from its original as far as its type has it.
_SHARED = ("illustration", "checked_on", "check_again_on")


def _shared(german: BasePage) -> Record:
    names = _SHARED if isinstance(german, FreshnessMixin) else _SHARED[:1]
    return {"translation_key": german.translation_key} | _values(german, names)


def _values(page: Page, names: tuple[str, ...]) -> Record:
    return {name: getattr(page, name) for name in names}


def _translate(parent: Page, editor: User, record: Record, **fields: object) -> Page:
    german = _german(parent, record["translates"])
    builder = builders.BUILDERS[type(german)]
    page = builder(
        parent,
        editor,
        **_shared(german),
        **content.pick(record, "slug", "title", "summary"),
        **fields,
    )
    if record.get("state") == "in_review":
        review.submit(page, editor)
        return page
    return review.publish(page, editor)


COPIED = ("order", "direction", "benefit_zo_from_guide", "benefit_kmu_from_guide")
TRANSLATED = ("source_chapter", "how_it_works", "benefit_zo", "benefit_kmu", "next_step")


def _translate_form(parent: Page, editor: User, record: Record) -> None:
    german = _german(parent, record["translates"])
    _translate(
        parent,
        editor,
        record,
        **_values(german, COPIED),
        **content.pick(record, *TRANSLATED),
        **{name: _keys(german, name) for name in FACET_FIELDS},
        programmes=[("link", link) for link in record["programmes"]],
        body=content.page_body(record),
    )


def _translate_knowledge(parent: Page, editor: User, record: Record) -> None:
    _translate(
        parent,
        editor,
        record,
        source_chapter=record["source_chapter"],
        topics=_keys(_german(parent, record["translates"]), "topics"),
        body=[block_of(block) for block in record["blocks"]],
    )


def _keys(page: Page, name: str) -> list[str]:
    """Keys of the terms chosen in a field."""
    return [term.key for term in getattr(page, name).all()]


def _translate_check(parent: Page, editor: User, record: Record) -> None:
    """A check from a file of its own, with the same ids of questions as the German one."""
    page = check_from_file(
        record["file"],
        parent,
        editor,
        translation_key=_german(parent, record["translates"]).translation_key,
        **content.pick(record, "slug", "introduction"),
    )
    review.publish(page, editor)


#: Names, numbers and addresses of a house: the same in every language.
HOUSE_COPIED = (
    *("address_street", "address_plz", "address_place", "carriers"),
    *("contact_name", "contact_role_en", "contact_email", "contact_phone"),
)
HOUSE_TRANSLATED = ("slug", "title", "summary", "opening_hours", "getting_there", "contact_role")


def _translate_house(parent: Page, records: Record) -> None:
    """A house with its lists, translated by its first editor; whoever decides there approves."""
    record = records["house"]
    region = Region.objects.get(slug=record["region"])
    german = builders.house_of_region(region)
    editor = region.group_of(Role.EDITOR).user_set.order_by("pk")[0]
    page = HousePage(
        region_record=region,
        **_shared(german),
        **_values(german, HOUSE_COPIED),
        **content.pick(record, *HOUSE_TRANSLATED),
        body=content.blocks(record["body"]),
        **{name: _translated(getattr(german, name), record[name]) for name in HOUSE_BLOCKS},
    )
    house = review.publish(add_draft(parent, page, editor), editor)
    for item in records["lists"]:
        _translate(house, editor, item)


def _translated(stream: Any, records: list[Record]) -> content.Blocks:
    """The blocks of the original, each with its texts in English."""
    return [
        (block.block_type, {**block.value, **record})
        for block, record in zip(stream, records, strict=True)
    ]


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
    fields = record["fields"]
    revise(
        Page.objects.get(pk=home.pk).specific,
        editor,
        **content.pick(record, "title", "summary", "intro"),
        body=content.worlds_blocks(record)
        + content.fields_block(fields, _english_page(german_root, fields["page"]))
        + content.blocks(record["body_end"]),
        entrances=entrances,
    )


def _english_page(german_root: Page, path: str) -> Page:
    root = german_root.get_translations().get(locale__language_code="en")
    below = path.removeprefix("/en/")
    return Page.objects.get(url_path=f"{root.url_path}{below}")
