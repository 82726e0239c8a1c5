"""The demonstration site, built once through the real review."""

import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, TaskState

from audit.access import entries_for
from audit.rows import lines
from checks.definition import NEED
from checks.models import SelfCheckPage
from checks.results.scoring import Need
from checks.results.suggestions import Suggestions
from cms.consents.records import records_of
from cms.consents.subjects import subjects_of
from cms.models import SiteSettings, User
from demo import content
from demo.build import build
from demo.english import build_english
from demo.people import DEMO_PASSWORD
from examples.models import CooperationFormPage, ExamplePage
from funding.models import FundingPage
from home.models import HomePage
from knowledge.models import KnowledgePage, StudyPage
from news.models import NewsPage
from regions.models import HousePage, Region
from regions.opening_hours import parse
from search.models import Entry, PromotedResult
from search.recommendations import recommendations
from tests.databases.templates import EMPTY, Template
from workflows.gate import is_approved
from workflows.models import Claim
from workflows.translation.coverage import Coverage, coverage_field, originals, other_languages

pytestmark = pytest.mark.django_db


def build_everything() -> list[User]:
    """The demo in both languages; its accounts."""
    accounts = build()
    build_english(accounts[0])
    return accounts


DEMO = Template("demo", build_everything, EMPTY)


@pytest.fixture
def database_template() -> Template:
    return DEMO


@pytest.fixture
def accounts(db, database) -> list[User]:
    return database.content


def planned(kind: str) -> Counter[str]:
    return Counter(item["state"] for house in content.houses() for item in house[kind])


def state_of(page: Page) -> str:
    """The state of a page in the words of the content files."""
    task = page.current_workflow_task
    if task:
        return (
            "in_house_review" if "House" in type(task.specific).__name__ else "in_national_review"
        )
    if page.live:
        return "live_with_draft" if page.has_unpublished_changes else "live"
    states = TaskState.objects.filter(revision__object_id=str(page.pk))
    return "rejected" if states.filter(status=TaskState.STATUS_REJECTED).exists() else "draft"


@pytest.mark.parametrize("model, kind", [(NewsPage, "news"), (ExamplePage, "examples")])
def test_pages_are_in_the_states_they_should_be(model, kind):
    house_pages = [page for page in model.objects.all() if page.region]
    assert Counter(state_of(page) for page in house_pages) == planned(kind)


@pytest.mark.parametrize("model", [ExamplePage, NewsPage, HousePage])
def test_everybody_named_has_agreed_before_it_was_submitted(model):
    unasked = [
        (page.slug, subject.name)
        for page in model.objects.filter(locale__language_code="de").exclude(_workflow_states=None)
        for key, subject in subjects_of(page, page.people_named()).items()
        if not (record := records_of(page).get(key)) or not subject.uses <= record.uses
    ]
    assert unasked == []


def test_rejected_pages_say_why():
    rejected = TaskState.objects.filter(status=TaskState.STATUS_REJECTED)
    assert rejected.exists()
    assert all(len(state.comment) > 20 for state in rejected)


def test_reviewers_have_taken_on_some_of_what_waits():
    names = [type(claim.task.specific).__name__ for claim in Claim.objects.holding()]
    assert sorted(names) == ["HouseReviewTask", "NationalReviewTask"]


def test_a_lead_finds_approvals_with_both_names_in_the_log():
    lead = User.objects.get(email="annette.brinkhoff@example.org")
    found = [line for line in lines(entries_for(lead), lead) if line.approver]
    assert len(found) > 5
    assert all(line.author != line.approver for line in found)


def test_what_was_written_in_houses_passed_four_eyes():
    live = [
        *NewsPage.objects.live(),
        *ExamplePage.objects.live(),
        *CooperationFormPage.objects.live(),
        *FundingPage.objects.live(),
    ]
    assert live
    assert [page for page in live if not is_approved(page, page.live_revision)] == []


def test_every_house_has_a_lead_and_two_editors():
    for region in Region.objects.all():
        assert (region.leads_group.user_set.count(), region.editors_group.user_set.count()) == (
            1,
            2,
        )


def test_everybody_can_sign_in(client, accounts):
    assert all(client.login(username=user.email, password=DEMO_PASSWORD) for user in accounts)


def test_eleven_forms_are_public():
    german = CooperationFormPage.objects.live().filter(locale__language_code="de")
    assert german.count() == 11


def test_every_public_page_opens(client):
    answers = {page: client.get(page.url) for page in Page.objects.live().filter(depth__gt=1)}
    assert {page.url: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        (page.url for page in answers), 200
    )
    # What a template shows of a value that is not there; English may begin a sentence with it.
    says_none = re.compile(r"(?<![\w-])None(?! of)(?![\w-])")
    assert [page.url for page, answer in answers.items() if says_none.search(answer.text)] == []


def test_every_page_names_a_human_contact():
    pages = Page.objects.filter(depth__gt=1).specific()
    assert [page for page in pages if not (page.contact.name and page.contact.email)] == []


def test_contacts_of_houses_are_people():
    for house in HousePage.objects.all():
        assert house.contact_name != house.title


