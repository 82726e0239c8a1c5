"""Build the German demonstration site from the content files, through the real review."""

from django.db import transaction
from django.utils import translation
from wagtail.models import Page, Site

from cms.models import BasePage, SiteSettings, Term, User
from cms.postcode_import import load_places
from demo import builders, content, people, review
from demo.consents import record_consents
from demo.content import Record
from demo.pictures import build_picture
from demo.portraits import build_portrait
from examples.models import CooperationFormPage, ExamplePage
from funding.models import FundingPage
from news.models import NewsPage
from regions.models import HousePage, Region
from search.models import PromotedResult


def build() -> list[User]:
    """Build everything.

    Returns:
        The accounts made, to be printed.
    """
    with translation.override("de"), transaction.atomic():
        load_places()
        _build_terms()
        _build_settings()
        desk = _build_desk()
        editor = desk[0]
        home = builders.national_home()
        _build_lists(home, editor)
        _build_standard_pages(home, editor)
        forms = _build_forms(home, editor)
        _build_national_news(home, editor)
        add_content_of_rooms(home, editor)
        accounts = list(desk)
        for record in content.houses():
            accounts += _build_house(record, forms)
        _finish_home(home, editor)
        _promote(home)

    return accounts


def _build_terms() -> None:
    for vocabulary, records in content.load("terms").items():
        for record in records:
            term, _ = Term.objects.get_or_create(
                vocabulary=vocabulary, key=record["key"], defaults={"order": record["order"]}
            )
            for language in ("de", "en"):
                term.labels.get_or_create(
                    language=language,
                    defaults={
                        "name": record[language],
                        "other_world": record.get(f"other_world_{language}", ""),
                    },
                )


def _build_settings() -> None:
    settings = SiteSettings.load()
    for name, value in content.load("national")["settings"].items():
        setattr(settings, name, value)
    settings.save()


def _build_desk() -> list[User]:
    make = {
        "national_editor": people.build_national_editor,
        "administrator": people.build_administrator,
    }
    return [
        make[record["role"]](record["email"], **content.pick(record, "first_name", "last_name"))
        for record in content.load("national")["people"]
    ]


