"""Checking and reading deliveries; needs no access and no network."""

import json
from collections.abc import Iterator, Mapping

from torg.connectors.channels.facebook import mapping, signature
from torg.connectors.contract import InboundEvent, Unreadable


class FacebookIntake:
    """Webhook deliveries of Pages and Messenger."""

    platform = "facebook"

    def verify(self, body: bytes, headers: Mapping[str, str], *, secret: str) -> None:
        """Check the signature over the raw bytes; raises Unsigned."""
        signature.verify(body, headers, secret=secret)

    def parse(self, body: bytes) -> Iterator[InboundEvent]:
        """The normalised events; one that we do not understand is kept as unknown.

        Raises Unreadable, before the first event, for what is not JSON and for JSON that is not an object.
        """
        return mapping.events_of(_delivery(body))

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        """The answer to the subscription handshake, or None to refuse it."""
        return signature.challenge(query, verify_token=verify_token)


def _delivery(body: bytes) -> dict[str, object]:
    try:
        # Control characters inside a string are against the letter of JSON, and no reason to lose what was written.
        found = json.loads(body, strict=False, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is not JSON") from error
    if not isinstance(found, dict):
        raise Unreadable("this is JSON, but not an object")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
