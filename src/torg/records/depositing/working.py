"""Make an ordered package and note what came of it: what the job and the command line do."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog

from torg.core import clock
from torg.core.actors import Actor
from torg.files.queries import FileDamaged
from torg.noark.writing.tree import Refused
from torg.records import commands
from torg.records.depositing import writing
from torg.records.depositing.period import Period
from torg.records.models import Deposit
from torg.records.preservation_codes import DepositState

log = structlog.get_logger(__name__)
# What a person can mend; anything else is a fault of ours, and is told of without its words.
_TOLD = (Refused, FileDamaged, OSError)


def work(deposit_id: UUID, *, by: Actor, at: datetime) -> Deposit:
    """Write, wrap and test; a package that another has finished is left as it is."""
    row = Deposit.objects.get(public_id=deposit_id)
    if row.state != DepositState.WAITING:
        return row
    period = Period(row.starts_on, row.ends_on)
    try:
        made = writing.make(period, Path(row.folder), id=row.public_id, is_packed=row.is_packed, at=at)
    except _TOLD as problem:
        return commands.note_deposit_failed(deposit_id=deposit_id, problem=str(problem), by=by, at=clock.now())
    except Exception as fault:
        log.exception("records.deposit_failed", deposit=str(deposit_id))
        kind = type(fault).__name__
        return commands.note_deposit_failed(deposit_id=deposit_id, problem=kind, by=by, at=clock.now())
    return commands.note_deposit(deposit_id=deposit_id, made=made, by=by, at=clock.now())
