"""The start page about houses: enquiries, people, what is missing, and what one may write."""

import datetime
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms.dashboard.operation import TRIED_OFTEN
from cms.dashboard.sections import Listing
from cms.jobs.mail_queue import queue_mail
from cms.models import OutgoingMail, PeriodicRun
from demo.builders import build_enquiry, build_invitation, build_news, build_news_index
from demo.people import build_lead
from demo.review import publish
from regions.models import Absence, Enquiry, Region, Role
from regions.models.enquiry import Status
from regions.provisioning.drift import drift, regions_with_drift

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def board(sign_in):
    """What the sections of somebody's start page found, by name, as far as there is any."""

    def board(user) -> dict[str, Listing]:
        (panel,) = sign_in(user).get(HOME).context["panels"]
        return {one.name: one.listing for one in panel.sections if one.listing.total}

    return board


def titles(listing: Listing) -> list[str]:
    return [row.title for row in listing.rows]


# --- enquiries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "lead"])
def test_house_sees_enquiries_that_nobody_took_and_one_s_own(request, region, who, board):
    user = request.getfixturevalue(who)
    colleague = build_lead(region, "kollegin@example.org")
    build_enquiry(region, name="Neu", organisation="")
    build_enquiry(region, user, name="Meine", organisation="", status=Status.IN_PROGRESS)
    build_enquiry(region, colleague, name="Ihre", organisation="", status=Status.IN_PROGRESS)
    build_enquiry(region, user, name="Fertig", organisation="", status=Status.CLOSED)
    assert sorted(titles(board(user)["enquiries"])) == ["Meine", "Neu"]


def test_nobody_s_enquiry_waits_for_all_also_in_progress(region, editor, lead, board):
    build_enquiry(region, name="Liegt", organisation="", status=Status.IN_PROGRESS)
    assert titles(board(editor)["enquiries"]) == ["Liegt"]


@pytest.mark.parametrize(
    "deputy, seen_by",
    [(None, ["Kollegin", "Vertretung"]), ("Vertretung", ["Vertretung"])],
)
def test_enquiry_of_who_is_away_waits_for_the_deputy_or_for_all(
    region, lead, board, deputy, seen_by
):
    people = {
        name: build_lead(region, f"{name.lower()}@example.org")
        for name in ("Kollegin", "Vertretung")
    }
    build_enquiry(region, lead, name="Wartet", organisation="", status=Status.IN_PROGRESS)
    today = timezone.localdate()
    Absence.objects.create(
        user=lead, starts_on=today, ends_on=today, deputy=people.get(deputy or "")
    )
    boards = {name: board(person).get("enquiries") for name, person in people.items()}
    assert [name for name, found in boards.items() if found] == seen_by
    assert "Annette Leitung: abwesend bis" in boards["Vertretung"].rows[0].about


def test_deputy_of_one_house_does_not_hide_the_enquiries_of_another(
    region, other_region, lead, other_lead, board
):
    lead.groups.add(other_region.leads_group)
    build_enquiry(other_region, lead, name="Wartet", organisation="", status=Status.IN_PROGRESS)
    today = timezone.localdate()
    deputy = build_lead(region, "vertretung@example.org")
    Absence.objects.create(user=lead, starts_on=today, ends_on=today, deputy=deputy)
    assert "enquiries" not in board(deputy)
    assert titles(board(other_lead)["enquiries"]) == ["Wartet"]


def test_enquiry_of_another_house_is_not_shown(region, other_lead, board):
    build_enquiry(region)
    assert "enquiries" not in board(other_lead)


def test_desk_sees_enquiries_without_a_house_only(region, national_editor, board):
    build_enquiry(region, name="Ans Haus", organisation="")
    build_enquiry(None, name="An den Bund", organisation="")
    assert titles(board(national_editor)["enquiries"]) == ["An den Bund"]


def test_administrator_sees_what_nobody_took_anywhere(region, lead, administrator, board):
    build_enquiry(region, name="Liegt", organisation="")
    build_enquiry(region, lead, name="Läuft", organisation="", status=Status.IN_PROGRESS)
    Enquiry.objects.filter(name="Liegt").update(created_at=timezone.now() - 4 * DAY)
    (row,) = board(administrator)["enquiries"].rows
    assert (row.title, row.is_late, row.waiting) == ("Liegt", True, "seit 4 Tagen")
    assert row.about.startswith("Kreis Steinfurt")


# --- people -------------------------------------------------------------------------------------


