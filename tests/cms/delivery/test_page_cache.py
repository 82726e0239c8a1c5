"""Readers without a cookie get kept pages: never another's, never an old one."""

import datetime
import gzip
import secrets

import brotli
import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.delivery import page_cache
from cms.models import PublicChange, SiteSettings
from demo.builders import build_news, build_news_index
from demo.review import publish
from tests.cms.delivery.conftest import BIG, Site


@pytest.fixture
def live_news(news, editor, lead):
    """A public news item."""
    SiteSettings.load()
    page = publish(news, editor)
    forget_pending_callbacks()
    return page


def forget_pending_callbacks() -> None:
    """The next change is a transaction of its own, though the test is one."""
    connection.run_on_commit.clear()


def questions(client: Client, address: str, **headers: str) -> int:
    """How often a request asks the database."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address, headers=headers)
    return len(captured.captured_queries)


# A kept page


def test_the_second_reader_costs_no_question(clock, live_news) -> None:
    client = Client()
    first = client.get(live_news.url)
    assert questions(client, live_news.url) == 0
    again = client.get(live_news.url)
    assert (again.status_code, again.content) == (200, first.content)
    assert dict(again.items()) == dict(first.items())


def test_the_policy_is_kept_with_the_page(clock, live_news) -> None:
    client = Client()
    policies = {client.get(live_news.url)["Content-Security-Policy"] for _ in range(2)}
    assert len(policies) == 1


def test_the_database_is_asked_for_changes_once_a_second(clock, live_news) -> None:
    client = Client()
    client.get(live_news.url)
    clock.now += 1.1
    assert [questions(client, live_news.url) for _ in range(3)] == [1, 0, 0]


# Nothing old


def test_a_published_change_is_visible_in_every_process(clock, live_news, editor) -> None:
    processes = [Client(), Client()]
    for client in processes:
        client.get(live_news.url)
    live_news.title = "Ganz neu"
    live_news.save_revision(user=editor)
    publish(live_news, editor)
    clock.now += 1.1
    assert [b"Ganz neu" in client.get(live_news.url).content for client in processes] == [True] * 2


def test_an_unpublished_page_is_gone_in_every_process(clock, live_news) -> None:
    processes = [Client(), Client()]
    for client in processes:
        client.get(live_news.url)
    live_news.unpublish()
    clock.now += 1.1
    assert [client.get(live_news.url).status_code for client in processes] == [404, 404]


def test_a_new_page_stands_in_its_list(clock, live_news, editor) -> None:
    client, address = Client(), live_news.get_parent().url
    client.get(address)
    publish(
        build_news(build_news_index(live_news.get_parent().get_parent()), editor, title="Zwei"),
        editor,
    )
    clock.now += 1.1
    assert b"Zwei" in client.get(address).content


def test_what_was_made_before_a_change_is_not_kept_after_it(clock, counting_site) -> None:
    def change_meanwhile(request: HttpRequest) -> HttpResponse:
        PublicChange.objects.create()
        clock.now += 1.1
        counting_site.middleware.cache.version()
        return HttpResponse(BIG)

    counting_site._answer = change_meanwhile
    counting_site.get()
    counting_site.get()
    assert counting_site.renderings == 2


def test_nothing_is_kept_for_longer_than_a_minute(clock, counting_site) -> None:
    counting_site.get()
    clock.now += 59
    counting_site.get()
    assert counting_site.renderings == 1
    clock.now += 2
    counting_site.get()
    assert counting_site.renderings == 2


def test_nothing_is_kept_over_midnight(clock, counting_site) -> None:
    # 23:59:50 in Berlin, in winter.
    clock.now = datetime.datetime(2026, 3, 2, 22, 59, 50, tzinfo=datetime.UTC).timestamp()
    counting_site.get()
    clock.now += 9
    counting_site.get()
    assert counting_site.renderings == 1
    clock.now += 2
    counting_site.get()
    assert counting_site.renderings == 2


def test_an_answer_ends_when_its_view_says(clock, db) -> None:
    def open_for_half_a_minute(request: HttpRequest) -> HttpResponse:
        ends = datetime.datetime.fromtimestamp(clock.now + 30, datetime.UTC)
        page_cache.end_answer_at(request, ends)
        page_cache.end_answer_at(request, ends + datetime.timedelta(hours=1))
        return HttpResponse(BIG)

    site = Site(open_for_half_a_minute)
    site.get()
    clock.now += 29
    site.get()
    assert site.renderings == 1
    clock.now += 2
    site.get()
    assert site.renderings == 2


def test_nothing_is_kept_after_the_clock_was_set_back(clock, counting_site) -> None:
    counting_site.get()
    clock.now -= 3600
    counting_site.get()
    assert counting_site.renderings == 2
    clock.now += 59
    counting_site.get()
    assert counting_site.renderings == 2


# Nobody else's


def test_a_signed_in_person_gets_and_leaves_nothing(clock, live_news, lead, sign_in) -> None:
    client = sign_in(lead)
    questions(client, live_news.url)
    assert questions(client, live_news.url) > 0
    client.logout()
    stranger = Client()
    stranger.handler = client.handler
    assert questions(stranger, live_news.url) > 1


@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"cookie": "sessionid=x"}},
        {"headers": {"cookie": "anything=1"}},
        {"headers": {"authorization": "Basic x"}},
    ],
    ids=str,
)
def test_who_can_be_told_apart_gets_nothing_kept(counting_site, more) -> None:
    counting_site.get()
    counting_site.get(**more)
    counting_site.get(**more)
    assert counting_site.renderings == 3


def test_a_form_that_is_sent_reaches_its_view(counting_site) -> None:
    counting_site.get()
    counting_site.middleware(RequestFactory().post("/seite/"))
    counting_site.middleware(RequestFactory().post("/seite/"))
    assert counting_site.renderings == 3


def test_a_preview_shows_the_draft_and_leaves_nothing(clock, live_news, rf, monkeypatch) -> None:
    # A preview goes through middleware of its own: let it be of the process that has the page.
    shared = page_cache.Cache(2**20)
    monkeypatch.setattr(page_cache, "Cache", lambda size: shared)
    client, host = Client(), live_news._get_dummy_headers()["HTTP_HOST"]
    kept = client.get(live_news.url, headers={"host": host}).content
    live_news.title = "Nur ein Entwurf"
    preview = live_news.make_preview_request(rf.get("/admin/"))
    assert b"Nur ein Entwurf" in preview.content
    assert client.get(live_news.url, headers={"host": host}).content == kept


def _with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(BIG)
    response.set_cookie("csrftoken", "x")
    return response


def _with_nonce(request: HttpRequest) -> HttpResponse:
    request._csp_nonce = secrets.token_urlsafe()  # as django-csp does when a template asks
    return HttpResponse(BIG)


@pytest.mark.parametrize(
    "answer",
    [
        _with_cookie,
        _with_nonce,
        lambda request: HttpResponse(BIG, headers={"Cache-Control": "private"}),
        lambda request: HttpResponse(BIG, headers={"Cache-Control": "max-age=0, no-store"}),
        lambda request: HttpResponse(BIG, headers={"Vary": "User-Agent"}),
        lambda request: HttpResponse(BIG, headers={"Vary": "*"}),
        lambda request: HttpResponse(BIG, status=404),
        lambda request: HttpResponse(BIG, status=410),
        lambda request: HttpResponse(BIG, status=302, headers={"Location": "/"}),
        lambda request: HttpResponse(BIG, status=500),
        lambda request: HttpResponse("x" * (page_cache._MAX_PAGE + 1)),
    ],
)
def test_an_answer_for_one_reader_is_not_kept(clock, db, answer) -> None:
    site = Site(answer)
    site.get()
    site.get()
    assert site.renderings == 2


def test_a_stream_passes_untouched(clock, db) -> None:
    site = Site(lambda request: StreamingHttpResponse([b"a"] * 1000))
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    assert [site.middleware(request).streaming, site.middleware(request).streaming] == [True] * 2
    assert site.renderings == 2


@pytest.mark.parametrize("name", ["national_enquiry", "account_login", "health_ready"])
def test_forms_and_health_are_not_kept(clock, live_news, name: str) -> None:
    client = Client()
    response = client.get(reverse(name))
    request = RequestFactory().get(reverse(name))
    assert response.status_code == 200
    assert not page_cache.may_be_kept(request, response)


# Addresses


def test_filters_are_kept_in_any_order(counting_site) -> None:
    counting_site.get("/beispiele/?thema=a&seite=2")
    counting_site.get("/beispiele/?seite=2&thema=a")
    assert counting_site.renderings == 1


def test_a_chosen_house_is_no_reason_to_make_a_page_anew(counting_site) -> None:
    counting_site.get("/seite/?haus=kreis-steinfurt")
    counting_site.get("/seite/?haus=kreis-steinfurt")
    assert counting_site.renderings == 1


def test_other_values_are_other_pages(counting_site) -> None:
    first = counting_site.get("/beispiele/?thema=a&thema=b").content
    assert counting_site.get("/beispiele/?thema=b&thema=a").content != first


@pytest.mark.parametrize("parameter", ["q=Haus", "unbekannt=1", "plz=48431"])
def test_parameters_that_may_be_anything_fill_nothing(counting_site, parameter: str) -> None:
    counting_site.get(f"/suche/?{parameter}")
    counting_site.get(f"/suche/?{parameter}")
    assert counting_site.renderings == 2
    assert [len(cache.answers) for cache in counting_site.middleware.cache.caches.values()] == [
        0,
        0,
    ]


def test_a_link_with_tracking_gets_the_page_without(clock, db) -> None:
    site = Site(lambda request: HttpResponse(BIG + request.get_full_path()))
    assert site.get("/seite/?utm_source=x&seite=2").content.endswith(b"/seite/?seite=2")
    site.get("/seite/?seite=2&fbclid=y")
    assert site.renderings == 1


def test_hosts_and_schemes_are_told_apart(counting_site) -> None:
    counting_site.get(headers={"host": "localhost"})
    counting_site.get(headers={"host": "127.0.0.1"})
    counting_site.get(headers={"host": "localhost"}, secure=True)
    assert counting_site.renderings == 3


def test_the_browser_s_language_makes_no_difference(clock, live_news) -> None:
    client = Client()
    german = client.get(live_news.url, headers={"accept-language": "en"}).content
    assert b'lang="de"' in german
    assert client.get(live_news.url, headers={"accept-language": "de"}).content == german


# Bytes


def test_the_head_is_answered_from_memory(counting_site) -> None:
    response = counting_site.get()
    head = counting_site.middleware(RequestFactory().head("/seite/"))
    assert (counting_site.renderings, head["ETag"]) == (1, response["ETag"])


def test_a_head_alone_keeps_nothing(counting_site) -> None:
    counting_site.middleware(RequestFactory().head("/seite/"))
    counting_site.get()
    assert counting_site.renderings == 2


@pytest.mark.parametrize(
    "accepted, coding", [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", "")]
)
def test_everybody_gets_a_coding_they_can_read(counting_site, accepted: str, coding: str) -> None:
    read = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding]
    answers = [counting_site.get(headers={"accept-encoding": accepted}) for _ in range(2)]
    assert [answer.headers.get("Content-Encoding", "") for answer in answers] == [coding] * 2
    assert {read(answer.content) for answer in answers} == {f"{BIG}1".encode()}
    assert {answer["Content-Length"] for answer in answers} == {str(len(answers[0].content))}


def test_one_page_is_kept_for_all_codings(counting_site) -> None:
    for accepted in ("br", "gzip", "", "identity"):
        counting_site.get(headers={"accept-encoding": accepted})
    assert counting_site.renderings == 1


def test_who_has_a_page_already_gets_no_second_one(counting_site) -> None:
    etag = counting_site.get()["ETag"]
    for _ in range(2):
        again = counting_site.get(headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_a_page_that_is_not_kept_has_a_date_too(clock, db) -> None:
    site = Site(lambda request: HttpResponse(BIG))
    etag = site.get("/suche/?q=x")["ETag"]
    assert site.get("/suche/?q=x", headers={"if-none-match": etag}).status_code == 304


def test_memory_is_bounded(clock, db) -> None:
    site = Site(lambda request: HttpResponse(secrets.token_hex(20_000)))
    for number in range(100):
        site.get(f"/{number}/")
        site.get(f"/?seite={number}")
    caches = site.middleware.cache.caches.values()
    assert sum(cache.used for cache in caches) <= 2**20
    assert all(cache.answers for cache in caches)


def test_what_is_read_stays_and_what_is_not_goes(clock, db) -> None:
    site = Site(lambda request: HttpResponse(secrets.token_hex(20_000)))
    first = site.get("/immer/").content
    for number in range(100):
        site.get(f"/{number}/")
        assert site.get("/immer/").content == first


def test_many_filters_push_no_page_out(clock, db) -> None:
    site = Site(lambda request: HttpResponse(secrets.token_hex(20_000)))
    first = site.get("/immer/").content
    for number in range(100):
        site.get(f"/?thema={number}")
    assert site.get("/immer/").content == first


def test_home_page_is_kept_at_all(clock, live_news) -> None:
    client = Client()
    assert Page.objects.filter(depth=2).exists()
    client.get("/")
    assert questions(client, "/") == 0