def test_the_lead_of_every_house_has_a_portrait_with_a_credit():
    for house in HousePage.objects.all():
        portrait = house.people[0].value["portrait"]
        assert portrait.may_be_shown, house.title
        assert portrait.has_focal_point(), house.title


def test_a_study_offers_its_file():
    (study,) = (page for page in StudyPage.objects.live() if page.file)
    document = study.file[0].value["document"]
    assert (document.file_extension, document.file_size) == ("pdf", document.file.size)


def test_every_role_is_said_in_english_too():
    rows = [SiteSettings.load(), *HousePage.objects.all()]
    assert [row for row in rows if row.contact_role and not row.contact_role_en] == []


def test_desk_is_named_in_english_too():
    assert SiteSettings.load().desk_name_en


def test_legal_pages_are_in_the_footer(client):
    links = [link["url"] for link in client.get("/").context["footer_links"]]
    assert {"/impressum/", "/datenschutz/", "/barrierefreiheit/"} <= set(links)


def test_english_home_has_its_tree():
    home = HomePage.objects.live().get(locale__language_code="en")
    below = home.get_descendants().live()
    national, house = content.load("english"), content.load("english-house")
    planned_pages = [
        *(page for name in ("lists", "checks", "pages") for page in national[name]),
        *content.load("english-forms")["forms"],
        *content.load("english-knowledge")["pages"],
        *content.load("english-worlds")["pages"],
        *(house["house"], *house["lists"]),
    ]
    assert Counter(below.values_list("slug", flat=True)) == Counter(
        page["slug"] for page in planned_pages if "state" not in page
    )
    assert {page.locale.language_code for page in below} == {"en"}


def test_every_form_and_knowledge_page_is_there_in_english():
    for model in (CooperationFormPage, KnowledgePage):
        german, english = (
            set(
                model.objects.live()
                .filter(locale__language_code=code)
                .values_list("translation_key")
            )
            for code in ("de", "en")
        )
        assert german == english


def test_translations_passed_four_eyes():
    pages = Page.objects.live().filter(locale__language_code="en").specific()
    assert [page for page in pages if not is_approved(page, page.live_revision)] == []


def test_one_translation_is_stale_and_one_in_review():
    (english,) = other_languages()
    found = Counter(originals([english]).values_list(coverage_field(english), flat=True))
    assert found[Coverage.TRANSLATED] > 30
    assert found[Coverage.MISSING]
    assert (found[Coverage.STALE], found[Coverage.IN_REVIEW], found[Coverage.BEGUN]) == (1, 1, 0)


def test_english_house_is_open_when_the_german_one_is():
    pages = HousePage.objects.filter(region_record__slug="kreis-steinfurt")
    german, english = (
        parse(page.opening_hours, page.region_record.land) for page in pages.order_by("locale")
    )
    assert german == english


def test_english_pages_are_translations_of_german_ones():
    german = Page.objects.filter(locale__language_code="de").values("translation_key")
    strays = Page.objects.filter(locale__language_code="en").exclude(translation_key__in=german)
    assert not strays.exists()


def test_ways_in_on_the_home_page_lead_to_public_pages():
    for home in HomePage.objects.live():
        pages = [block.value["page"] for block in home.entrances]
        assert len(pages) == 3
        assert all(page.live for page in pages)


def test_what_is_public_is_found():
    live = {
        page.pk
        for model in (NewsPage, ExamplePage, CooperationFormPage, HousePage)
        for page in model.objects.live()
    }
    assert live <= set(Entry.objects.filter(removed=False).values_list("pk", flat=True))


def test_nothing_is_indexed_that_is_not_there():
    entries = Entry.objects.filter(removed=False, locale="de")
    assert [entry.title for entry in entries if re.search(r"\bNone\b", entry.text)] == []


def test_no_draft_is_found():
    drafts = Page.objects.filter(live=False).values_list("pk", flat=True)
    assert not Entry.objects.filter(pk__in=drafts, removed=False).exists()


def test_everything_a_page_needs_is_there():
    pages = [*NewsPage.objects.all(), *ExamplePage.objects.all(), *HousePage.objects.all()]
    for page in [*pages, *PromotedResult.objects.all()]:
        page.full_clean()


def test_second_run_is_refused():
    with pytest.raises(CommandError, match="demo-reset"):
        call_command("build_demo")


def test_production_is_refused(settings):
    settings.SETTINGS_MODULE = "cms.settings.production"
    before = Page.objects.count()
    with pytest.raises(CommandError, match="production"):
        call_command("build_demo")
    assert Page.objects.count() == before


def test_every_need_of_the_checks_leads_to_a_form_and_an_example(accounts):
    kinds = {str(kind.label): kind.type_key for kind in recommendations()}
    told, needs = Counter[str](), 0
    for page in SelfCheckPage.objects.live().filter(locale__language_code="de"):
        suggestions = Suggestions("de")
        for section in page.current_version().definition.sections:
            for item in section.items:
                if item.field_type != NEED:
                    continue
                found = suggestions.for_need(Need(item, section, item.advice))
                shown = {kinds[str(one.label)] for one in found}
                assert {"kooperationsform", "beispiel"} <= shown, item.clean_name
                told.update(one.url for one in found)
                needs += 1
    assert max(told.values()) <= needs * 0.3
