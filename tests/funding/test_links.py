"""The links of programmes: asked for politely, in the public internet only, told to editors."""

import datetime
import itertools
import socket
from dataclasses import dataclass, field

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.builders.funding import build_funding, build_funding_index
from demo.review import publish
from funding.links import transport
from funding.links.checker import Finding, LinkChecker, Outcome
from funding.links.periodic import check_links, note
from funding.links.transport import AddressRefused, Answer, ask
from funding.models import LinkCheck

NOW = timezone.now()
DAY = datetime.timedelta(days=1)


@dataclass
class Internet:
    """Answers by address, and what was asked when."""

    answers: dict
    seconds: float = 0.0
    log: list = field(default_factory=list)

    def send(self, method, url, agent, most):
        self.log.append((self.seconds, method, url))
        answer = self.answers.get(url, Answer(404))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds):
        self.seconds += seconds

    def checker(self):
        return LinkChecker("Agent", self.send, lambda: self.seconds, self.sleep)


def moved(url, status=301):
    return Answer(status, {"location": url})


@pytest.mark.parametrize(
    "answers, finding",
    [
        ({"https://a.example/x": Answer(200)}, Finding(Outcome.FINE, 200)),
        ({"https://a.example/x": Answer(403)}, Finding(Outcome.FINE, 403)),
        ({}, Finding(Outcome.GONE, 404)),
        ({"https://a.example/x": Answer(410)}, Finding(Outcome.GONE, 410)),
        ({"https://a.example/x": Answer(500)}, Finding(Outcome.UNREACHABLE, 500)),
        (
            {"https://a.example/x": Answer(429, {"retry-after": "90"})},
            Finding(Outcome.UNREACHABLE, 429, 90),
        ),
        ({"https://a.example/x": TimeoutError()}, Finding(Outcome.UNREACHABLE)),
        ({"https://a.example/x": AddressRefused()}, Finding(Outcome.REFUSED)),
        (
            {"https://a.example/x": moved("/y"), "https://a.example/y": Answer(200)},
            Finding(Outcome.FINE, 200),
        ),
        (
            {"https://a.example/x": moved("https://b.example/"), "https://b.example/": Answer(200)},
            Finding(Outcome.FINE, 200),
        ),
        ({"https://a.example/x": moved("/x", 302)}, Finding(Outcome.UNREACHABLE, 302)),
        (
            {"https://a.example/robots.txt": Answer(200, {}, b"User-agent: *\nDisallow: /x")},
            Finding(Outcome.NOT_ALLOWED),
        ),
        (
            {
                "https://a.example/x": moved("https://b.example/x"),
                "https://b.example/robots.txt": Answer(200, {}, b"User-agent: *\nDisallow: /"),
                "https://b.example/x": Answer(200),
            },
            Finding(Outcome.NOT_ALLOWED),
        ),
        ({"https://a.example/robots.txt": Answer(503)}, Finding(Outcome.UNREACHABLE)),
    ],
)
def test_what_an_answer_says_of_the_link(answers, finding):
    assert Internet(answers).checker().check("https://a.example/x") == finding


def test_what_robots_txt_forbids_is_not_asked_for():
    rules = Answer(200, {}, b"User-agent: *\nDisallow: /x")
    internet = Internet({"https://a.example/robots.txt": rules})
    internet.checker().check("https://a.example/x")
    assert [url for _at, _method, url in internet.log] == ["https://a.example/robots.txt"]


def test_a_host_gets_one_request_a_second_and_another_one_at_once():
    internet = Internet({})
    checker = internet.checker()
    for url in ("https://a.example/x", "https://a.example/y", "https://b.example/x"):
        checker.check(url)
    times = [at for at, _method, url in internet.log if "//a." in url]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 1
    first_of_b = next(at for at, _method, url in internet.log if "//b." in url)
    assert first_of_b == times[-1]


