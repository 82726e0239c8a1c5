"""Taking a review on, giving it back, handing it on: who may, who sees it, who is told."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.models import OutgoingMail, User
from cms.signals import person_left
from demo.people import build_lead
from demo.review import approve, request_changes, submit
from workflows.models import Claim, claims
from workflows.refusals import ReviewRefused

REVIEWERS = ("lead", "second_lead", "national_editor", "administrator")
OTHERS = ("editor", "other_lead")


@pytest.fixture
def second_lead(region):
    """A colleague of the lead."""
    return build_lead(region, "zweite@example.org", first_name="Bodo", last_name="Zweiter")


@pytest.fixture
def step(news, editor, lead, second_lead):
    """The open step of a submitted news item; nobody has a mail yet."""
    submit(news, editor)
    OutgoingMail.objects.all().delete()
    return open_step(news)


def open_step(page):
    return Page.objects.get(pk=page.pk).specific.current_workflow_task_state


def act(step, user, action, **kwargs):
    step.task.specific.on_action(step, user, action, **kwargs)


def holder(step) -> User | None:
    claim = Claim.objects.on(step)
    return claim.user if claim else None


def offered(step, user) -> list[str]:
    page = step.workflow_state.content_object
    return [name for name, _, _ in step.task.specific.get_actions(page, user)]


def mailed() -> set[str]:
    return set(OutgoingMail.objects.values_list("recipient", flat=True))


def lapse(step) -> None:
    Claim.objects.update(until=timezone.now() - datetime.timedelta(minutes=1))


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_takes_on(request, step, who):
    user = request.getfixturevalue(who)
    act(step, user, "claim")
    assert holder(step) == user


@pytest.mark.parametrize("action", ["claim", "take_over", "give_back"])
@pytest.mark.parametrize("who", OTHERS)
def test_others_can_do_nothing_about_a_claim(request, step, lead, who, action):
    act(step, lead, "claim")
    with pytest.raises(PermissionDenied):
        act(step, request.getfixturevalue(who), action)
    assert holder(step) == lead


def test_of_two_who_take_on_the_first_has_it(step, lead, second_lead):
    act(step, lead, "claim")
    with pytest.raises(ReviewRefused, match="Annette Leitung hat diese Prüfung"):
        act(step, second_lead, "claim")
    assert holder(step) == lead


def test_taking_over_tells_the_colleague(step, lead, second_lead):
    act(step, lead, "claim")
    act(step, second_lead, "take_over")
    assert (holder(step), mailed()) == (second_lead, {lead.email})


def test_taking_on_mails_nobody(step, lead):
    act(step, lead, "claim")
    assert mailed() == set()


def test_giving_back_opens_it_to_all(step, lead):
    act(step, lead, "claim")
    act(step, lead, "give_back")
    assert holder(step) is None


def test_nobody_gives_back_what_a_colleague_has(step, lead, second_lead):
    act(step, lead, "claim")
    act(step, second_lead, "give_back")
    assert holder(step) == lead


def test_a_claim_lapses_after_three_days(step, lead):
    act(step, lead, "claim")
    claim = Claim.objects.get()
    assert (claim.until - claim.since).days == 3
    lapse(step)
    assert holder(step) is None


def test_a_lapsed_claim_is_taken_on_by_a_colleague(step, lead, second_lead):
    act(step, lead, "claim")
    lapse(step)
    act(step, second_lead, "claim")
    assert (holder(step), mailed()) == (second_lead, set())


def test_what_is_offered_follows_the_claim(step, lead, second_lead):
    assert "claim" in offered(step, lead)
    act(step, lead, "claim")
    assert offered(step, lead)[-1] == "give_back"
    assert offered(step, second_lead)[-1] == "take_over"


def test_a_claim_is_no_lock(step, news, lead, second_lead):
    act(step, lead, "claim")
    approve(news, second_lead)
    assert Page.objects.get(pk=news.pk).live


def test_the_holder_hears_that_a_colleague_decided(step, news, editor, lead, second_lead):
    act(step, lead, "claim")
    approve(news, second_lead)
    assert mailed() == {editor.email, lead.email}
    assert "Bodo Zweiter hat über" in OutgoingMail.objects.get(recipient=lead.email).body


def test_deciding_oneself_mails_the_author_only(step, news, editor, lead):
    act(step, lead, "claim")
    approve(news, lead)
    assert mailed() == {editor.email}


def test_a_claim_ends_with_its_step(example, editor, lead, national_editor):
    submit(example, editor)
    act(open_step(example), lead, "claim")
    approve(example, lead)
    assert not Claim.objects.exists()


def test_a_claim_ends_when_changes_are_asked_for(step, news, lead):
    act(step, lead, "claim")
    request_changes(news, "Der Ort fehlt.", lead)
    assert not Claim.objects.exists()


def test_handing_on_asks_the_colleague_with_the_note(step, lead, second_lead):
    claims.pass_on(step, lead, second_lead, "Du kennst den Verein.")
    mail = OutgoingMail.objects.get()
    assert (holder(step), mail.recipient) == (second_lead, second_lead.email)
    assert "Du kennst den Verein." in mail.body


@pytest.mark.parametrize("to", ["editor", "other_lead", "national_editor", "administrator"])
def test_a_review_is_handed_to_reviewers_of_the_house_only(request, step, lead, to):
    with pytest.raises(ReviewRefused):
        claims.pass_on(step, lead, request.getfixturevalue(to))
    assert holder(step) is None


def test_a_third_person_does_not_hand_on(step, region, lead, second_lead):
    third = build_lead(region, "dritte@example.org")
    act(step, lead, "claim")
    with pytest.raises(ReviewRefused):
        claims.pass_on(step, second_lead, third)
    assert holder(step) == lead


def test_the_log_says_who_took_on_and_handed_on(step, news, lead, second_lead):
    act(step, lead, "claim")
    claims.pass_on(step, lead, second_lead)
    entries = PageLogEntry.objects.filter(page=news.pk, action__startswith="workflows.")
    assert [entry.message for entry in entries.order_by("pk")] == [
        "Prüfung übernommen",
        "Prüfung weitergegeben an Bodo Zweiter",
    ]


def test_who_leaves_hands_claims_over(step, lead, second_lead):
    act(step, lead, "claim")
    assert claims.hand_over(lead, second_lead) == 1
    assert (holder(step), mailed()) == (second_lead, {second_lead.email})


def test_what_the_successor_may_not_review_goes_back(step, lead, other_lead):
    act(step, lead, "claim")
    assert claims.hand_over(lead, other_lead) == 0
    assert (holder(step), mailed()) == (None, set())


def test_without_a_successor_claims_go_back(step, lead):
    act(step, lead, "claim")
    person_left.send(sender=User, user=lead, successor=None, region=None)
    assert holder(step) is None


def test_the_signal_hands_over(step, lead, second_lead):
    act(step, lead, "claim")
    person_left.send(sender=User, user=lead, successor=second_lead, region=None)
    assert holder(step) == second_lead


def page_of_handing_on(step) -> str:
    return reverse("pass_review_on", args=[step.pk])


@pytest.mark.parametrize("who", REVIEWERS)
def test_reviewers_open_the_page_of_handing_on(request, step, who, sign_in):
    response = sign_in(request.getfixturevalue(who)).get(page_of_handing_on(step))
    assert response.status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_others_do_not(request, step, who, sign_in, second_lead):
    client = sign_in(request.getfixturevalue(who))
    data = {"successor": second_lead.pk}
    assert client.post(page_of_handing_on(step), data).status_code in (302, 403)
    assert holder(step) is None


def test_handing_on_through_the_admin(step, lead, second_lead, sign_in):
    sign_in(lead).post(page_of_handing_on(step), {"successor": second_lead.pk, "note": ""})
    assert holder(step) == second_lead


def test_the_page_of_handing_on_names_reviewers_only(step, lead, second_lead, sign_in, other_lead):
    form = sign_in(lead).get(page_of_handing_on(step)).context["form"]
    assert [name for _, name in form.fields["successor"].choices] == ["Bodo Zweiter"]


def test_a_forged_colleague_is_refused(step, lead, other_lead, sign_in):
    sign_in(lead).post(page_of_handing_on(step), {"successor": other_lead.pk})
    assert holder(step) is None


def dashboard(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_colleagues_see_who_has_it_and_since_when(step, lead, second_lead, sign_in):
    act(step, lead, "claim")
    assert "Annette Leitung hat am" in dashboard(sign_in(second_lead))


def test_another_house_sees_neither_page_nor_name(step, news, lead, other_lead, sign_in):
    act(step, lead, "claim")
    text = dashboard(sign_in(other_lead))
    assert (news.title in text, "Annette Leitung" in text) == (False, False)


def test_taking_on_from_the_dashboard(step, news, lead, sign_in):
    url = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "claim", step.pk])
    client = sign_in(lead)
    assert url in dashboard(client)
    response = client.post(url, {"next": reverse("wagtailadmin_home")})
    assert (response.url, holder(step)) == (reverse("wagtailadmin_home"), lead)


def edit(client, page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_editor_says_who_has_it(step, news, lead, second_lead, sign_in):
    act(step, lead, "claim")
    assert "Annette Leitung hat diese Prüfung am" in edit(sign_in(second_lead), news)


def test_the_author_reads_that_somebody_is_at_it(step, news, lead, editor, sign_in):
    act(step, lead, "claim")
    text = edit(sign_in(editor), news)
    assert "Jemand prüft sie seit" in text
    assert "Annette Leitung" not in text


def test_the_list_asks_no_more_queries_for_many_pages(house, editor, lead, sign_in):
    from demo.builders import build_news, build_news_index

    index, client, queries = build_news_index(house), sign_in(lead), []
    for number in range(6):
        page = build_news(index, editor, title=f"Nachricht {number}", slug=f"n-{number}")
        submit(page, editor)
        dashboard(client)
        with CaptureQueriesContext(connection) as captured:
            text = dashboard(client)
        queries.append(len(captured))
    assert text.count("Ich übernehme") == 6
    assert max(queries) == queries[0]


def test_a_translation_is_taken_on_in_its_editor(
    lead, editor, national_editor, news_in_english, sign_in
):
    from tests.translating import fresh

    translation, page = news_in_english
    translation.save_target(user=editor)
    submit(fresh(page), editor)
    url = reverse("translation_review", args=[page.pk])
    sign_in(lead).post(url, {"action": "claim"})
    assert holder(open_step(page)) == lead
