"""Requests into the public internet, and nowhere else.

An address is looked up once, every answer has to be public, and the connection goes to that very
answer: a name that points to another address a moment later (DNS rebinding) changes nothing.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from urllib.parse import quote, urlsplit

from funding.checks import is_public_address, is_public_ip

#: Seconds that a connection or an answer may take.
_TIMEOUT = 5
#: Seconds that all of an answer may take: a timeout counts from octet to octet.
_LONGEST = 10
#: What stays as it is in the path and the query of an address (RFC 3986, 3.3 and 3.4).
_IN_TARGETS = "%/?:@!$&'()*+,;=-._~"


class AddressRefused(Exception):
    """An address that leads out of the public internet, or is none."""


@dataclass(frozen=True)
class Answer:
    """What a server answered.

    Args:
        status: HTTP status.
        headers: by name in lower case.
        body: its beginning, as far as it was asked for.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(method: str, url: str, agent: str, most: int = 0) -> Answer:
    """Send one request and follow no redirect.

    Args:
        method: HTTP method.
        url: http or https.
        agent: how we introduce ourselves.
        most: octets of the body that are read.

    Raises:
        AddressRefused: the address does not lead into the public internet.
        OSError: no connection.
        http.client.HTTPException: the answer is not HTTP.
    """
    if not is_public_address(url):
        raise AddressRefused(url)
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    connection.sock = _connected(host, port)
    with closing(connection), _ended_after(_LONGEST, connection.sock):
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        target = quote(target, safe=_IN_TARGETS)
        named_host = f"{host}:{parts.port}" if parts.port else host
        headers = {"Host": named_host, "User-Agent": agent, "Accept": "*/*"}
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, response.read(most) if most else b"")


@contextmanager
def _ended_after(seconds: float, used: socket.socket) -> Iterator[None]:
    """End a connection that is still in use after so many seconds."""
    ours = used.dup()  # TLS takes the socket itself over

    def end() -> None:
        with suppress(OSError):
            ours.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        ours.close()


def _connected(host: str, port: int) -> socket.socket:
    """A connection to the first address of a host that is looked up once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(map(is_public_ip, addresses)):
        raise AddressRefused(host)
    return socket.create_connection((addresses[0], port), timeout=_TIMEOUT)
