"""A small HTTP server that says it is Elasticsearch, and answers as a test wants."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Stub:
    """A server on the loopback.

    ``status`` and ``body`` are what it answers to everything; with ``hangs`` it answers nothing.
    ``requests`` counts what it was asked.
    """

    def __init__(self) -> None:
        self.status = 200
        self.body: dict[str, Any] = {}
        self.hangs = False
        self.requests = 0
        self._ended = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def refuse(self, status: int, reason: str) -> None:
        """Answer with an error from now on."""
        self.status = status
        self.body = {"error": {"type": reason, "reason": reason}, "status": status}

    def __enter__(self) -> "Stub":
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                stub.requests += 1
                if stub.hangs:
                    stub._ended.wait(10)
                    return
                content = json.dumps(stub.body).encode()
                self.send_response(stub.status)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler
