"""What every event of the inbox carries into the log: the role of whoever acted."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from torg.audit import commands as log
from torg.audit.types import Event
from torg.core.actors import Actor
from torg.inbox import queries
from torg.people.models import Person


def record(
    event: Event,
    /,
    *,
    actor: Actor,
    scope: UUID | None,
    target: Model | None,
    at: datetime,
    facts: Mapping[str, int | str] | None = None,
    parent: UUID | None = None,
) -> UUID:
    """Write one event in the caller's transaction, as `torg.audit.commands.record` does; returns its id."""
    told = dict(facts or {})
    if isinstance(actor, Person):
        told["role"] = queries.role_of(actor, scope, at=at)
    return log.record(
        event,
        actor=actor,
        scope=scope,
        target=target,
        at=at,
        facts=told,
        parent=parent,
    )


record_batch = log.record_batch
