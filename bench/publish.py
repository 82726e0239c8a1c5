"""What publishing one page costs: from the last approval until visitors find it."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from bench.corpus import Corpus
from bench.fill import DESK, GERMAN
from bench.measure import Cost, Visitor, figures, forget, signed_in, timed
from bench.report import Row
from cms.models import User
from demo import builders, content, people, review
from examples.models import ExamplePage
from news.models import NewsIndexPage
from regions.access import region_of
from search.models import Entry
from workflows.models.tasks import HouseReviewTask

Waiting = Iterator[tuple[Page, User]]


def _fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def _changed_examples(corpus: Corpus, author: User) -> Waiting:
    """Live examples with a new text that only the national desk has yet to approve."""
    pages = list(ExamplePage.objects.live().filter(**GERMAN).order_by("pk"))
    for page in corpus.random.sample(pages, len(pages)):
        page.title, page.outcome = corpus.title(), corpus.text(4)
        page.save_revision(user=author)
        review.submit(page, author)
        page = _fresh(page)
        if isinstance(page.current_workflow_task_state.task.specific, HouseReviewTask):
            page = review.approve(page)
        yield page, User.objects.get(email=DESK)


def _new_news(corpus: Corpus, author: User) -> Waiting:
    """New items that the house's lead has yet to approve."""
    indexes = list(NewsIndexPage.objects.filter(depth__gt=4, **GERMAN))
    while True:
        page = builders.build_news(
            corpus.random.choice(indexes),
            author,
            title=corpus.title(),
            summary=corpus.summary(),
            topics=corpus.keys("topic", 3),
            body=content.blocks(corpus.html(5)),
        )
        review.submit(page, author)
        page = _fresh(page)
        yield page, User.objects.filter(groups=region_of(page).leads_group).first()


def _approve(page: Page, user: User) -> Cost:
    """The decision as the admin takes it: one transaction, one process."""
    state = page.current_workflow_task_state
    decide = transaction.atomic(state.task.specific.on_action)
    return timed(lambda: decide(state, user, "approve", comment=""))[0]


def _approve_in_admin(page: Page, user: User) -> Cost:
    """The whole request of the admin's *Approve* button."""
    client, state = signed_in(user), page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))
    return timed(lambda: client.post(address, {"comment": ""}))[0]


def _publish(
    pages: Waiting, number: int, decide: Callable[[Page, User], Cost], lists: list[Cost]
) -> list[Cost]:
    """Publish ``number`` pages after one to warm up; each first list goes to ``lists``."""
    visitor, published = Visitor(), []
    decide(*next(pages))
    visitor.get("/beispiele/")
    for page, user in islice(pages, number):
        published.append(decide(page, user))
        fresh = Page.objects.get(pk=page.pk)
        found = Entry.objects.filter(pk=page.pk, title=fresh.title, removed=False).exists()
        if not fresh.live or fresh.has_unpublished_changes or not found:
            raise RuntimeError(f"{page} was not published.")
        forget()
        lists.append(visitor.get("/beispiele/"))
    return published


def measure(number: int) -> list[Row]:
    """Publish ``number`` changed examples, new news, and examples in the admin; gives figures."""
    corpus, lists = Corpus(seed=11), []
    author = people.build_administrator("messung-autor@example.org")
    examples, news = _changed_examples(corpus, author), _new_news(corpus, author)
    changed = _publish(examples, number, _approve, lists)
    added = _publish(news, number, _approve, lists)
    clicked = _publish(examples, number, _approve_in_admin, [])
    return [
        figures("changed example, desk approves", "publish", changed),
        figures("new news item, lead approves", "publish", added),
        figures("changed example, request in the admin", "publish", clicked),
        figures("examples, first list afterwards", "after", lists),
    ]
