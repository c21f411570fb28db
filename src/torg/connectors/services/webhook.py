"""Outgoing webhooks: one signed POST, and how the receiver checks it."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from torg.connectors.services.fetch import Door, post

# An answer's body is of no interest; a page of it is more than enough.
_MAX_ANSWER_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the receiver answered; `accepted` is true for 2xx only."""

    status: int
    accepted: bool


def signature(body: bytes, *, secret: str, at: datetime) -> str:
    """The value of `Torg-Signature`: `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`.

    The time is inside the signed bytes, so that a receiver can refuse an old delivery that somebody repeats.
    """
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def deliver(
    url: str, *, body: bytes, secret: str, delivery_id: str, at: datetime, allow_loopback: bool = False
) -> Delivered:
    """Send one delivery; raises fetch.FetchProblem (Blocked, TooLarge, Unreached).

    `delivery_id` is the same at each repetition: the receiver drops what it has seen.
    """
    answer = post(
        url,
        door=Door(allow_loopback=allow_loopback, max_bytes=_MAX_ANSWER_BYTES, max_seconds=10),
        body=body,
        headers={
            "Content-Type": "application/json",
            "Torg-Delivery": delivery_id,
            "Torg-Signature": signature(body, secret=secret, at=at),
        },
    )
    return Delivered(status=answer.status, accepted=200 <= answer.status < 300)