def test_a_busy_host_is_left_alone():
    internet = Internet({"https://a.example/x": Answer(503)})
    checker = internet.checker()
    checker.check("https://a.example/x")
    assert checker.is_left_alone("https://a.example/other")
    assert not checker.is_left_alone("https://b.example/")


@pytest.mark.parametrize(
    "url, address",
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://intranet/", "10.0.0.1"),
        ("https://public.example/", "10.0.0.1"),
        ("https://public.example/", "169.254.169.254"),
        ("https://public.example/", "::1"),
        ("https://public.example/", "fd00::1"),
        ("https://public.example/", "::ffff:127.0.0.1"),
        ("https://public.example/", "224.0.0.1"),
        ("ftp://public.example/", "93.184.216.34"),
    ],
)
def test_no_connection_leads_out_of_the_public_internet(monkeypatch, url, address):
    def connect(*args, **kwargs):
        raise AssertionError("connected")

    found = [(None, None, None, "", (address, 443))]
    monkeypatch.setattr(transport.socket, "getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(transport.socket, "create_connection", connect)
    with pytest.raises(AddressRefused):
        ask("HEAD", url, "Agent")


def test_a_server_that_never_ends_its_answer_is_left(monkeypatch):
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(transport, "_connected", lambda host, port: ours)
    monkeypatch.setattr(transport, "_LONGEST", 0.05)
    monkeypatch.setattr(transport, "is_public_address", lambda url: True)
    with theirs, pytest.raises(OSError, match="closed"):
        ask("GET", "http://a.example/", "Agent")


@pytest.mark.parametrize(
    "finding, days",
    [
        (Finding(Outcome.FINE, 200), [30, 30]),
        (Finding(Outcome.NOT_ALLOWED), [30, 30]),
        (Finding(Outcome.UNREACHABLE, 503), [1, 2, 4, 8, 16, 16]),
        (Finding(Outcome.UNREACHABLE, 503, 5 * 86400), [5, 5, 5, 8]),
        (Finding(Outcome.UNREACHABLE, 503, 10**9), [30]),
        (Finding(Outcome.UNREACHABLE, 503, 10**20), [30]),
    ],
)
@pytest.mark.django_db
def test_failures_are_asked_for_less_and_less_often(finding, days):
    for expected in days:
        note("https://a.example/", finding, NOW)
        assert LinkCheck.objects.get().next_at - NOW == expected * DAY


@pytest.mark.django_db
def test_a_broken_link_is_told_and_makes_the_programme_due(
    settings, sign_in, national_editor, second_national_editor
):
    settings.LINK_CHECKS = True
    url, later = "https://funder.example/rampe", timezone.localdate() + 90 * DAY
    fields = {"source_url": url, "check_again_on": later}
    page = publish(build_funding(build_funding_index(), national_editor, **fields), national_editor)
    for _round in range(2):
        LinkCheck.objects.update(next_at=NOW)
        assert check_links(Internet({}).checker()) == "1 Link geprüft."
    page.refresh_from_db()
    assert page.check_is_due
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "gibt es nicht mehr" in sign_in(national_editor).get(editor).content.decode()


@pytest.mark.django_db
def test_what_is_gone_after_an_outage_makes_the_programme_due(
    national_editor, second_national_editor
):
    url, later = "https://funder.example/rampe", timezone.localdate() + 90 * DAY
    fields = {"source_url": url, "check_again_on": later}
    page = publish(build_funding(build_funding_index(), national_editor, **fields), national_editor)
    for outcome in [*3 * [Outcome.UNREACHABLE], Outcome.GONE]:
        note(url, Finding(outcome), NOW)
    page.refresh_from_db()
    assert page.check_is_due


@pytest.mark.django_db
def test_nothing_is_asked_where_it_is_switched_off(settings):
    settings.LINK_CHECKS = False
    internet = Internet({})
    check_links(internet.checker())
    assert internet.log == []