def test_lead_sees_open_and_expired_invitations(region, lead, board):
    build_lead(region, "zweite@example.org")
    build_invitation(region, lead)
    expired = build_invitation(region, lead, email="alt@example.org", first_name="Alma")
    region.invitations.filter(pk=expired.pk).update(sent_at=timezone.now() - 8 * DAY)
    listing = board(lead)["people"]
    assert [(row.title, row.is_late) for row in listing.rows] == [
        ("Alma Neumann", True),
        ("Nele Neumann", False),
    ]


def test_only_lead_is_led_to_inviting_another(region, lead, board, sign_in):
    row = board(lead)["first-steps"].rows[0]
    assert row.title == "Eine zweite Leitung einladen"
    assert sign_in(lead).get(row.url).context["form"]["role"].value() == Role.LEAD


@pytest.mark.parametrize("who", ["editor", "other_lead"])
def test_others_see_no_invitations_of_the_house(request, region, lead, who, board):
    build_invitation(region, lead)
    found = board(request.getfixturevalue(who)).get("people", Listing())
    assert "Nele Neumann" not in titles(found)


def test_administrator_sees_regions_without_a_lead(
    region, other_region, lead, administrator, board
):
    assert titles(board(administrator)["without-lead"]) == ["Landkreis Görlitz"]


def test_invited_lead_who_let_the_invitation_expire_is_to_be_invited_again(
    region, administrator, board
):
    build_invitation(region, administrator, role="lead")
    assert not board(administrator)["without-lead"].rows[0].is_late
    region.invitations.update(sent_at=timezone.now() - 8 * DAY)
    assert board(administrator)["without-lead"].rows[0].is_late


# --- regions as the nation sees them --------------------------------------------------------------


def test_whole_region_has_no_drift(region, administrator, board):
    assert "drift" not in board(administrator)


def take_right(region: Region) -> None:
    GroupPagePermission.objects.filter(group=region.editors_group).first().delete()


def take_page(region: Region) -> None:
    region.house_pages.get().get_children().first().delete()


def take_collection_right(region: Region) -> None:
    region.leads_group.collection_permissions.first().delete()


@pytest.mark.parametrize("take", [take_right, take_page, take_collection_right])
def test_what_is_missing_is_found_for_all_regions_at_once(
    region, other_region, administrator, board, take
):
    take(region)
    assert drift(region)
    assert regions_with_drift() == [region]
    assert titles(board(administrator)["drift"]) == [region.name]


def test_house_that_published_lately_is_not_quiet(
    house, other_region, editor, lead, national_editor, board
):
    Page.objects.update(last_published_at=timezone.now() - 100 * DAY)
    assert sorted(titles(board(national_editor)["quiet-houses"])) == [
        "Kreis Steinfurt",
        "Landkreis Görlitz",
    ]
    publish(build_news(build_news_index(house), editor), editor)
    (row,) = board(national_editor)["quiet-houses"].rows
    assert (row.title, row.waiting) == ("Landkreis Görlitz", "seit 100 Tagen")


# --- the running of the site ----------------------------------------------------------------------


def test_administrator_sees_mails_that_do_not_go_out(administrator, lead, board):
    queue_mail("a@example.org", "Erste", "")
    mail = queue_mail("b@example.org", "Hängt", "")
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=TRIED_OFTEN, last_error="550 weg")
    (row,) = board(administrator)["failed-mails"].rows
    assert (row.title, row.note) == ("Hängt", "550 weg")
    assert "failed-mails" not in board(lead)


@pytest.mark.parametrize(
    ("ok", "hours", "shown"), [(True, 0, False), (False, 0, True), (True, 50, True)]
)
def test_administrator_sees_work_that_failed_or_stopped(administrator, board, ok, hours, shown):
    begun = timezone.now() - datetime.timedelta(hours=hours)
    PeriodicRun.objects.create(name="mails", started_at=begun, finished_at=begun, ok=ok)
    assert ("failed-work" in board(administrator)) is shown


def test_administrator_sees_work_that_was_killed(administrator, board):
    begun = timezone.now() - datetime.timedelta(minutes=5)
    PeriodicRun.objects.create(name="mails", started_at=begun, alive_at=begun)
    (row,) = board(administrator)["failed-work"].rows
    assert row.about == "wurde abgebrochen"


# --- write something new --------------------------------------------------------------------------


