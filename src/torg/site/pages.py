"""Answers public addresses before Django, from copies on this machine: also while PostgreSQL is stopped."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from torg.site import embedding, files
from torg.site.addresses import OEMBED
from torg.site.copies import PICTURES, Copies, Copy
from torg.site.ready import Headers, Message, Ready, Scope

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; script-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors {}"
)
SECURITY: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
# Kept by browsers, but asked about each time: a page that is withdrawn is gone at once.
CACHE = b"no-cache"
# An address that holds the digest of its bytes never gets other bytes.
FOR_GOOD = b"public, max-age=31536000, immutable"
NOT_FOUND = "/not-found/"
# Shown in place of a page that Django cannot make while the database is away.
AWAY = {"nb": "/away/nb/", "nn": "/away/nn/", "en": "/away/en/"}
NOT_ADDRESSES = frozenset({NOT_FOUND, *AWAY.values()})
NEEDS_DATABASE = re.compile(r"/(?:(nb|nn|en)/)?(?:sok|search|kommentar|postliste|innsyn|meld|klage)/")
# The public journal is for people: search engines must not gather names from it (offentlegforskrifta § 7).
NOT_FOR_ROBOTS = re.compile(r"(/(nb|nn|en))?/(postliste|innsyn)/")
# Programs on other web sites may read these: they hold nothing but what is public.
FOR_PROGRAMS = re.compile(r"(/data/|/oembed/|.*\.(xml|json)$)")


class StoredPages:
    """A bare ASGI application in front of `then`; without `then` it answers 404 with the stored page for it.

    Args:
        folder: where this machine keeps its copies.
        then: what answers the rest.
        headers: what every answer from here carries besides, such as the order to come by TLS only.
    """

    def __init__(self, folder: Path, *, then: Application | None = None, headers: Headers | None = None) -> None:
        self.copies = Copies(folder)
        self._then = then
        self._headers = headers or []
        self._ready: dict[str, Ready] = {}
        self._pages: Mapping[str, Copy] = self.copies.load()

    def show(self, pages: Mapping[str, Copy]) -> None:
        """Serve these from the next request on."""
        # What is the same as before keeps its answers.
        kept = {path: ready for path, ready in self._ready.items() if pages.get(path) == self._pages.get(path)}
        self._pages, self._ready = pages, kept

    @property
    def pages(self) -> Mapping[str, Copy]:
        """What is being served, by path."""
        return self._pages

    def find(self, scope: Scope) -> tuple[Message, Message] | None:
        """The answer to an HTTP request for a page that is held in memory; None for anything else."""
        path = scope["path"]
        if scope["method"] not in {"GET", "HEAD"}:
            return None
        if path == OEMBED:
            return self._embedded(scope)
        ready = self._ready.get(path) or self._made_ready(path)
        return ready.answer(scope) if ready else None

    def _embedded(self, scope: Scope) -> tuple[Message, Message]:
        status, media_type, body = embedding.answer(scope.get("query_string", b""), self._pages)
        headers = [*_plain_headers(media_type, body), (b"access-control-allow-origin", b"*"), *self._headers]
        start = {"type": "http.response.start", "status": int(status), "headers": headers}
        return start, {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return None if self._then is None else await self._then(scope, receive, send)
        found = self.find(scope)
        if found is not None:
            return await _send_both(send, *found)
        if await self._found_on_disk(scope, receive, send):
            return None
        if scope["method"] in {"GET", "HEAD"} and f"{scope['path']}/" in self._pages:
            return await _send(send, 308, [(b"location", f"{scope['path']}/".encode())], b"")
        if self._then is None:
            return await self._absent(scope, send)
        needs = NEEDS_DATABASE.match(scope["path"])
        if needs is not None:
            send = self._or_away(send, scope, needs[1] or "")
        return await self._then(scope, receive, send)

    def _made_ready(self, path: str) -> Ready | None:
        copy = self._pages.get(path)
        if copy is None or copy.is_on_disk or path in NOT_ADDRESSES:
            return None
        headers = [*headers_of(copy), *self._headers]
        self._ready[path] = Ready(headers, copy.etag, copy.media_type, copy.body, copy.compressed)
        return self._ready[path]

    async def _found_on_disk(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer with a picture, film or sound, where there is one: browsers keep them, so memory need not."""
        copy = self._pages.get(scope["path"])
        if copy is None or not copy.is_on_disk or scope["method"] not in {"GET", "HEAD"}:
            return False
        kept = self.copies.kept(copy.path)
        if kept is None:
            return False
        await files.answer(kept, [*headers_of(copy), *self._headers], scope, receive, send)
        return True

    async def _absent(self, scope: Scope, send: Send) -> None:
        copy = self._pages.get(NOT_FOUND)
        body = copy.body if copy else b"Not found"
        kind = copy.media_type if copy else "text/plain"
        await _send(send, 404, _plain_headers(kind, body), b"" if scope["method"] == "HEAD" else body)

    def _or_away(self, send: Send, scope: Scope, language: str) -> Send:
        """Sends on what Django answers; where the database was away, the stored page that says so."""
        copy = self._pages.get(AWAY.get(language, "")) or self._pages.get(AWAY["nb"])
        replaced = False

        async def instead(message: MutableMapping[str, Any]) -> None:
            nonlocal replaced
            if copy is not None and message["type"] == "http.response.start" and message["status"] == 503:
                replaced = True
                headers = [*_plain_headers(copy.media_type, copy.body), (b"retry-after", b"60")]
                await _send(send, 503, headers, b"" if scope["method"] == "HEAD" else copy.body)
            elif not replaced:
                await send(message)

        return instead


def headers_of(copy: Copy) -> Headers:
    """What every answer with this page carries."""
    policy = POLICY.format(copy.frame_ancestors or "'none'").encode()
    cache = FOR_GOOD if copy.path.startswith(PICTURES) else CACHE
    headers = [(b"content-security-policy", policy), *SECURITY, (b"etag", copy.etag.encode())]
    headers += [(b"cache-control", cache), (b"vary", b"Accept-Encoding")]
    if NOT_FOR_ROBOTS.match(copy.path):
        headers.append((b"x-robots-tag", b"noindex, nofollow"))
    elif FOR_PROGRAMS.match(copy.path):
        headers.append((b"access-control-allow-origin", b"*"))
    return headers


def _plain_headers(media_type: str, body: bytes) -> Headers:
    policy = (b"content-security-policy", POLICY.format("'none'").encode())
    length = (b"content-length", str(len(body)).encode())
    return [policy, *SECURITY, (b"cache-control", b"no-store"), (b"content-type", media_type.encode()), length]


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send_both(send: Send, start: Message, body: Message) -> None:
    await send(start)
    await send(body)
