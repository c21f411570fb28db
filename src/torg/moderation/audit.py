"""What every event of moderation carries into the log: the role of whoever acted, at the time."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from torg.audit import commands as log
from torg.audit.types import Event
from torg.core.actors import Actor
from torg.people import queries as people
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
    if isinstance(actor, Person) and "role" not in told:
        # A guest decides one complaint by name, without a role here.
        told["role"] = people.role_in(actor, scope, at=at) or "guest"
    return log.record(event, actor=actor, scope=scope, target=target, at=at, facts=told, parent=parent)


record_batch = log.record_batch


def role_of(actor: Person, scope: UUID | None, *, at: datetime) -> dict[str, int | str]:
    """The role as a fact, asked for once where one act makes many events."""
    return {"role": people.role_in(actor, scope, at=at)}
