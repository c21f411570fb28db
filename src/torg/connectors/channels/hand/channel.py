"""The channel of a place without an API: it tells nothing by itself, and every act is done by a person there."""

from collections.abc import Sequence
from datetime import datetime

from torg.connectors.channels.hand.written import PLATFORM
from torg.connectors.contract import (
    Act,
    Capabilities,
    Cursor,
    Done,
    Health,
    Match,
    PlatformState,
    Polled,
    Refused,
)


class HandChannel:
    """Nothing can be asked of it, and it says so: no act passes silently."""

    platform = PLATFORM

    def capabilities(self) -> Capabilities:
        """None: there is no API."""
        return Capabilities()

    def perform(self, act: Act) -> Done:
        """Raises Refused: a person must do it on the platform."""
        raise Refused("There is no API here: do it on the platform.")

    def look(self, act: Act, *, since: datetime) -> Sequence[Match]:
        """Nothing that we have done ourselves."""
        return ()

    def state_of(self, external_id: str) -> PlatformState:
        """We cannot see it from here."""
        return PlatformState.UNREACHABLE

    def poll(self, cursor: Cursor) -> Polled:
        """Nothing more than what people write down."""
        return Polled((), cursor, is_last=True)

    def object_types(self) -> tuple[str, ...]:
        """None to poll."""
        return ()

    def health(self) -> Health:
        """Always the same: there is no access to lose."""
        nothing: frozenset[str] = frozenset()
        return Health(None, nothing, nothing, nothing, nothing)

    def subscribe(self) -> None:
        """There is nothing to subscribe to."""

    def unsubscribe(self) -> None:
        """There is no subscription to end."""

    def author_name(self, author_id: str) -> str | None:
        """Only what was written down."""
        return None
