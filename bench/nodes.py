"""Three nodes of Elasticsearch are killed and restarted: what is lost, and what visitors get.

Meanwhile pages are published and periodic work runs, both in processes of their own. Only a server
of our own is treated so: ``ELASTICSEARCH_NODES=3 .ci/with-elasticsearch.sh``.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.databases import Database, say
from bench.deployment import web_processes
from bench.kills import LOOP, process
from bench.outage import Visit, fresh, together
from bench.report import Row, verdict
from scripts.bootstrap import ROOT

_SERVER = ROOT / "deploy" / "elasticsearch-dev" / "server.sh"
NODES = (1, 2, 3)
#: Seconds that nodes stay away; that the index may take to be equal again; that anybody may wait.
AWAY, EQUAL, LONGEST = 12, 180, 5


def begin() -> int:
    """Build the index; gives the number of entries in it."""
    from search.engines.elasticsearch.rebuild import Rebuild

    rebuild = Rebuild()
    rebuild.run()
    return rebuild.done


def publish(until: str) -> int:
    """Publish pages, three a second, until there is a file of this name; gives how many."""
    from django.db import transaction

    from news.models import NewsPage

    page_ids, number = list(NewsPage.objects.live().values_list("pk", flat=True)), 0
    while not Path(until).exists():
        with transaction.atomic():
            page = NewsPage.objects.get(pk=page_ids[number % len(page_ids)])
            page.title, number = f"Nachricht Nummer {number}", number + 1
            page.save(clean=False)
        time.sleep(0.3)
    return number


def differences() -> list[str]:
    """What differs between index and entries once all is sent."""
    from elasticsearch import ApiError, TransportError

    from search.engines.elasticsearch.comparison import compare
    from search.models import Entry

    deadline = time.monotonic() + EQUAL
    while time.monotonic() < deadline:
        try:
            found = None if Entry.objects.waiting().exists() else compare()
        except (ApiError, TransportError):
            found = None
        if found is not None and not found:
            return []
        time.sleep(1)
    return [f"{Entry.objects.waiting().count()} waiting", str(found)]


def wait_for_copies() -> None:
    """Until each shard has its copy on another node again."""
    from search.engines.elasticsearch.connection import get_client

    health = get_client().options(request_timeout=70).cluster.health
    health(wait_for_status="green", timeout="60s")


class Cluster:
    """The nodes, by their number."""

    def __init__(self, database: Database) -> None:
        self._database = database
        if len(os.environ["ELASTICSEARCH_URL"].split(",")) != len(NODES):
            raise SystemExit("Needs three nodes of its own: ELASTICSEARCH_NODES=3.")

    def order(self, *words: str) -> str:
        """Have the server's script do something; gives what it prints."""
        done = subprocess.run([str(_SERVER), *words], check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    def kill(self, *nodes: int) -> None:
        """End a node at once, as SIGKILL does."""
        for node in nodes:
            self.order("kill", str(node))

    def start(self) -> None:
        """Start those that are away, and wait for all."""
        self.order("start", str(len(NODES)))
        self._database.step("bench.nodes:wait_for_copies")

    def master(self) -> int:
        """Which of them leads."""
        leading = next(line for line in self.order("status").splitlines() if line.endswith("*"))
        return int(leading.split()[0].removeprefix("es"))


def _one_after_another(cluster: Cluster) -> None:
    """As an update of the server does it."""
    for node in NODES:
        cluster.order("stop", str(node))
        cluster.start()


def _away(*nodes: int) -> Callable[[Cluster], None]:
    def away(cluster: Cluster) -> None:
        cluster.kill(*(nodes or (cluster.master(),)))
        time.sleep(AWAY)
        cluster.start()

    return away


SCENARIOS = {
    "one node killed": _away(3),
    "the master killed": _away(),
    "two of three killed": _away(2, 3),
    "restarted one after another": _one_after_another,
}


def measure(database: Database, processes: int) -> list[Row]:
    """What happens in each scenario, one after another."""
    cluster = Cluster(database)
    database.step("bench.nodes:begin")
    web, periodic = web_processes(database, processes), process(database.environment(), *LOOP)
    with web as (port, _pidfile), periodic:
        return [_measured(database, cluster, port, name) for name in SCENARIOS]


def _measured(database: Database, cluster: Cluster, port: int, name: str) -> Row:
    say(name)
    together(port, 8, fresh)
    with _publishing(database) as published, _visiting(port) as visits:
        SCENARIOS[name](cluster)
    found = database.step("bench.nodes:differences")
    failed = [one for one in visits if one.status != 200]
    longest = max(one.ms for one in visits)
    row = {
        "what": name,
        "pages published": published.result(),
        "visitors": len(visits),
        "failed": len(failed),
        "longest ms": longest,
        "differences": "; ".join(found) or "none",
        "verdict": verdict(
            bool(found) and "lost", bool(failed) and "failed", longest > LONGEST * 1000 and "wait"
        ),
    }
    say(str(row))
    return row


@contextmanager
def _publishing(database: Database) -> Iterator[Future[int]]:
    """Meanwhile, in another process."""
    until = database.folder / "published"
    until.unlink(missing_ok=True)
    with ThreadPoolExecutor(1) as pool:
        published = pool.submit(database.step, "bench.nodes:publish", str(until))
        try:
            yield published
        finally:
            until.touch()


@contextmanager
def _visiting(port: int) -> Iterator[list[Visit]]:
    """Searches of one visitor after another, each with words that nobody has searched for."""
    visits: list[Visit] = []
    with ThreadPoolExecutor(1) as pool:
        is_over = False

        def come() -> None:
            while not is_over:
                visits.extend(together(port, 2, fresh))
                time.sleep(0.1)

        coming = pool.submit(come)
        try:
            yield visits
        finally:
            is_over = True
            coming.result()
