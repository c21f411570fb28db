"""Answers public addresses before Django, from copies on this machine: also while PostgreSQL is stopped."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from torg.site.copies import Copies, Copy

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; script-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY: Headers = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
# Kept by browsers, but asked about each time: a page that is withdrawn is gone at once.
CACHE = b"no-cache"
NOT_FOUND = "/not-found/"
# The public journal is for people: search engines must not gather names from it (offentlegforskrifta § 7).
NOT_FOR_ROBOTS = re.compile(r"(/(nb|nn|en))?/(postliste|innsyn)/")


class StoredPages:
    """A bare ASGI application in front of `then`; without `then` it answers 404 with the stored page for it."""

    def __init__(self, folder: Path, *, then: Application | None = None) -> None:
        self.copies = Copies(folder)
        self._then = then
        self._pages: Mapping[str, Copy] = self.copies.load()

    def show(self, pages: Mapping[str, Copy]) -> None:
        """Serve these from the next request on."""
        self._pages = pages

    @property
    def pages(self) -> Mapping[str, Copy]:
        """What is being served, by path."""
        return self._pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            copy = self._pages.get(scope["path"])
            if copy is not None and copy.path != NOT_FOUND:
                return await self._answer(scope, send, copy)
            if f"{scope['path']}/" in self._pages:
                return await _send(send, 308, [(b"location", f"{scope['path']}/".encode())], b"")
        if self._then is not None:
            return await self._then(scope, receive, send)
        return await self._absent(scope, send)

    async def _answer(self, scope: Scope, send: Send, copy: Copy) -> None:
        asked = dict(scope["headers"])
        headers = headers_of(copy)
        if matches(asked.get(b"if-none-match", b""), copy.etag):
            return await _send(send, 304, headers, b"")
        body, encoding = chosen(copy, asked.get(b"accept-encoding", b""))
        headers += [
            *encoding,
            (b"content-type", copy.media_type.encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        return await _send(send, 200, headers, b"" if scope["method"] == "HEAD" else body)

    async def _absent(self, scope: Scope, send: Send) -> None:
        if scope["type"] != "http":
            return
        copy = self._pages.get(NOT_FOUND)
        body = copy.body if copy else b"Not found"
        kind = copy.media_type.encode() if copy else b"text/plain"
        headers = [*SECURITY, (b"content-type", kind), (b"content-length", str(len(body)).encode())]
        await _send(send, 404, headers, b"" if scope["method"] == "HEAD" else body)


def headers_of(copy: Copy) -> Headers:
    """What every answer with this page carries."""
    headers = [*SECURITY, (b"etag", copy.etag.encode()), (b"cache-control", CACHE), (b"vary", b"Accept-Encoding")]
    return [*headers, (b"x-robots-tag", b"noindex, nofollow")] if NOT_FOR_ROBOTS.match(copy.path) else headers


def chosen(copy: Copy, accepted: bytes) -> tuple[bytes, Headers]:
    """The bytes that this browser can read, compressed where that is smaller."""
    if accepts_gzip(accepted.decode("latin-1")) and len(copy.compressed) < len(copy.body):
        return copy.compressed, [(b"content-encoding", b"gzip")]
    return copy.body, []


def accepts_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` names gzip without refusing it by `q=0`."""
    for offer in accepted.lower().split(","):
        name, _, weight = offer.strip().partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def matches(asked: bytes, etag: str) -> bool:
    """Whether `If-None-Match` names what we have; a proxy may have marked it as weak."""
    tags: Iterable[str] = (tag.strip().removeprefix("W/") for tag in asked.decode("latin-1").split(","))
    return any(tag in {etag, "*"} for tag in tags)


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
