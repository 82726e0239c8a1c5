"""A server that does not answer: visitors get the answers of the database."""

from threading import Event, Lock, Thread
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.engines.base import EngineAnswer, EngineQuery
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import deliver_soon
from search.engines.elasticsearch.breaker import MOST_FAILURES, PAUSE, CircuitBreaker
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.fallback import FallbackEngine
from search.engines.elasticsearch.outbox import deliver_in_thread
from search.engines.elasticsearch.upkeep import keep_up
from search.models import Entry, IndexState
from search.sync import sync
from tests.search import factories
from tests.search.elasticsearch.stub import Stub
from tests.search.factories import make_entry

pytestmark = pytest.mark.django_db


def never(error: str = "") -> None:
    """Fail, as a server does that is still away."""
    raise ConnectionError(error)


@pytest.fixture
def engine(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> FallbackEngine:
    """What answers in production, with a breaker that nobody closes."""
    breaker = CircuitBreaker(never, start=lambda function: function())
    engine = FallbackEngine(ElasticsearchEngine(), DatabaseEngine(), breaker)
    monkeypatch.setattr(factories, "get_engine", lambda: engine)
    return engine


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "security_exception"),
        (403, "cluster_block_exception"),
        (404, "index_not_found_exception"),
        (429, "circuit_breaking_exception"),
        (500, "exception"),
        (503, "no_shard_available_action_exception"),
    ],
)
def test_database_answers_for_a_server_that_refuses(
    engine: FallbackEngine, stub: Stub, status: int, reason: str
) -> None:
    make_entry(1, title="Mentoring")
    stub.refuse(status, reason)

    assert [factories.found("Mentoring") for _ in range(4)] == [[1]] * 4
    assert stub.requests == MOST_FAILURES


@pytest.mark.parametrize(("status", "opens"), [(400, False), (429, True)])
def test_database_answers_where_one_of_several_requests_is_refused(
    engine: FallbackEngine, stub: Stub, status: int, opens: bool
) -> None:
    make_entry(1, title="Mentoring")
    stub.body = {"responses": [{"error": {"type": "exception"}, "status": status}]}

    assert [factories.found("Mentoring") for _ in range(MOST_FAILURES)] == [[1]] * MOST_FAILURES
    assert engine.breaker.is_open == opens


def test_database_answers_for_a_server_that_hangs(engine: FallbackEngine, stub: Stub) -> None:
    make_entry(1, title="Mentoring")
    stub.hangs = True

    assert [factories.found("Mentoring") for _ in range(4)] == [[1]] * 4
    assert stub.requests == MOST_FAILURES


def test_database_answers_where_nobody_listens(engine: FallbackEngine, settings: Any) -> None:
    make_entry(1, title="Mentoring")
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
    get_client.cache_clear()

    assert factories.found("Mentoring") == [1]


