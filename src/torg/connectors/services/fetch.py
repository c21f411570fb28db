"""The one door out: HTTP to checked addresses only, with limits of size, time and redirects, and no cookies."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from torg.connectors.services.door import Blocked, Door, FetchProblem, TooLarge, Unreached
from torg.connectors.services.transport import CheckedTransport

__all__ = [
    "Blocked",
    "Door",
    "FetchProblem",
    "Fetched",
    "TooLarge",
    "Unreached",
    "fetch",
    "open_client",
    "post",
    "read_within",
]

_NAME = "Torg"


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
        transport=CheckedTransport(door, deadline=deadline, keep_alive=keep_alive),
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
    # A name such as xn--a.no is read as one in other letters, and is none.
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise Unreached(type(error).__name__) from error
