"""Checking and reading deliveries of our own site."""

from collections.abc import Iterator, Mapping

from torg.connectors.board import OWN_SITE
from torg.connectors.channels.ownsite import delivery, mapping
from torg.connectors.contract import InboundEvent


class OwnSiteIntake:
    """Comments on our own site, and what is done about them there."""

    platform = OWN_SITE

    def verify(self, body: bytes, headers: Mapping[str, str], *, secret: str) -> None:
        """Check the signature over the raw bytes; raises Unsigned."""
        delivery.verify(body, headers, secret=secret)

    def parse(self, body: bytes) -> Iterator[InboundEvent]:
        """The event of a delivery; raises Unreadable before it."""
        return iter((mapping.to_event(delivery.read(body)),))
