"""The main job in a real browser, for every page type: write, submit, approve, publish, find."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from cms.models import BasePage, User
from demo.builders import build_form, house_of_region
from demo.builders.funding import build_funding
from demo.review import publish
from funding.models import FundingAdditionPage
from home.models import HomePage
from quality.registry import page_models
from search.list_page import ListPage
from tests.fill_form import fill_required
from workflows.models import HouseReviewTask

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

#: Pages that lead to others: menus find them, the search does not.
NOT_SEARCHED = (HomePage, ListPage)
#: What happened, by what the history says.
LOGGED = {
    "Erstellt": "saved",
    "Entwurf gespeichert": "saved",
    "gestartet. Nächster Schritt": "submitted",
    "Einverständnis festgehalten": "consent",
    "Freigegeben bei": "approved",
    "Veröffentlicht": "published",
}


class People:
    """Who takes part, each with a tab in which they sign in once."""

    def __init__(self, open_tab: Callable[..., Tab], **by_role: User) -> None:
        self.editor, self.lead = by_role["editor"], by_role["lead"]
        self.desk, self.second_desk = by_role["desk"], by_role["second_desk"]
        self._open_tab, self._tabs = open_tab, {}

    def tab(self, user: User | None = None) -> Tab:
        """The tab of ``user``, or a visitor's."""
        if user not in self._tabs:
            self._tabs[user] = self._open_tab(user)
        return self._tabs[user]


@pytest.fixture
def people(tab, region, editor, lead, national_editor, second_national_editor) -> People:
    """A house and the desk, and what pages of a house refer to: a form, a programme."""
    publish(build_form(user=national_editor), national_editor)
    publish(build_funding(user=national_editor), national_editor)
    # A new house stands under its own name, behind which there has to be somebody.
    house = house_of_region(region)
    house.contact_name = "Vera Beispiel"
    house.save_revision(user=editor)
    publish(house, editor)
    roles = {"desk": national_editor, "second_desk": second_national_editor}
    return People(tab, editor=editor, lead=lead, **roles)


class Job:
    """A page of a type on its way to the public.

    The editor writes wherever editors may, else the desk; a new page where there can be one,
    else a change to one that exists.
    """

    def __init__(self, model: type[BasePage], people: People) -> None:
        self.model, self.people = model, people
        self._logged = 0
        for self.writer in (people.editor, people.desk):
            self._parent = self._place_for_new()
            self.page = None if self._parent else self._existing()
            if self._parent or self.page:
                return
        raise LookupError(f"Nobody can write pages of the type {model.__name__}.")

    def _place_for_new(self) -> Page | None:
        # Home pages stand below the root; nobody writes a site.
        parents = Page.objects.type(tuple(self.model.allowed_parent_page_models()))
        for parent in parents.filter(depth__gt=1):
            may_add = parent.permissions_for_user(self.writer).can_add_subpage()
            if may_add and self.model.can_create_at(parent):
                return parent
        return None

    def _existing(self) -> BasePage | None:
        pages = self.model.objects.order_by("pk")
        return next((p for p in pages if p.permissions_for_user(self.writer).can_edit()), None)

    def write(self, summary: str) -> None:
        """Fill in what the form needs, and submit."""
        tab, typed, meta = self.people.tab(self.writer), {"summary": summary}, self.model._meta
        if self.page:
            self.logged()
            tab.goto(f"/admin/pages/{self.page.pk}/edit/")
        else:
            typed["title"] = f"Rundgang {meta.verbose_name}"
            tab.goto(f"/admin/pages/add/{meta.app_label}/{meta.model_name}/{self._parent.pk}/")
        fill_required(tab, self.model, **typed)
        choose(tab, "[name=action-submit]")
        expect(tab.locator(".messages", has_text="zur Prüfung eingereicht")).to_be_visible()
        self.page = self.page or self.model.objects.latest("pk")

    def review(self, approve: Callable[[Tab, BasePage], None]) -> list[User]:
        """Have everybody approve who is asked, touching nothing else; who they were."""
        reviewers = []
        while task := self.page.current_workflow_task:
            reviewers.append(self._reviewer(isinstance(task.specific, HouseReviewTask)))
            approve(self.people.tab(reviewers[-1]), self.page)
            self.page = self.model.objects.get(pk=self.page.pk)
        return reviewers

    def _reviewer(self, is_house: bool) -> User:
        if is_house:
            return self.people.lead
        return self.people.second_desk if self.writer == self.people.desk else self.people.desk

    def logged(self) -> list[tuple[str, str]]:
        """What the history tells the writer since it was last asked: what happened, who did it."""
        address = f"/admin/pages/{self.page.pk}/history/"
        answer = self.people.tab(self.writer).request.get(address)
        rows = BeautifulSoup(answer.text(), "html.parser").select("table.listing tbody tr")
        cells = [[" ".join(cell.get_text(" ").split()) for cell in row("td")] for row in rows]
        entries = [(_kind(text), who) for text, who, _since in reversed(cells)]
        new, self._logged = entries[self._logged :], len(entries)
        return new


