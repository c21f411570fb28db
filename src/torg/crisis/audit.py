"""Every act in an incident stands in the log as something done to the incident, so that they are its log."""

from datetime import datetime

from django.db.models import Model

from torg.audit import commands as log
from torg.audit.types import Event
from torg.core.actors import Actor


def record(event: Event, target: Model, /, *, by: Actor, at: datetime, **facts: int | str) -> None:
    """Write one event in the caller's transaction; what has no scope belongs to the municipality as a whole."""
    log.record(event, actor=by, scope=vars(target).get("scope_id"), target=target, at=at, facts=facts)
