"""What publishing one page costs: from the last approval until visitors find it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import islice

from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from bench.corpus import Corpus
from bench.measure import Answer, Figures, Visitor, forget, signed_in, timed
from cms.models import User
from demo import builders, content, people, review
from examples.models import ExamplePage
from news.models import NewsIndexPage
from regions.access import region_of
from search.models import Entry


class _Desk:
    """Accounts that write, approve and publish the measured pages."""

    def __init__(self) -> None:
        self.corpus = Corpus(seed=11)
        self.random: random.Random = self.corpus.random
        self.national = people.build_national_editor("messung-bund@example.org")
        self.author = people.build_administrator("messung-autor@example.org")

    def changed_examples(self) -> Iterator[tuple[Page, User]]:
        """Live examples with a new text that only the national desk has yet to approve."""
        pages = ExamplePage.objects.live().filter(locale__language_code="de")
        ids = list(pages.order_by("pk").values_list("pk", flat=True))
        for pk in self.random.sample(ids, len(ids)):
            page = Page.objects.get(pk=pk).specific
            page.title = self.corpus.title("examples")
            page.course = content.steps_block(self.corpus.steps())
            page.outcome = self.corpus.text(4)
            page.save_revision(user=self.author)
            review.submit(page, self.author)
            page = Page.objects.get(pk=pk).specific
            if type(page.current_workflow_task_state.task.specific).__name__ == "HouseReviewTask":
                page = review.approve(page)
            yield page, self.national

    def new_news(self) -> Iterator[tuple[Page, User]]:
        """New items that the house's lead has yet to approve."""
        indexes = list(NewsIndexPage.objects.filter(depth__gt=4, locale__language_code="de"))
        while True:
            index = self.random.choice(indexes)
            page = builders.build_news(
                index,
                self.author,
                title=self.corpus.title("news"),
                summary=self.corpus.summary(),
                topics=self.corpus.keys("topic", 3),
                body=content.blocks(self.corpus.html(5)),
            )
            review.submit(page, self.author)
            page = Page.objects.get(pk=page.pk).specific
            yield page, User.objects.filter(groups=region_of(page).leads_group).first()


def _approve(page: Page, user: User) -> Answer:
    """The decision as the admin takes it: one transaction, one process."""
    state = page.current_workflow_task_state

    def decide() -> None:
        with transaction.atomic():
            state.task.specific.on_action(state, user, "approve", comment="")

    return timed(decide)[0]


def _approve_in_admin(page: Page, user: User) -> Answer:
    """The whole request of the admin's *Approve* button."""
    client = signed_in(user)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))
    cost, response = timed(lambda: client.post(address, {"comment": ""}))
    return replace(cost, status=response.status_code)


def _timed(
    pages: Iterator[tuple[Page, User]], number: int, decide: Callable[[Page, User], Answer]
) -> tuple[list[Answer], list[Answer]]:
    """Publish ``number`` pages; gives what that cost, and what the next list cost."""
    visitor = Visitor()
    visitor.get("/beispiele/")
    published, lists = [], []
    for page, user in islice(pages, number):
        published.append(decide(page, user))
        fresh = Page.objects.get(pk=page.pk)
        found = Entry.objects.filter(pk=page.pk, title=fresh.title, removed=False).exists()
        if not fresh.live or fresh.has_unpublished_changes or not found:
            raise RuntimeError(f"{page} was not published: {published[-1].status}.")
        forget()
        lists.append(visitor.get("/beispiele/"))
    return published, lists


def measure(number: int) -> list[dict[str, object]]:
    """Publish changed examples and new news.

    Returns:
        Rows of figures.
    """
    desk = _Desk()
    examples, news = desk.changed_examples(), desk.new_news()
    for warm_up in (examples, news):
        _approve(*next(warm_up))
    _approve_in_admin(*next(examples))
    changed, lists = _timed(examples, number, _approve)
    added, more_lists = _timed(news, number, _approve)
    clicked, _lists = _timed(examples, number, _approve_in_admin)
    rows = [
        (Figures.of("changed example, desk approves", changed), "publish"),
        (Figures.of("new news item, lead approves", added), "publish"),
        (Figures.of("changed example, request in the admin", clicked), "publish"),
        (Figures.of("examples, first list afterwards", lists + more_lists), "after"),
    ]
    return [{**asdict(figures), "limit": limit} for figures, limit in rows]
