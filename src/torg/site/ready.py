"""What is sent for one address, made once: thousands may ask for the same page in a second."""

from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Headers = list[tuple[bytes, bytes]]

NOTHING: Message = {"type": "http.response.body", "body": b""}


class Ready:
    """The two ASGI messages of each answer: compressed, plain, and that nothing has changed.

    Args:
        headers: what every answer carries, the tag too.
        etag: the tag, quoted.
        media_type: of the body.
        body: as it is.
        compressed: the body in gzip, or nothing where that is no gain.
    """

    __slots__ = ("_etag", "_packed", "_plain", "_unchanged")

    def __init__(self, headers: Headers, etag: str, media_type: str, body: bytes, compressed: bytes = b"") -> None:
        self._etag = etag
        self._plain = _whole(headers, media_type, body)
        packed = [*headers, (b"content-encoding", b"gzip")]
        gains = 0 < len(compressed) < len(body)
        self._packed = _whole(packed, media_type, compressed) if gains else self._plain
        self._unchanged = (_start(304, headers), NOTHING)

    def answer(self, scope: Scope) -> tuple[Message, Message]:
        """The start and the body for this GET or HEAD."""
        accepted = asked = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                asked = value
        if asked and matches(asked, self._etag):
            return self._unchanged
        start, body = self._packed if accepts_gzip(accepted) else self._plain
        return start, NOTHING if scope["method"] == "HEAD" else body


@lru_cache(maxsize=256)
def accepts_gzip(accepted: bytes) -> bool:
    """Whether `Accept-Encoding` names gzip without refusing it by `q=0`."""
    for offer in accepted.decode("latin-1").lower().split(","):
        name, _, weight = offer.strip().partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def matches(asked: bytes, etag: str) -> bool:
    """Whether `If-None-Match` names what we have; a proxy may have marked it as weak."""
    tags: Iterable[str] = (tag.strip().removeprefix("W/") for tag in asked.decode("latin-1").split(","))
    return any(tag in {etag, "*"} for tag in tags)


def _whole(headers: Headers, media_type: str, body: bytes) -> tuple[Message, Message]:
    told = [*headers, (b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
    return _start(200, told), {"type": "http.response.body", "body": body}


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}
