"""The start page: what waits for whom, counted right, and nothing of another house."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState

from cms.dashboard.sections import Section
from cms.models import User
from demo.builders import (
    build_example,
    build_example_index,
    build_news,
    build_news_index,
    build_standard,
    house_of_region,
)
from demo.people import build_lead
from demo.review import approve, publish, request_changes, submit
from regions.people.responsibilities import open_work
from workflows import freshness
from workflows.dashboard.open_reviews import NationwideReviews
from workflows.dashboard.reviews import TimeToPublish
from workflows.due_dates import overdue_before
from workflows.models import HouseReviewTask, NationalReviewTask

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def board(sign_in):
    """The sections that the start page shows to somebody, by name."""

    def board(user, query: str = "") -> dict[str, Section]:
        response = sign_in(user).get(f"{HOME}?{query}")
        assert response.status_code == 200
        (panel,) = response.context["panels"]
        return {one.name: one for one in panel.sections if one.listing.total}

    return board


def titles(section: Section | None) -> list[str]:
    """The titles of a section's rows."""
    rows = section.listing.rows if section else ()
    return [getattr(row, "title", "") or row.page.title for row in rows]


def write(house, user, title: str):
    """A draft of news."""
    slug = title.lower().replace(" ", "-")
    return build_news(build_news_index(house), user, title=title, slug=slug)


def wait(page, days: int) -> None:
    """Have the open review of ``page`` begin so many days ago."""
    steps = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    steps.update(started_at=timezone.now() - days * DAY)


def test_lead_sees_what_waits_for_the_house_oldest_first(house, editor, lead, board):
    for title, days in (("Neu", 1), ("Alt", 4)):
        page = write(house, editor, title)
        submit(page, editor)
        wait(page, days)
    section = board(lead)["reviews"]
    assert titles(section) == ["Alt", "Neu"]
    assert [row.waiting for row in section.listing.rows] == ["seit 4 Tagen", "seit gestern"]


def test_lead_is_not_shown_what_another_house_submits(house, editor, other_lead, board):
    submit(write(house, editor, "Aus Steinfurt"), editor)
    assert "reviews" not in board(other_lead)


def test_what_lead_wrote_waits_for_somebody_else(region, house, lead, board):
    build_lead(region, "zweite@example.org")
    submit(write(house, lead, "Von der Leitung"), lead)
    sections = board(lead)
    assert "reviews" not in sections
    assert titles(sections["in-review"]) == ["Von der Leitung"]


def test_lead_is_not_shown_what_waits_for_the_desk(house, editor, lead, board):
    example = build_example(build_example_index(house), editor)
    submit(example, editor)
    approve(example, lead)
    assert "reviews" not in board(lead)


def test_desk_sees_what_houses_have_passed_on(house, editor, lead, national_editor, board):
    example = build_example(build_example_index(house), editor, title="Weitergegeben")
    submit(example, editor)
    submit(write(house, editor, "Beim Haus"), editor)
    assert "desk-reviews" not in board(national_editor)
    approve(example, lead)
    assert titles(board(national_editor)["desk-reviews"]) == ["Weitergegeben"]


def test_desk_decides_for_a_house_without_a_lead(house, editor, national_editor, board):
    submit(write(house, editor, "Ohne Leitung"), editor)
    assert titles(board(national_editor)["desk-reviews"]) == ["Ohne Leitung"]


def test_desk_decides_what_the_only_lead_wrote(house, lead, national_editor, board):
    submit(write(house, lead, "Von der einzigen Leitung"), lead)
    assert titles(board(national_editor)["desk-reviews"]) == ["Von der einzigen Leitung"]


def test_what_its_only_lead_saved_without_a_change_stays_with_the_house(
    house, editor, lead, national_editor, board
):
    asked = []
    for title in ("Kommentiert", "Auch"):
        page = write(house, editor, title)
        submit(page, editor)
        wait(page, 12)
        page.save_revision(user=lead)
        with CaptureQueriesContext(connection) as queries:
            assert not NationwideReviews(national_editor).for_desk
        asked.append(len(queries))
    assert asked[0] == asked[1]
    sections = board(national_editor)
    assert "desk-reviews" not in sections
    assert titles(sections["overdue"]) == ["Kommentiert", "Auch"]