def test_editor_begins_with_one_click_at_the_right_place(house, editor, sign_in):
    text = sign_in(editor).get(HOME).content.decode()
    index = build_news_index(house)
    assert reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]) in text


@pytest.mark.parametrize(("who", "stands_first"), [("editor", True), ("lead", False)])
def test_writing_comes_after_what_waits_for_who_decides(
    request, house, region, sign_in, who, stands_first
):
    build_enquiry(region)
    text = sign_in(request.getfixturevalue(who)).get(HOME).content.decode()
    assert (text.index('id="write-new-heading"') < text.index('id="enquiries"')) is stands_first


def test_nobody_is_offered_another_house(house, other_lead, sign_in):
    text = sign_in(other_lead).get(HOME).content.decode()
    index = build_news_index(house)
    assert reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]) not in text


def like_last_time(client, page):
    return client.post(reverse("copy_as_draft", args=[page.pk]))


def test_like_last_time_begins_a_draft_of_today(house, editor, lead, sign_in):
    page = publish(build_news(build_news_index(house), editor, expires_on="2030-01-01"), editor)
    response = like_last_time(sign_in(editor), page)
    copy = Page.objects.latest("pk").specific
    assert response.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    latest = copy.get_latest_revision_as_object()
    assert (latest.title, latest.summary) == (f"{page.title} (Kopie)", page.summary)
    assert (latest.date, latest.expires_on) == (timezone.localdate(), None)
    assert (copy.live, copy.owner, copy.get_parent()) == (False, editor, page.get_parent())


def test_like_last_time_takes_the_latest_text(news, editor, sign_in):
    news.summary = "Ein neuer Satz."
    news.save_revision(user=editor)
    like_last_time(sign_in(editor), news)
    copy = Page.objects.latest("pk").specific
    assert copy.get_latest_revision_as_object().summary == "Ein neuer Satz."


def test_copying_twice_makes_two_pages(news, editor, sign_in):
    client = sign_in(editor)
    assert like_last_time(client, news).url != like_last_time(client, news).url


def test_other_house_cannot_copy(news, other_lead, sign_in):
    count = Page.objects.count()
    like_last_time(sign_in(other_lead), news)
    assert Page.objects.count() == count


# --- welcome and handbook -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "chapter"),
    [
        ("editor", "redaktion"),
        ("lead", "leitung"),
        ("national_editor", "bundesredaktion"),
        ("administrator", "administration"),
    ],
)
def test_first_sign_in_is_welcomed_with_the_page_of_the_role(request, who, chapter, sign_in):
    client = sign_in(request.getfixturevalue(who))
    address = reverse("handbook", args=[chapter])
    assert f'href="{address}"' in client.get(HOME).content.decode()
    assert client.get(reverse("own_handbook")).url == address


def test_welcome_stays_away_for_this_account_only(editor, lead, sign_in):
    assert sign_in(editor).post(reverse("dismiss_welcome")).url == f"{HOME}#start"
    shown = [
        "greeting-heading" in sign_in(user).get(HOME).content.decode() for user in (editor, lead)
    ]
    assert shown == [False, True]


def test_handbook_leads_on_inside_the_admin(lead, sign_in):
    text = sign_in(lead).get(reverse("handbook", args=["leitung"])).content.decode()
    assert f'href="{reverse("handbook", args=["redaktion"])}#anmelden"' in text
    assert '.md"' not in text
    assert "<table>" in text


def test_every_anchor_of_the_handbook_exists(lead, sign_in):
    client = sign_in(lead)
    pages = {
        name: client.get(reverse("handbook", args=[name])).content.decode()
        for name in ("redaktion", "leitung", "bundesredaktion", "administration")
    }
    missing = [
        target
        for name, text in pages.items()
        for target in links_to_anchors(text, name)
        if f'id="{target[1]}"' not in pages[target[0]]
    ]
    assert missing == []


def links_to_anchors(text: str, name: str) -> list[tuple[str, str]]:
    """The chapter and the heading that each link of the text leads to."""
    article = text.split("<article", 1)[1].split("</article>")[0]
    hrefs = [part.split('"')[0] for part in article.split('href="')[1:]]
    targets = [unquote(href).partition("#") for href in hrefs if "#" in href and "://" not in href]
    return [(path.rstrip("/").rsplit("/", 1)[-1] or name, part) for path, _hash, part in targets]


def test_unknown_chapter_is_not_found(lead, sign_in):
    assert sign_in(lead).get(reverse("handbook", args=["nichts"])).status_code == 404
