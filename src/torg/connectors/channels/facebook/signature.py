"""Proof of who speaks: the signature of deliveries, the subscription handshake, and our own proof with each call."""

import hashlib
import hmac
from collections.abc import Mapping

from torg.connectors.contract import Unsigned

_HEADER = "x-hub-signature-256"
_PREFIX = "sha256="


def verify(body: bytes, headers: Mapping[str, str], *, secret: str) -> None:
    """Check `X-Hub-Signature-256` over the raw bytes, in constant time; raises Unsigned.

    The bytes must be those that arrived: Meta signs the escaped text (`\\u00e6`) that it sends, which parsing and
    writing again would change. The old SHA-1 header is not accepted.
    """
    given = next((value for name, value in headers.items() if name.lower() == _HEADER), "").strip()
    if not secret or not given.startswith(_PREFIX):
        raise Unsigned("the delivery carries no SHA-256 signature")
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.removeprefix(_PREFIX).lower().encode(), wanted.encode()):
        raise Unsigned("the signature does not match the delivery")


def challenge(query: Mapping[str, str], *, verify_token: str) -> str | None:
    """The bare text that answers Facebook's subscription handshake, or None when the request is not theirs."""
    if query.get("hub.mode") != "subscribe" or not verify_token:
        return None
    if not hmac.compare_digest(query.get("hub.verify_token", "").encode(), verify_token.encode()):
        return None
    return query.get("hub.challenge")


def appsecret_proof(token: str, *, secret: str) -> str:
    """Shows Graph that the caller of a token also knows the application's secret."""
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