@pytest.mark.parametrize("is_example", [False, True])
def test_what_its_only_lead_wrote_before_an_editor_waits_for_whom_it_may(
    house, editor, lead, national_editor, is_example
):
    page = (
        build_example(build_example_index(house), lead)
        if is_example
        else write(house, lead, "Gemeinsam")
    )
    page.title = "Vom Redakteur geändert"
    page.save_revision(user=editor)
    submit(page, editor)
    reviewers = page.current_workflow_task.reviewers(page)
    assert list(reviewers) == [lead if is_example else national_editor]
    assert bool(NationwideReviews(national_editor).for_desk) is not is_example


def test_desk_sees_what_is_overdue_in_houses(house, editor, lead, national_editor, board):
    late, fresh = write(house, editor, "Lange"), write(house, editor, "Eben")
    for page, days in ((late, 12), (fresh, 1)):
        submit(page, editor)
        wait(page, days)
    sections = board(national_editor)
    assert titles(sections["overdue"]) == ["Lange"]
    assert "desk-reviews" not in sections


def test_desk_does_not_wait_for_administrators_who_are_not_of_it(
    house, editor, national_editor, administrator, board
):
    submit(write(house, editor, "Ohne Leitung"), editor)
    assert "desk-reviews" not in board(administrator)


def test_administrators_decide_where_the_desk_has_nobody(house, editor, administrator, board):
    submit(write(house, editor, "Ohne Leitung"), editor)
    assert titles(board(administrator)["desk-reviews"]) == ["Ohne Leitung"]


def test_editor_reads_the_reason_in_the_row(house, editor, lead, board):
    page = write(house, editor, "Zurück")
    submit(page, editor)
    request_changes(page, "Bitte den Ort nennen.", lead)
    (row,) = board(editor)["returned"].listing.rows
    assert (row.title, row.note) == ("Zurück", "Bitte den Ort nennen.")
    assert row.about == "Annette Leitung bittet um Änderungen"


@pytest.mark.parametrize(("steps", "where"), [(0, "bei der Leitung"), (1, "beim Bund")])
def test_editor_reads_where_a_page_is(house, editor, lead, national_editor, board, steps, where):
    example = build_example(build_example_index(house), editor)
    submit(example, editor)
    for _step in range(steps):
        approve(example, lead)
    (row,) = board(editor)["in-review"].listing.rows
    assert (row.about, row.waiting) == (where, "seit heute")


def test_page_with_the_desk_is_late_when_the_desk_is(house, editor, lead, national_editor, board):
    example = build_example(build_example_index(house), editor)
    submit(example, editor)
    approve(example, lead)
    for task, is_late in ((HouseReviewTask, False), (NationalReviewTask, True)):
        TaskState.objects.update(started_at=overdue_before(task) - datetime.timedelta(minutes=1))
        (row,) = board(editor)["in-review"].listing.rows
        assert row.is_late is is_late


def test_editor_sees_own_drafts_only(region, house, editor, lead, board):
    write(house, editor, "Meiner")
    write(house, lead, "Von der Leitung")
    assert titles(board(editor)["drafts"]) == ["Meiner"]


def test_changes_of_a_colleague_s_public_page_are_a_draft(house, editor, lead, board):
    page = publish(write(house, editor, "Öffentlich"), editor)
    page.title = "Öffentlich, neu"
    page.save_revision(user=lead)
    (row,) = board(lead)["drafts"].listing.rows
    assert row.about == "Änderungen an einer öffentlichen Seite"


def test_what_is_approved_and_waits_for_its_day_is_no_draft(house, editor, lead, board):
    page = write(house, editor, "Geplant")
    page.go_live_at = timezone.now() + DAY
    page.save_revision(user=editor)
    submit(page, editor)
    approve(page, lead)
    assert "drafts" not in board(editor)


