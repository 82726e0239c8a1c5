"""The middleware of the admin runs there, in Django's order, and nowhere else."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.delivery.admin_middleware import AdminMiddleware

seen: list[str] = []


class Outer:
    """Writes down when it is passed."""

    name, answer = "outer", ""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen.append(self.name)
        response = self.get_response(request)
        seen.append(f"{self.name} again")
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        seen.append(f"{self.name} view")
        return HttpResponse(self.answer) if self.answer else None

    def process_exception(self, request, exception) -> HttpResponse | None:
        seen.append(f"{self.name} exception")
        return HttpResponse(self.answer) if self.answer else None


class Inner(Outer):
    """Stands behind the other."""

    name = "inner"


class Plain:
    """Has no hooks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


@pytest.fixture
def middleware(settings) -> AdminMiddleware:
    """Around two members that write down, and one without hooks."""
    settings.ADMIN_MIDDLEWARE = [f"{__name__}.{c.__name__}" for c in (Outer, Plain, Inner)]
    seen.clear()
    return AdminMiddleware(lambda request: HttpResponse("view"))


def pass_all(middleware: AdminMiddleware, address: str) -> None:
    request = RequestFactory().get(address)
    assert middleware(request).content == b"view"
    middleware.process_view(request, HttpResponse, (), {})
    middleware.process_exception(request, ValueError())


def test_the_admin_passes_them_in_order(middleware):
    pass_all(middleware, "/admin/pages/3/")
    assert seen[:4] == ["outer", "inner", "inner again", "outer again"]
    assert seen[4:] == ["outer view", "inner view", "inner exception", "outer exception"]


@pytest.mark.parametrize("address", ["/", "/suche/", "/konto/", "/administration/"])
def test_readers_pass_none(middleware, address):
    pass_all(middleware, address)
    assert seen == []


def test_who_answers_has_the_last_word(middleware, monkeypatch):
    monkeypatch.setattr(Outer, "answer", "outer answers")
    monkeypatch.setattr(Inner, "answer", "inner answers")
    request = RequestFactory().get("/admin/")
    assert middleware.process_view(request, HttpResponse, (), {}).content == b"outer answers"
    assert middleware.process_exception(request, ValueError()).content == b"inner answers"
    assert seen == ["outer view", "inner exception"]
