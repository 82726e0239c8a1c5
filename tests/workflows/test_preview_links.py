"""People without an account read a page before it is public, by a link that ends."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.models import Consent
from demo.review import publish
from search.models import Entry
from workflows.models import PreviewLink
from workflows.preview_links.admin_views import PreviewLinkForm
from workflows.preview_links.links import PREVIEW_LINK, create, delete_ended

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(news, editor) -> PreviewLink:
    """A link to a draft."""
    return create(news, editor, "Bäckerei Müller", 14)


def address(link: PreviewLink) -> str:
    return reverse("preview_link", args=[link.uuid, PREVIEW_LINK.signature(link)])


def logged(page, action: str, room: str = "workflows") -> int:
    return PageLogEntry.objects.filter(page=page.pk, action=f"{room}.{action}").count()


def test_an_editor_makes_a_link_on_the_way_from_the_page(news, editor, sign_in, client):
    desk = sign_in(editor)
    links = reverse("preview_links", args=[news.pk])
    assert links in desk.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    desk.post(links, {"recipient": "Bäckerei Müller", "days": "7"})
    link = PreviewLink.objects.get()
    assert address(link) in desk.get(links).content.decode()
    assert datetime.timedelta(days=7) - (link.expires_at - timezone.now()) < datetime.timedelta(1)
    assert logged(news, "preview_link_created") == 1


@pytest.mark.parametrize("typed", [{"recipient": "", "days": "7"}, {"recipient": "A", "days": "x"}])
def test_what_cannot_be_made_says_why(news, editor, sign_in, typed):
    response = sign_in(editor).post(reverse("preview_links", args=[news.pk]), typed)
    assert response.context["form"].errors
    assert not PreviewLink.objects.exists()


def test_the_latest_version_is_shown_without_an_account(news, editor, link, client):
    news.title = "Frühstück am Sonntag"
    news.save_revision(user=editor)
    response = client.get(address(link))
    body = response.content.decode()
    assert response.status_code == 200
    assert "Frühstück am Sonntag" in body
    assert "noch nicht öffentlich" in body
    assert "wagtail-userbar" not in body
    assert not response.cookies


def test_its_address_is_kept_nowhere(news, link, client):
    response = client.get(address(link))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert not Entry.objects.filter(page_id=news.pk).exists()
    assert client.get(news.url).status_code == 404


def test_only_the_first_opening_is_logged(news, link, client):
    client.head(address(link))
    assert logged(news, "preview_link_opened") == 0
    client.get(address(link))
    client.get(address(link))
    assert logged(news, "preview_link_opened") == 1


def test_nobody_can_send_anything_to_it(link, client):
    assert client.post(address(link), {"title": "x"}).status_code == 405


# --- consent -----------------------------------------------------------------------------------


@pytest.fixture
def asking(news, editor) -> PreviewLink:
    """A link that asks somebody quoted in the draft to agree."""
    news.body = [("quote", {"text": "Es hat sich gelohnt.", "who": "Erika Muster"})]
    news.save_revision(user=editor)
    return create(news, editor, "Bäckerei Müller", 14, "Erika Muster")


def version_in(answer) -> str:
    return re.search(r'name="version" value="([^"]*)"', answer.text)[1]


def say(client, link: PreviewLink, said: str, origin: str = "http://testserver"):
    """Open the link, read, and press a button."""
    shown = client.get(address(link))
    sent = {"consent": said}
    if 'name="version"' in getattr(shown, "text", ""):
        sent["version"] = version_in(shown)
    return client.post(address(link), sent, headers={"Origin": origin})


def test_somebody_agrees_with_one_button_and_takes_it_back(asking, client):
    assert "Wir bitten um Ihre Einwilligung: Erika Muster" in client.get(address(asking)).text
    assert not Consent.objects.exists()
    answer = say(client, asking, "agree")
    consent = Consent.objects.get()
    assert (consent.basis, consent.given_on) == ("link", timezone.localdate())
    assert (consent.for_name, consent.for_quote, consent.for_picture) == (True, True, False)
    assert "Vielen Dank" in client.get(answer.url).text
    assert logged(asking.page, "consent_recorded", room="cms") == 1
    say(client, asking, "withdraw")
    assert Consent.objects.get().withdrawn_on == timezone.localdate()
    say(client, asking, "agree")
    assert Consent.objects.get().holds


def test_agreeing_twice_records_once(asking, client):
    say(client, asking, "agree")
    say(client, asking, "agree")
    assert logged(asking.page, "consent_recorded", room="cms") == 1


def test_who_agreed_to_more_before_is_asked_about_all_of_it(asking, client):
    Consent.objects.create(
        page_key=asking.page.translation_key, name="Erika Muster", for_picture=True, basis="paper"
    )
    assert "(Name, Bild, Zitat)" in client.get(address(asking)).text
    say(client, asking, "agree")
    assert Consent.objects.get().uses == {"for_name", "for_quote", "for_picture"}


def test_what_another_site_sends_records_nothing_and_says_so(asking, client):
    answer = say(client, asking, "agree", origin="https://example.org")
    assert not Consent.objects.exists()
    assert "Bitte senden Sie das Formular noch einmal ab" in answer.text
    # A browser says where a form comes from only with such a policy.
    assert answer["Referrer-Policy"] == "same-origin"


def test_who_has_read_another_version_is_shown_the_new_one_first(asking, editor, client):
    read = version_in(client.get(address(asking)))
    page = asking.page.specific
    page.body = [("quote", {"text": "Es war ein Reinfall.", "who": "Erika Muster"})]
    # As the editor does by itself.
    page.save_revision(user=editor, overwrite_revision=page.latest_revision)
    origin = {"Origin": "http://testserver"}
    sent = {"consent": "agree", "version": read}
    answer = client.post(address(asking), sent, headers=origin)
    assert not Consent.objects.exists()
    assert "Die Seite hat sich geändert" in answer.text
    assert "Es war ein Reinfall." in answer.text
    client.post(address(asking), sent | {"version": version_in(answer)}, headers=origin)
    assert Consent.objects.get().holds


def test_an_answer_counts_also_when_the_page_has_become_public(asking, editor, lead, client):
    read = version_in(client.get(address(asking)))
    publish(asking.page.specific, editor)
    origin = {"Origin": "http://testserver"}
    answer = client.post(address(asking), {"consent": "agree", "version": read}, headers=origin)
    assert Consent.objects.get().holds
    assert "ist inzwischen öffentlich" in answer.text
    assert "Vielen Dank" in answer.text
    client.post(address(asking), {"consent": "withdraw"}, headers=origin)
    assert not Consent.objects.get().holds


def test_pictures_are_agreed_to_by_somebody(asking, editor, sign_in):
    links = reverse("preview_links", args=[asking.page_id])
    typed = {"recipient": "Frau Muster", "days": "7", "consent_picture": "on"}
    answer = sign_in(editor).post(links, typed)
    assert "wer den Bildern zustimmt" in answer.text


def test_nobody_is_asked_on_pages_of_a_type_that_names_nobody():
    assert list(PreviewLinkForm(None, None).fields) == ["recipient", "days"]


def test_what_is_no_answer_records_nothing(asking, client):
    say(client, asking, "yes")
    assert not Consent.objects.exists()


def test_nobody_agrees_by_a_link_that_has_ended(asking, client):
    PreviewLink.objects.update(expires_at=timezone.now())
    assert say(client, asking, "agree").status_code == 410
    assert not Consent.objects.exists()


def test_an_editor_asks_somebody_whom_the_page_names(asking, editor, sign_in):
    links = reverse("preview_links", args=[asking.page_id])
    typed = {"recipient": "Frau Muster", "days": "7", "consent_name": "Erika Muster"}
    sign_in(editor).post(links, typed)
    assert PreviewLink.objects.filter(consent_name="Erika Muster").count() == 2


def test_once_public_it_leads_to_the_page(news, editor, lead, link, client):
    page = publish(news, editor)
    assert client.get(address(link)).url == page.full_url


@pytest.mark.parametrize("ended", ["expired", "revoked", "forged"])
def test_a_link_that_has_ended_says_so(link, editor, sign_in, client, ended):
    where = address(link)
    if ended == "expired":
        PreviewLink.objects.update(expires_at=timezone.now())
    elif ended == "revoked":
        sign_in(editor).post(reverse("preview_link_revoke", args=[link.pk]))
        assert logged(link.page, "preview_link_revoked") == 1
    else:
        where = reverse("preview_link", args=[link.uuid, "0" * 64])
    response = client.get(where)
    assert response.status_code == 410
    assert "Dieser Link gilt nicht mehr" in response.content.decode()
    assert link.page.title not in response.content.decode()


def test_another_house_cannot_revoke_it(link, other_lead, sign_in):
    sign_in(other_lead).post(reverse("preview_link_revoke", args=[link.pk]))
    link.refresh_from_db()
    assert link.is_valid


def test_ended_links_are_deleted_after_30_days(link):
    delete_ended(link.expires_at + datetime.timedelta(days=29))
    assert PreviewLink.objects.exists()
    delete_ended(link.expires_at + datetime.timedelta(days=30))
    assert not PreviewLink.objects.exists()


def test_the_newer_version_of_a_public_page_is_not_called_unpublished(news, editor, lead, client):
    publish(news, editor)
    news.refresh_from_db()
    news.save_revision(user=editor)
    link = create(news, editor, "Bäckerei Müller", 14)
    assert "Diese Fassung der Seite ist noch nicht öffentlich" in client.get(address(link)).text
