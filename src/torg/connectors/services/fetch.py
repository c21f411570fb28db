"""The one door out: HTTP to checked addresses only, with limits of size, time and redirects, and no cookies."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLContext

import httpcore
import httpx

from torg.connectors.services import addresses

_NAME = "Torg"


class FetchProblem(Exception):
    """Why something could not be fetched; the text is for an operator and holds no address with a token."""


class Blocked(FetchProblem, httpx.ConnectError):
    """We do not speak to this scheme, host or address; nothing was sent."""


class TooLarge(FetchProblem):
    """The answer is longer than we take."""


class Unreached(FetchProblem):
    """No answer: the name is unknown, the connection failed, or the time ran out."""


@dataclass(frozen=True, slots=True)
class Door:
    """What one kind of outgoing traffic may reach.

    `hosts` holds exact names and, with a leading dot, whole domains (".fbcdn.net"); None means any public host.
    Plain http is for hosts that `allow_http` opens, and for loopback when `allow_loopback` is set, which is meant
    for the stand-in in development and tests. `max_seconds` counts for the whole fetch, redirects included.
    """

    hosts: frozenset[str] | None = None
    allow_loopback: bool = False
    allow_http: bool = False
    max_bytes: int = 25_000_000
    max_seconds: float = 20.0
    max_redirects: int = 3

    def check(self, url: httpx.URL) -> None:
        """Refuse what the address line alone tells; raises Blocked."""
        plain = url.scheme == "http" and (self.allow_http or self.allow_loopback)
        if url.scheme != "https" and not plain:
            raise Blocked(f"{url.scheme or 'no scheme'} is not allowed, only https")
        if url.userinfo:
            raise Blocked("an address with a user name in it is not allowed")
        if not url.host or not self._knows(url.host.rstrip(".").lower()):
            raise Blocked(f"the host {url.host!r} is not on the list")

    def _knows(self, host: str) -> bool:
        if self.hosts is None:
            return True
        return host in self.hosts or any(host.endswith(domain) for domain in self.hosts if domain.startswith("."))


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its status, its bytes and the type that the server claims."""

    status: int
    body: bytes
    claimed_type: str | None
    url: str


def fetch(url: str, *, door: Door, headers: Mapping[str, str] | None = None) -> Fetched:
    """Get a resource with every hop checked; raises Blocked, TooLarge or Unreached."""
    deadline = time.monotonic() + door.max_seconds
    with _client(door, deadline=deadline, keep_alive=False) as client, _told():
        target = httpx.URL(url)
        for _ in range(door.max_redirects + 1):
            request = client.build_request("GET", target, headers={**(headers or {}), "Accept-Encoding": "identity"})
            response = client.send(request, stream=True)
            try:
                if response.next_request is None:
                    return _read(response, door=door)
                target, headers = response.next_request.url, _kept(headers, target, response.next_request.url)
            finally:
                response.close()
    raise Unreached(f"more than {door.max_redirects} redirects")


def post(url: str, *, door: Door, body: bytes, headers: Mapping[str, str]) -> Fetched:
    """Send bytes; a redirect is given back as it is, never followed. Raises Blocked, TooLarge or Unreached."""
    deadline = time.monotonic() + door.max_seconds
    with _client(door, deadline=deadline, keep_alive=False) as client, _told():
        response = client.send(client.build_request("POST", url, content=body, headers=headers), stream=True)
        try:
            return _read(response, door=door)
        finally:
            response.close()


def open_client(door: Door, *, base_url: str = "") -> httpx.Client:
    """A client for many calls to one platform; follows no redirect, keeps no cookie, obeys no proxy variable."""
    return _client(door, deadline=None, keep_alive=True, base_url=base_url)


def _client(door: Door, *, deadline: float | None, keep_alive: bool, base_url: str = "") -> httpx.Client:
    return httpx.Client(
        base_url=base_url,
        transport=_CheckedTransport(door, deadline=deadline, keep_alive=keep_alive),
        timeout=door.max_seconds,
        headers={"User-Agent": _NAME},
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    )


def read_within(response: httpx.Response, *, max_bytes: int) -> bytes:
    """The body of a streamed answer; raises TooLarge as soon as it is longer."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise TooLarge(f"the answer is longer than {max_bytes} bytes")
    return bytes(body)


def _read(response: httpx.Response, *, door: Door) -> Fetched:
    body = read_within(response, max_bytes=door.max_bytes)
    claimed = response.headers.get("content-type")
    return Fetched(status=response.status_code, body=body, claimed_type=claimed, url=str(response.url))


def _kept(headers: Mapping[str, str] | None, old: httpx.URL, new: httpx.URL) -> Mapping[str, str] | None:
    """What we sent to one origin (a key, perhaps) is not carried on to another."""
    same = (old.scheme, old.host, old.port) == (new.scheme, new.host, new.port)
    return headers if same else None


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except FetchProblem:
        raise
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreached(type(error).__name__) from error


class _CheckedTransport(httpx.BaseTransport):
    """httpx over a pool whose every connection goes to an address that was checked."""

    def __init__(self, door: Door, *, deadline: float | None, keep_alive: bool) -> None:
        self._door = door
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_keepalive_connections=10 if keep_alive else 0,
            keepalive_expiry=30,
            network_backend=_CheckedNetwork(door, deadline=deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._door.check(request.url)
        url = request.url
        with _renamed():
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _renamed():
            yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


@contextmanager
def _renamed() -> Iterator[None]:
    """The lower library's errors have the same names as the upper one's."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raised: type[httpx.TransportError] = getattr(httpx, type(error).__name__, httpx.TransportError)
        raise raised(str(error)) from error


class _CheckedNetwork(httpcore.NetworkBackend):
    """Resolves a name once and connects to that very address, so that a second answer cannot slip past the check."""

    def __init__(self, door: Door, *, deadline: float | None) -> None:
        self._door = door
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = addresses.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host!r} does not resolve") from error
        # One forbidden address among several is a trap, not a mistake to step around.
        if not found or not all(addresses.is_allowed(ip, allow_loopback=self._door.allow_loopback) for ip in found):
            raise Blocked(f"the host {host!r} leads to an address that is not public")
        stream = self._first_that_answers(found, port, timeout, local_address, socket_options)
        return stream if self._deadline is None else _Timed(stream, self._deadline)

    def _first_that_answers(
        self,
        found: Iterable[str],
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        problem: Exception = httpcore.ConnectError("no address")
        for ip in found:
            try:
                return self._plain.connect_tcp(ip, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem


class _Timed(httpcore.NetworkStream):
    """A connection that ends at a fixed moment, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._left(httpcore.ConnectTimeout))
        return _Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

    def _left(self, late: type[httpcore.TimeoutException]) -> float:
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise late("the time is used up")
        return seconds