def test_a_search_of_several_questions_waits_for_the_server_once(
    engine: FallbackEngine, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.results.run.get_engine", lambda: engine)
    answered: list[EngineQuery] = []
    answer = engine.answer_of_second
    monkeypatch.setattr(
        engine, "answer_of_second", lambda query: answered.append(query) or answer(query)
    )
    stub.refuse(503, "unavailable")
    # Nothing has the word, so its parts are asked for.
    factories.results("q=Führungskräfteentwicklung")

    assert (len(answered), stub.requests) == (2, 1)


def test_a_refused_query_does_not_open_the_breaker(engine: FallbackEngine, stub: Stub) -> None:
    make_entry(1, title="Mentoring")
    stub.refuse(400, "parsing_exception")

    assert [factories.found("Mentoring") for _ in range(4)] == [[1]] * 4
    assert not engine.breaker.is_open


def test_something_else_than_elasticsearch_is_no_answer(engine: FallbackEngine, stub: Stub) -> None:
    make_entry(1, title="Mentoring")
    stub.body = {"hello": "world"}

    assert [factories.found("Mentoring") for _ in range(4)] == [[1]] * 4
    assert engine.breaker.is_open
    assert stub.requests == MOST_FAILURES


def test_a_fault_of_our_own_does_not_open_the_breaker(
    stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    make_entry(1, title="Mentoring")
    asked: list[EngineQuery] = []

    class Faulty:
        def search(self, query: EngineQuery) -> EngineAnswer:
            asked.append(query)
            raise KeyError("a fault")

    engine = FallbackEngine(Faulty(), DatabaseEngine())
    answers = [engine.search(factories.engine_query("Mentoring")) for _ in range(4)]

    assert [answer.page_ids for answer in answers] == [[1]] * 4
    assert len(asked) == 4
    assert not engine.breaker.is_open
    assert "KeyError: 'a fault'" in caplog.text


def test_teasers_ask_no_server(engine: FallbackEngine, stub: Stub) -> None:
    make_entry(1)

    assert factories.ask_engine().page_ids == [1]
    assert stub.requests == 0


class Clock:
    """Seconds, as the test says."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_breaker_tries_again_after_a_pause_and_nobody_waits() -> None:
    clock, started = Clock(), []
    breaker = CircuitBreaker(lambda: None, clock, started.append)
    for _ in range(MOST_FAILURES):
        assert breaker.allows()
        breaker.failed(ConnectionError())
    assert (breaker.allows(), started) == (False, [])

    clock.now += PAUSE
    assert not breaker.allows()
    assert not breaker.allows()
    assert len(started) == 1
    started[0]()

    assert breaker.allows()


def test_breaker_stays_open_while_the_server_is_away() -> None:
    clock = Clock()
    breaker = CircuitBreaker(never, clock, lambda function: function())
    for _ in range(MOST_FAILURES):
        breaker.failed(ConnectionError())
    clock.now += PAUSE

    assert not breaker.allows()
    assert breaker.is_open


def test_breaker_tries_again_where_no_thread_could_be_started() -> None:
    clock, tried = Clock(), []

    def fail(function: object) -> None:
        tried.append(function)
        raise RuntimeError("can't start new thread")

    breaker = CircuitBreaker(never, clock, fail)
    for _ in range(MOST_FAILURES):
        breaker.failed(ConnectionError())
    for _ in range(2):
        clock.now += PAUSE
        assert not breaker.allows()
        assert not breaker.allows()

    assert len(tried) == 2


def test_one_failure_among_answers_opens_nothing() -> None:
    breaker = CircuitBreaker(never)
    for _ in range(2 * MOST_FAILURES):
        breaker.failed(ConnectionError())
        breaker.succeeded()

    assert not breaker.is_open


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_no_server(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Recorded:
        def __init__(self, **about: Any) -> None:
            self._name = about["name"]

        def start(self) -> None:
            started.append(self._name)

    monkeypatch.setattr("search.engines.elasticsearch.outbox.Thread", Recorded)
    monkeypatch.setattr("search.engines.elasticsearch.outbox._waiting", Lock())
    stub.hangs = True
    make_entry(1)
    sync([1])

    assert started == ["elasticsearch-outbox"]
    assert stub.requests == 0


@pytest.mark.django_db(transaction=True)
def test_many_changes_have_one_thread_sending_and_one_waiting(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending, may_end = Event(), Event()
    rounds: list[bool] = []

    def deliver() -> None:
        sending.set()
        rounds.append(may_end.wait(10))

    monkeypatch.setattr("search.engines.elasticsearch.outbox.deliver", deliver)
    deliver_soon()
    assert sending.wait(10)
    for _ in range(4):
        deliver_soon()
    threads = [thread for thread in enumerate_threads() if thread.name == "elasticsearch-outbox"]
    may_end.set()
    for thread in threads:
        thread.join(10)

    assert len(threads) == 2
    assert rounds == [True, True]


@pytest.mark.django_db(transaction=True)
def test_publishing_does_not_fail_where_no_thread_can_be_started(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Thread] = []

    def fail(thread: Thread) -> None:
        tried.append(thread)
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", fail)
    for page_id in (1, 2):
        make_entry(page_id)
        sync([page_id])

    assert Entry.objects.filter(removed=True).count() == 2
    assert len(tried) == 2


@pytest.mark.parametrize("status", [403, 429, 503])
def test_entries_wait_for_a_server_that_refuses(stub: Stub, status: int) -> None:
    make_entry(1)
    stub.refuse(status, "unavailable")
    keep_up()

    assert Entry.objects.waiting().count() == 1
    assert IndexState.objects.get().unreachable_since


def test_server_that_is_away_is_left_alone_for_a_while(stub: Stub) -> None:
    stub.refuse(503, "unavailable")
    keep_up()
    asked = stub.requests
    keep_up()

    assert stub.requests == asked


def test_thread_gives_up_quietly(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = CircuitBreaker(never)
    monkeypatch.setattr("search.engines.elasticsearch.outbox._breaker", breaker)
    monkeypatch.setattr("search.engines.elasticsearch.outbox.connection.close", lambda: None)
    make_entry(1)
    stub.refuse(503, "unavailable")
    for _ in range(3):
        deliver_in_thread()

    assert breaker.is_open
    assert Entry.objects.waiting().count() == 1


@pytest.mark.parametrize("command", ["search_rebuild", "search_check"])
def test_commands_say_what_the_server_says(stub: Stub, command: str) -> None:
    stub.refuse(401, "security_exception")

    with pytest.raises(CommandError, match="security_exception"):
        call_command(command)


@pytest.mark.parametrize("command", ["search_rebuild", "search_check"])
def test_commands_need_a_server(command: str) -> None:
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command(command)


def test_answer_of_the_first_engine_is_taken_as_it_is() -> None:
    answer = EngineAnswer([3], total=1, page_number=1, page_count=1)

    class Fixed:
        def search(self, query: EngineQuery) -> EngineAnswer:
            return answer

    engine = FallbackEngine(Fixed(), DatabaseEngine())
    asked = factories.engine_query(facets=("thema",))

    assert engine.search(asked) is answer