def test_what_has_expired_is_a_draft_only_once_it_is_changed(region, house, editor, lead, board):
    page = publish(write(house, editor, "Abgelaufen"), editor)
    page.unpublish(set_expired=True)
    assert "drafts" not in board(editor)
    assert editor.pk not in open_work(region)
    page.title = "Wieder da"
    page.save_revision(user=editor)
    (row,) = board(editor)["drafts"].listing.rows
    assert row.about == "nicht mehr öffentlich"


def test_what_was_taken_down_is_not_called_never_submitted(house, editor, lead, board):
    publish(write(house, editor, "Abgeschaltet"), editor).unpublish()
    (row,) = board(editor)["drafts"].listing.rows
    assert row.about == "nicht mehr öffentlich"


def test_submitted_page_is_no_draft(house, editor, lead, board):
    submit(write(house, editor, "Eingereicht"), editor)
    assert "drafts" not in board(editor)


def test_who_changes_the_house_sees_nothing_of_the_one_before(
    house, other_region, editor, lead, board
):
    write(house, editor, "Entwurf")
    submit(write(house, editor, "Eingereicht"), editor)
    editor.groups.set([other_region.editors_group])
    assert {"drafts", "in-review"}.isdisjoint(board(editor))


def test_all_shows_as_many_as_it_says(house, editor, lead, sign_in, board):
    for number in range(8):
        submit(write(house, editor, f"Nachricht {number}"), editor)
    text = sign_in(lead).get(HOME).content.decode()
    (number,) = re.findall(r'href="\?alle=reviews">Alle (\d+) ansehen', text)
    whole = board(lead, "alle=reviews")["reviews"]
    assert (len(whole.listing.rows), whole.listing.total, int(number)) == (8, 8, 8)


@pytest.mark.parametrize("query", ["alle=reviews&seite=99", "alle=reviews&seite=x", "alle=nichts"])
def test_address_of_nothing_shows_the_first_page(house, editor, lead, board, query):
    submit(write(house, editor, "Eine"), editor)
    assert titles(board(lead, query)["reviews"]) == ["Eine"]


def test_row_of_a_lead_leads_to_the_page(house, editor, lead, sign_in):
    page = write(house, editor, "Zu prüfen")
    submit(page, editor)
    text = sign_in(lead).get(HOME).content.decode()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f'href="{address}?next=/admin/">Zu prüfen</a>' in text


# --- still right? -----------------------------------------------------------------------------


@pytest.fixture
def due(house, editor, lead):
    """A public piece of news that was to be checked 40 days ago."""
    page = publish(write(house, editor, "Fällig"), editor)
    today = timezone.localdate()
    page.checked_on, page.check_again_on = today - 100 * DAY, today - 40 * DAY
    page.save()
    return page


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def test_who_began_a_page_and_the_lead_are_asked_whether_it_is_right(due, editor, lead, board):
    assert [titles(board(user)["to-check"]) for user in (editor, lead)] == [["Fällig"]] * 2


def test_page_of_a_house_is_not_for_others_to_check(due, other_lead, national_editor, board):
    assert ["to-check" in board(user) for user in (other_lead, national_editor)] == [False, False]


def test_desk_checks_national_pages(national_editor, second_national_editor, board):
    page = publish(build_standard(user=national_editor), national_editor)
    page.check_again_on = timezone.localdate()
    page.save()
    assert titles(board(national_editor)["to-check"]) == [page.title]


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (0, True), (30, True), (31, False)])
def test_page_that_expires_soon_is_shown(house, editor, lead, board, days, shown):
    page = publish(write(house, editor, "Endet"), editor)
    page.expires_on = timezone.localdate() + days * DAY
    page.save()
    assert ("to-check" in board(editor)) is shown


def confirm(client, page):
    return client.post(reverse("still_current", args=[page.pk]))


def test_one_click_says_that_a_page_is_still_right(due, lead, sign_in, board):
    client = sign_in(lead)
    assert confirm(client, due).url == f"{HOME}#to-check"
    page, today = fresh(due), timezone.localdate()
    # As long as the last check held.
    assert (page.checked_on, page.check_again_on) == (today, today + 60 * DAY)
    assert "to-check" not in board(lead)


