"""Lines of the log: which request, a recurring error once in full, no titles."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory
from django.urls import path

from cms.delivery.logging_filters import NoTitles, RecurringErrors
from cms.delivery.request_id import RequestIdMiddleware, request_id_of
from cms.urls import urlpatterns as own

pytestmark = pytest.mark.django_db


def broken(request, number: int = 0) -> HttpResponse:
    raise ValueError(f"Fehler {number}")


urlpatterns = [
    path("beispiele/ein-geheimer-titel/", broken),
    path("admin/<int:number>/", broken),
    *own,
]


@pytest.fixture
def written(settings) -> Iterator[io.StringIO]:
    """What the site's own handler writes while the test runs."""
    settings.ROOT_URLCONF = __name__
    handlers = logging.getLogger().handlers
    console = next(handler for handler in handlers if type(handler) is logging.StreamHandler)
    (recurring,) = [each for each in console.filters if isinstance(each, RecurringErrors)]
    recurring._seen.clear()
    lines = io.StringIO()
    stream = console.setStream(lines)
    yield lines
    console.setStream(stream)


def ask(client, address: str, **headers: str) -> HttpResponse:
    client.raise_request_exception = False
    return client.get(address, headers=headers)


def test_a_recurring_error_has_one_traceback_and_then_a_line_each(client, written):
    for number in range(5):
        ask(client, f"/admin/{number}/")
    text = written.getvalue()
    assert text.count("Traceback") == 1
    assert text.count("ValueError at ") == 4
    assert text.count("Internal Server Error: /admin/") == 5
    assert "the 5th time" in text


def test_another_error_has_a_traceback_of_its_own():
    recurring, records = RecurringErrors(), []
    for error in (ValueError("a"), KeyError("b"), ValueError("c")):
        record = logging.LogRecord("x", 40, "f", 1, "m", (), (type(error), error, None))
        recurring.filter(record)
        records.append(record)
    assert [bool(record.exc_info) for record in records] == [True, True, False]


def test_the_traceback_comes_again_after_a_while():
    recurring, error = RecurringErrors(seconds=-1), ValueError("a")
    for _ in range(2):
        record = logging.LogRecord("x", 40, "f", 1, "m", (), (ValueError, error, None))
        recurring.filter(record)
        assert record.exc_info


def test_each_line_names_its_request(client, written):
    response = ask(client, "/admin/1/")
    assert f" {response['X-Request-ID']} django.request Internal" in written.getvalue()


def test_lines_after_all_middleware_name_their_request_too(client, written):
    response = ask(client, "/gibt/es/nicht/")
    assert f" {response['X-Request-ID']} django.request Not Found" in written.getvalue()


def test_the_id_of_the_proxy_is_taken(client, written):
    assert ask(client, "/admin/1/", x_request_id="a1b2c3d4e5f6")["X-Request-ID"] == "a1b2c3d4e5f6"


@pytest.mark.parametrize("forged", ["kurz", "a" * 65, "a1b2c3d4\n2026 ERROR", "a1b2c3d4 ERROR"])
def test_an_id_that_could_forge_a_line_is_not_taken(forged):
    request = RequestFactory().get("/", headers={"X-Request-ID": forged})
    response = RequestIdMiddleware(lambda request: HttpResponse(status=500))(request)
    assert len(response["X-Request-ID"]) == 12


def test_no_line_names_the_slug_of_a_page(client, written):
    ask(client, "/beispiele/ein-geheimer-titel/")
    assert "geheim" not in written.getvalue().replace(__file__, "")
    assert "Internal Server Error: /beispiele/…" in written.getvalue()


@pytest.mark.parametrize(
    "address, logged",
    [
        ("/ein-geheimer-titel/", "/…"),
        ("/haeuser/ein-geheimer-titel/", "/haeuser/…"),
        ("/documents/1/ein-geheimer-titel.pdf", "/documents/…"),
        ("/wp-login.php", "/wp-login.php"),
    ],
)
def test_addresses_that_nothing_answers_are_logged_by_their_section(
    client, written, address, logged
):
    ask(client, address)
    assert f"Not Found: {logged}\n" in written.getvalue()


def test_the_start_page_is_logged_as_it_is(rf):
    request = rf.get("/")
    record = logging.LogRecord("x", 40, "f", 1, "%s", (request.path,), None)
    record.request = request
    NoTitles().filter(record)
    assert record.getMessage() == "/"


def test_outside_of_requests_there_is_no_id():
    assert request_id_of() == "-"


@pytest.mark.parametrize(
    "answer", [HttpResponse("Text"), FileResponse(io.BytesIO(b"Text"))], ids=["text", "file"]
)
def test_an_answer_to_head_has_no_body_and_its_length(answer):
    response = RequestIdMiddleware(lambda request: answer)(RequestFactory().head("/"))
    assert b"".join(response) == b""
    assert response["Content-Length"] == "4"


def test_an_answer_that_nothing_has_changed_has_no_length():
    """RFC 9110, 15.4.5: it would be that of the text."""
    answer = HttpResponse(status=304)
    assert "Content-Length" not in RequestIdMiddleware(lambda request: answer)(
        RequestFactory().head("/")
    )
