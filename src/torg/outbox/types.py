"""What is asked of the outbox, and what a handler of acts must be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from torg.connectors.contract import Done, Match

CODE = re.compile(r"[a-z][a-z0-9_.-]*")
JSON = str | int | float | bool | None | Sequence["JSON"] | Mapping[str, "JSON"]


@dataclass(frozen=True, slots=True)
class Planned:
    """An act toward the outside that should happen once.

    `serial_key` names what acts must stand in line for (one thread, one post); `subject_kind` and `subject_id`
    whom the outcome concerns (`inbox.answer`). `place` is how people call where it goes ("Facebook").
    """

    handler: str
    kind: str
    scope_id: UUID
    serial_key: str
    subject_kind: str
    subject_id: UUID
    payload: Mapping[str, JSON] = field(repr=False)
    not_before: datetime | None = None
    place: str = ""

    def __post_init__(self) -> None:
        # These stand in the log; found out when planned, and not when the answer must be written down.
        for name in (self.handler, self.kind, self.subject_kind):
            if not CODE.fullmatch(name):
                raise ValueError(f"“{name}” must be a code in lower case, such as private-reply or inbox.answer.")


@dataclass(frozen=True, slots=True)
class Sent:
    """An act as its handler and its subject's owner see it."""

    public_id: UUID
    scope_id: UUID
    handler: str
    kind: str
    serial_key: str
    subject_kind: str
    subject_id: UUID
    payload: Mapping[str, Any] = field(repr=False)
    place: str
    state: str
    attempts: int
    planned_at: datetime
    sending_at: datetime | None
    finished_at: datetime | None
    external_id: str
    permalink: str
    error_class: str
    error_code: str
    error_reason: str = field(repr=False)
    next_step: str


class Handler(Protocol):
    """Carries out one kind of act; named by dotted path in `settings.OUTBOX_HANDLERS`. A module will do."""

    def perform(self, act: Sent) -> Done:
        """Do it once; raises one of the ten errors of `torg.connectors.contract`."""

    def look(self, act: Sent, since: datetime) -> Sequence[Match]:
        """What out there may be this act, done after `since`; changes nothing."""

    def on_outcome(self, act: Sent, at: datetime) -> None:
        """Told of each new state, in the transaction that writes it."""