def test_click_is_logged_and_is_no_edit(due, lead, sign_in):
    revisions = due.revisions.count()
    confirm(sign_in(lead), due)
    assert fresh(due).revisions.count() == revisions
    assert not fresh(due).has_unpublished_changes
    assert PageLogEntry.objects.get(page=due.pk, action="workflows.checked").user == lead


def test_draft_keeps_the_click(due, editor, lead, sign_in):
    """Otherwise publishing what was written before would take it back."""
    page = fresh(due)
    page.title = "Fällig, neu"
    page.save_revision(user=editor)
    confirm(sign_in(lead), due)
    published = publish(fresh(due), editor)
    assert (published.title, published.checked_on) == ("Fällig, neu", timezone.localdate())


def test_version_saved_at_the_same_moment_keeps_its_text_and_the_click(due, editor, lead):
    page, draft = fresh(due), fresh(due)
    draft.title = "Fällig, neu"
    revision = draft.save_revision(user=editor)
    freshness.confirm(page, lead)
    revision.refresh_from_db()
    kept = revision.content["title"], revision.content["checked_on"]
    assert kept == ("Fällig, neu", str(timezone.localdate()))


@pytest.mark.parametrize("who", ["other_lead", "administrator"])
def test_click_asks_for_the_right_to_edit(request, due, who, sign_in):
    confirm(sign_in(request.getfixturevalue(who)), due)
    assert (fresh(due).checked_on == timezone.localdate()) is (who == "administrator")


def test_draft_cannot_be_confirmed(news, editor, sign_in):
    confirm(sign_in(editor), news)
    assert fresh(news).checked_on is None


# --- queries ----------------------------------------------------------------------------------


def test_start_page_asks_no_more_with_many_reviews(region, house, editor, lead, sign_in):
    build_lead(region, "zweite@example.org")
    index, asked = build_news_index(house), []
    client = sign_in(lead)
    for number in range(12):
        writer = lead if number % 3 == 0 else editor
        page = build_news(index, writer, title=f"Nachricht {number}", slug=f"n-{number}")
        submit(page, writer)
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            client.get(HOME)
        asked.append(len(captured))
    assert max(asked[6:]) <= asked[5] + 2


def test_a_review_is_handed_on_only_where_somebody_else_is(region, house, editor, lead, sign_in):
    submit(write(house, editor, "Wartet"), editor)
    assert "Prüfung weitergeben" not in sign_in(lead).get(HOME).content.decode()
    build_lead(region, "zweite@example.org")
    assert "Prüfung weitergeben" in sign_in(lead).get(HOME).content.decode()


def test_pages_that_were_approved_at_once_took_less_than_a_day(
    house, editor, national_editor, sign_in
):
    cache.clear()
    publish(write(house, editor, "Gesehen"), editor)
    text = sign_in(national_editor).get(HOME).content.decode()
    assert "Vom Einreichen bis zur Freigabe: unter einem Tag" in text


def test_time_to_publish_is_counted_once_an_hour(
    house, editor, lead, national_editor, django_assert_num_queries
):
    cache.clear()
    publish(write(house, editor, "Gesehen"), editor)
    publish(write(house, editor, "Auch gesehen"), editor)
    found = TimeToPublish(national_editor).get_context_data()
    assert found["pages"] == 2
    assert 0 <= found["days"] < 1
    reader = User.objects.get(pk=national_editor.pk)
    assert TimeToPublish(lead).get_context_data() == {}
    TimeToPublish(reader).get_context_data()
    with django_assert_num_queries(0):
        assert TimeToPublish(reader).get_context_data() == found


def test_stock_search_and_counters_are_gone(lead, sign_in):
    text = sign_in(lead).get(HOME).content.decode()
    assert "Alle Seiten durchsuchen" not in text
    assert "w-summary" not in text


def test_empty_board_says_so(other_region, sign_in):
    from demo.people import build_editor

    newcomer = build_editor(other_region, "neu@example.org", first_name="Nele")
    text = sign_in(newcomer).get(HOME).content.decode()
    assert "Nichts wartet auf Sie" in text
    assert "keine offenen Anfragen" in text
    assert house_of_region(other_region).title not in text
