"""What a process loads before its first visitor comes."""

from types import SimpleNamespace

from django.db import OperationalError

from cms.delivery import warm_up


def test_without_a_database_the_process_starts_all_the_same(settings, monkeypatch):
    called = []

    def no_database():
        raise OperationalError("no such table")

    loads = {"a.first": no_database, "b.second": lambda: called.append("second")}
    settings.WARM_UP = list(loads)
    monkeypatch.setattr(warm_up, "import_string", loads.__getitem__)
    monkeypatch.setattr(warm_up, "connections", SimpleNamespace(all=lambda **_: ()))
    warm_up.run()
    assert called == ["second"]