def _kind(text: str) -> str:
    return next((kind for words, kind in LOGGED.items() if words in text), text)


def choose(tab: Tab, action: str) -> None:
    """Choose one of the actions of the editor."""
    tab.get_by_role("button", name="Mehr Aktionen").last.click()
    with tab.expect_navigation(wait_until="commit"):
        tab.locator(action).first.click()


EDITORS_ARE_READY = """() =>
  [...document.querySelectorAll("[data-draftail-input]")].every(input =>
    input.value && input.parentElement.querySelector(".public-DraftEditor-content"))"""


def approve_on_edit_page(tab: Tab, page: BasePage) -> None:
    """Open the page's editor, choose to approve."""
    tab.goto(f"/admin/pages/{page.pk}/edit/")
    # Nobody clicks before the texts are there; until they are, the form holds none.
    tab.wait_for_function(EDITORS_ARE_READY)
    choose(tab, "[data-workflow-action-name=approve]")
    expect(tab.locator(".messages", has_text=f"Sie haben „{page.title}“ frei")).to_be_visible()


def approve_on_dashboard(tab: Tab, page: BasePage) -> None:
    """Open what waits from the start page, approve in the bar above it."""
    tab.goto("/admin/")
    tab.locator(".board-row").get_by_role("link", name=page.title).first.click()
    with tab.expect_navigation(wait_until="commit"):
        tab.locator(".review-bar").get_by_role("button", name="Freigeben").click()


def found(visitor: Tab, words: str) -> set[str]:
    """The addresses to which the search leads a visitor."""
    answer = visitor.request.get("/suche/", params={"q": words})
    return {link["href"] for link in BeautifulSoup(answer.text(), "html.parser").select("main a")}


#: A word to look for, and how the text with it is approved: the new page, then its change.
WAYS = {"Erstfassung": approve_on_edit_page, "Zweitfassung": approve_on_dashboard}


def test_every_page_type_from_its_writer_to_a_visitor(people, subtests):
    for model in page_models():
        job = Job(model, people)
        for word, approve in WAYS.items():
            with subtests.test(f"{model.__name__}, {approve.__name__}"):
                walk(job, word, approve)


def walk(job: Job, word: str, approve: Callable[[Tab, BasePage], None]) -> None:
    """From the writer to a visitor, and what the log says about it."""
    job.write(f"{word} des Rundgangs.")
    reviewers = job.review(approve)
    visitor, address = job.people.tab(), job.page.get_url()
    assert f"{word} des Rundgangs." in visitor.request.get(address).text()
    # What a house adds to a programme is found with the programme.
    shown = job.page.programme.get_url() if isinstance(job.page, FundingAdditionPage) else address
    assert isinstance(job.page, NOT_SEARCHED) or shown in found(visitor, word)
    # Whoever is named was asked, where the page names anybody.
    asked = ("consent", str(job.writer))
    assert [entry for entry in dict.fromkeys(job.logged()) if entry != asked] == [
        ("saved", str(job.writer)),
        ("submitted", str(job.writer)),
        *[("approved", str(reviewer)) for reviewer in reviewers],
        ("published", str(reviewers[-1])),
    ]
