"""Write to the log, in the caller's transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils.module_loading import import_string

from torg.audit import events, leaves
from torg.audit import facts as log_facts
from torg.audit.models import SealedDetail
from torg.audit.types import Event
from torg.core import chance, ids
from torg.core.actors import Actor

SEALED = events.SEALED.name

INSERT = (
    "INSERT INTO audit_event "
    "(id, at, name, actor_kind, actor_ref, scope_id, target_kind, target_id, parent, facts) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"
)


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
    is_sealed: bool = False,
) -> UUID:
    """Write one event in the caller's transaction; returns its id.

    Args:
        event: what happened, one of the constants of a room's `events.py`.
        actor: who did it; written as kind and reference, never by name.
        scope: the scope whose people may read it; None for what concerns the whole installation.
        target: what it was done to; written as kind and public id.
        at: when, by the caller's clock.
        facts: numbers, ids and codes, the role at the time among them.
        parent: the event of the bulk act that this one belongs to.
        is_sealed: the scope is secret: the log gets a salted commitment, the scope's people the details. Whoever
            forgets to say so is asked for: what happens in a secret group is never written openly.

    Raises ValueError when a fact could be something that somebody wrote.
    """
    kind, key = log_facts.target_of(target)
    told = json.dumps(log_facts.checked(facts))
    row = _Row(ids.new(), at, event.name, actor.actor_kind, actor.actor_ref, scope, kind, key, parent, told)
    if is_sealed or (scope is not None and import_string(settings.SCOPE_IS_SEALED)(scope)):
        row = _sealed(row)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)
    return row.id


def record_batch(
    event: Event,
    /,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, int | str] | None = None,
    scope: UUID | None = None,
) -> UUID:
    """Write one event for a whole batch of intake, with counts and ids; the raw deliveries are the trace."""
    return record(event, actor=actor, scope=scope, target=None, at=at, facts=facts)


class _Row(NamedTuple):
    """An event as it is inserted: one round trip without building a model, for every command pays for it."""

    id: UUID
    at: datetime
    name: str
    actor_kind: str
    actor_ref: str
    scope_id: UUID | None
    target_kind: str
    target_id: str
    parent: UUID | None
    facts: str


def _sealed(row: _Row) -> _Row:
    """Put the row's content aside for the scope's people; returns the row that says nothing but when."""
    if row.scope_id is None:
        raise ValueError("A sealed event needs the scope whose people may read it.")
    salt, details = chance.salt(), leaves.details_of(row._asdict())
    SealedDetail.objects.create(event_id=row.id, scope_id=row.scope_id, at=row.at, salt=salt, details=details)
    commitment = json.dumps({"commitment": leaves.commitment(salt, details)})
    return _Row(row.id, row.at, SEALED, "sealed", "", None, "", "", None, commitment)
