"""The pages to print as PDF: what becomes one, and what is there while none can be made."""

import pytest
from bs4 import BeautifulSoup

from checks.filling import pdf as pages
from cms.files import pdf
from cms.files.process import FileProblem
from cms.spam_protection.throttling import Throttle

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """The pages that were to become a PDF."""
    seen = []

    def to_pdf(html, style, files):
        seen.append(html)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    return seen


@pytest.fixture
def failing(made, monkeypatch):
    """Have making a PDF fail."""

    def fail_with(error):
        def to_pdf(*_args):
            raise error

        monkeypatch.setattr(pdf, "to_pdf", to_pdf)

    return fail_with


@pytest.mark.parametrize("page", ["drucken/", "ergebnis/", "massnahmen/"])
def test_a_page_becomes_a_pdf_that_nobody_keeps(client, begun, made, page):
    answer = client.get(f"{begun}{page}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    (html,) = made
    assert '<html lang="de">' in html
    assert '<header class="site-head' not in html


@pytest.mark.parametrize("page", ["", "drucken/", "ergebnis/"])
def test_pages_lead_to_their_pdf(client, begun, made, page):
    assert f'{page or "drucken/"}pdf/"' in client.get(f"{begun}{page}").content.decode()


def test_an_empty_check_is_made_once(client, check, made):
    for _time in range(2):
        assert client.get(f"/selbstcheck/{check.pk}/pdf/").content == b"%PDF-"
    assert len(made) == 1


def test_a_wrong_link_leads_to_no_pdf(client, begun, made):
    wrong = begun.rstrip("/")[:-1] + "/ergebnis/pdf/"
    assert client.get(wrong).status_code == 410
    assert not made


def test_while_others_have_theirs_made_the_page_asks_again(client, begun, failing):
    failing(pdf.Busy())
    answer = client.get(f"{begun}ergebnis/pdf/")
    assert answer["Refresh"]
    assert "Ihr PDF wird erstellt" in answer.content.decode()


def test_who_waits_does_not_use_up_what_is_allowed(client, begun, made, monkeypatch):
    monkeypatch.setattr(pages, "THROTTLE", Throttle("check-pdf", most=1))
    with pdf.place(), pdf.place():
        assert client.get(f"{begun}ergebnis/pdf/")["Refresh"]
    assert client.get(f"{begun}ergebnis/pdf/").content == b"%PDF-"


def test_the_key_of_a_check_is_no_link_of_its_result(client, begun, made):
    client.get(f"{begun}ergebnis/pdf/")
    links = BeautifulSoup(made[0], "html.parser").select("main a")
    hidden = ("no-print", "button", "more")
    shown = [
        link["href"]
        for link in links
        if not any({*hidden} & {*parent.get("class", [])} for parent in [link, *link.parents])
    ]
    assert [href for href in shown if href.startswith(begun)] == []
    assert [link for link in links if link["href"].startswith(begun)]


def test_a_pdf_that_fails_leads_to_the_page_to_print(client, begun, failing):
    failing(FileProblem("time"))
    answer = client.get(f"{begun}drucken/pdf/")
    assert "Refresh" not in answer
    assert f'href="{begun}drucken/"' in answer.content.decode()


def test_too_many_are_refused_in_words(client, begun, made, monkeypatch):
    monkeypatch.setattr(pages, "THROTTLE", Throttle("check-pdf", most=1))
    client.get(f"{begun}ergebnis/pdf/")
    assert "gerade kein PDF" in client.get(f"{begun}ergebnis/pdf/").content.decode()


def test_without_pango_nothing_offers_a_pdf_and_its_address_leads_to_the_page(
    client, begun, monkeypatch
):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    assert "pdf/" not in client.get(f"{begun}drucken/").content.decode().partition("<main")[2]
    assert client.get(f"{begun}drucken/pdf/")["Location"] == f"{begun}drucken/"
