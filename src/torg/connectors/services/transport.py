"""httpx over connections that go to checked addresses only, and end in time."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from ssl import SSLContext

import httpcore
import httpx

from torg.connectors.services import addresses
from torg.connectors.services.door import Blocked, Door


class CheckedTransport(httpx.BaseTransport):
    """httpx over a pool whose every connection goes to an address that was checked.

    `deadline` is a moment of the monotonic clock at which every connection ends, or None for a client that lives on.
    """

    def __init__(self, door: Door, *, deadline: float | None, keep_alive: bool) -> None:
        self._door = door
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
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


@cache
def _trusted() -> SSLContext:
    """The authorities whose certificates we accept; reading them takes longer than many a call."""
    return httpx.create_ssl_context(trust_env=False)


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
