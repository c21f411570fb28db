"""Fiks Arkiv's message types, and a message on its way out or in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO, Protocol
from uuid import UUID

_PROTOCOL = "no.ks.fiks.arkiv.v1"
CREATE = f"{_PROTOCOL}.arkivering.arkivmelding.opprett"
UPDATE = f"{_PROTOCOL}.arkivering.arkivmelding.oppdater"
CREATE_RECEIVED, UPDATE_RECEIVED = f"{CREATE}.mottatt", f"{UPDATE}.mottatt"
CREATE_RECEIPT, UPDATE_RECEIPT = f"{CREATE}.kvittering", f"{UPDATE}.kvittering"
INVALID = f"{_PROTOCOL}.feilmelding.ugyldigforespoersel"
SERVER_FAULT = f"{_PROTOCOL}.feilmelding.serverfeil"
NOT_FOUND = f"{_PROTOCOL}.feilmelding.ikkefunnet"
# The published list names the failures of a create message once without the second s; cores may do the same.
FAILURES = {
    name: lasting
    for name, lasting in ((INVALID, True), (SERVER_FAULT, False), (NOT_FOUND, True))
    for name in (name, name.replace(".fiks.", ".fik."))
}

# The protocol fixes the names of the payload.
PAYLOAD = "arkivmelding.xml"
RECEIPT_PAYLOAD = "arkivmelding-kvittering.xml"
FAILURE_PAYLOAD = "feilmelding.xml"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a message; `sha256` is what its bytes must have, where that is known."""

    name: str
    media_type: str
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    sha256: str = ""

    @classmethod
    def of(cls, name: str, media_type: str, content: bytes) -> "Part":
        """A part whose bytes are at hand."""
        return cls(name, media_type, lambda: BytesIO(content))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to hand over; `id` is the client's message id (klientMeldingId)."""

    id: UUID
    type: str
    system: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer: what it answers (by our message id), and its only payload, where it has one."""

    handle: str
    type: str
    answers: UUID | None
    payload: bytes | None = field(default=None, repr=False)


class Unreadable(Exception):
    """An answer is damaged or not what the protocol says; the text is for an operator."""


class Transport(Protocol):
    """How messages are handed to whoever carries them to the archive, and how answers come back."""

    def put(self, message: Outgoing) -> None:
        """Hand it over whole or not at all; a second time it changes nothing. Raises Temporary or Refused."""

    def has(self, id: UUID) -> bool:
        """Whether this message has been handed over."""

    def answers(self) -> Iterator[Incoming | tuple[str, Unreadable]]:
        """Answers not yet acknowledged, oldest first; a damaged one as its handle with what is wrong."""

    def answers_to(self, id: UUID) -> Iterator[Incoming]:
        """All that has come in answer to one message, acknowledged or not, oldest first."""

    def acknowledge(self, handle: str) -> None:
        """Lay an answer aside; twice changes nothing."""

    def check(self) -> str:
        """What stands there, without changing anything; raises Temporary."""