def revise(page: Page, user: User, **fields: object) -> Page:
    """Change a page and publish the change through the review."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user)
    return review.publish(page, user)


def _build_lists(home: Page, editor: User) -> None:
    for record in content.load("national")["lists"]:
        page = home.get_children().get(slug=record["slug"]).specific
        revise(page, editor, **content.pick(record, "title", "summary"))


def _build_standard_pages(home: Page, editor: User) -> None:
    for record in content.load("worlds")["pages"] + content.load("national")["pages"]:
        page = builders.build_standard(
            home,
            editor,
            **content.pick(record, "slug", "title", "summary", "illustration"),
            **content.freshness(record),
            body=content.page_body(record),
            show_in_menus=record["in_footer"],
        )
        review.publish(page, editor)


def _promote(home: Page) -> None:
    """What the national desk has the search show first."""
    for record in content.load("national")["promotions"]:
        page = home.get_children().get(slug=record["page"])
        PromotedResult.objects.create(page=page, **content.pick(record, "words", "reason"))


def _build_forms(home: Page, editor: User) -> dict[str, CooperationFormPage]:
    index = builders.build_form_index(home)
    forms = {}
    for record in content.load("forms")["forms"]:
        fields = {
            key: value
            for key, value in record.items()
            if key not in ("programmes", "callout_title", "callout_text")
            and not key.startswith("check")
        }
        page = builders.build_form(
            index,
            editor,
            **fields,
            **content.freshness(record),
            programmes=[("link", link) for link in record["programmes"]],
            body=content.page_body(record),
        )
        forms[record["slug"]] = review.publish(page, editor)
    return forms


def _build_national_news(home: Page, editor: User) -> None:
    index = builders.build_news_index(home)
    for record in content.load("national")["news"]:
        review.publish(_news(index, editor, record), editor)


def _news(index: Page, editor: User, record: Record) -> NewsPage:
    names = ("title", "slug", "date", "summary", "illustration", "topics")
    return builders.build_news(
        index,
        editor,
        **content.pick(record, *names),
        **content.freshness(record),
        body=content.page_body(record),
        lead_image=_lead_image(index, record["picture"]) if "picture" in record else [],
    )


def _lead_image(index: Page, record: Record) -> content.Blocks:
    """The photo at the top of a page, with its credit."""
    region = index.specific.region
    image = build_picture(record, region.collection if region else None)
    image.contextual_alt_text, image.decorative = record["alt"], False
    return [("image", {"image": image, "caption": record["caption"]})]


EXAMPLE_FIELDS = (
    "title",
    "slug",
    "summary",
    "illustration",
    "period_start",
    "period_end",
    "topics",
    "parties",
    "procedures",
    "results",
    "partners",
    "benefit_zo",
    "benefit_kmu",
    "money",
    "direction",
    "impulse",
    "obstacles",
    "next_step",
    "outcome",
)


def _example(
    index: Page, editor: User, record: Record, forms: dict[str, CooperationFormPage]
) -> ExamplePage:
    return builders.build_example(
        index,
        editor,
        form=forms[record["form"]],
        **content.pick(record, *EXAMPLE_FIELDS),
        **content.freshness(record),
        paid_by=FundingPage.objects.filter(slug__in=record.get("paid_by", [])).descendant_of(
            index.get_parent()
        ),
        course=content.steps_block(record["course"]),
    )


#: Types of the blocks of a house's page by its field.
HOUSE_BLOCKS = {
    "people": "person",
    "partners": "partner",
    "networks": "network",
    "priorities": "priority",
}


def _build_house(record: Record, forms: dict[str, CooperationFormPage]) -> list[User]:
    fields = dict(record["region"])
    kreise = [kreis["code"] for kreis in fields.pop("kreise")]
    region = builders.build_region(kreise=kreise, **fields)
    accounts = [_build_person(region, person) for person in record["people"]]
    lead, *editors = accounts
    for invited in record.get("invitations", []):
        builders.build_invitation(region, lead, **invited)
    house = builders.house_of_region(region)
    fields = dict(record["house"])
    fields["body"] = content.blocks(fields["body"])
    fields["people"] = [_with_portrait(person, region) for person in fields["people"]]
    for name, block_type in HOUSE_BLOCKS.items():
        fields[name] = content.stream(block_type, fields.get(name, []))
    revise(house, editors[0], **fields)
    record_consents(builders.house_of_region(region), editors[0])
    _name_house_lists(house, editors[0])
    # Before the examples, which name what paid for them.
    add_content_of_rooms(house, editors[0])
    news_index = builders.build_news_index(house)
    example_index = builders.build_example_index(house)
    for number, item in enumerate(record["news"]):
        author = editors[number % len(editors)]
        _bring_to_state(_news(news_index, author, item), author, item)
    for number, item in enumerate(record["examples"]):
        author = editors[number % len(editors)]
        _bring_to_state(_example(example_index, author, item, forms), author, item)
    return accounts


def _with_portrait(person: Record, region: Region) -> Record:
    """Somebody of the house, the portrait drawn if there is to be one."""
    if "portrait" not in person:
        return person
    image = build_portrait(person["portrait"], f"Porträt {person['name']}", region.collection)
    return person | {"portrait": image}


def add_content_of_rooms(parent: Page, author: User) -> None:
    """What rooms have registered with :func:`demo.builders.adds_to_demo`."""
    for add in builders.DEMO_CONTENT:
        add(parent, author)


def _build_person(region: Region, record: Record) -> User:
    make = {"lead": people.build_lead, "editor": people.build_editor}[record["role"]]
    return make(region, record["email"], **content.pick(record, "first_name", "last_name"))


def _name_house_lists(house: HousePage, editor: User) -> None:
    for record in content.load("national")["house_lists"]:
        page = house.get_children().get(slug=record["slug"]).specific
        summary = record["summary"].replace("{house}", house.title)
        revise(page, editor, title=record["title"], summary=summary)


def _bring_to_state(page: BasePage, author: User, record: Record) -> None:
    state = record["state"]
    if state == "draft":
        return
    record_consents(page, author)
    if state in ("live", "live_with_draft"):
        page = review.publish(page, author)
        if state == "live_with_draft":
            page.title = record["draft_title"]
            page.summary = record["draft_summary"]
            page.save_revision(user=author)
        return
    review.submit(page, author)
    if state == "in_national_review":
        review.approve(page)
    elif state == "rejected":
        review.request_changes(page, record["reason"])
    if record.get("claimed"):
        review.claim(page)


def _finish_home(home: Page, editor: User) -> None:
    # The menu begins with what most people come for.
    news = home.get_children().get(slug="aktuelles")
    news.move(Page.objects.get(pk=home.pk), pos="last-child")
    record = content.load("national")["home"]
    site = Site.objects.get(is_default_site=True)
    entrances = [
        ("entrance", {**content.pick(way, "title", "text"), "page": page_at(site, way["path"])})
        for way in record["ways"]
    ]
    fields = content.fields_block(record["fields"], page_at(site, record["fields"]["page"]))
    revise(
        Page.objects.get(pk=home.pk).specific,
        editor,
        **content.pick(record, "title", "summary", "intro"),
        body=content.worlds_blocks(record) + fields + content.blocks(record["body_end"]),
        entrances=entrances,
    )


def page_at(site: Site, path: str) -> Page:
    return Page.objects.get(url_path=f"{site.root_page.url_path}{path.lstrip('/')}")
