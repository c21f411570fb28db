"""Jobs of triage: each calls one command."""

from uuid import UUID

from torg.core import clock, jobs
from torg.triage import commands
from torg.triage.types import LISTS

AT_ONCE = 500


@jobs.task("triage.reread_links")
def reread_links(change_id: str, before: int) -> None:
    """Hold what was written lately against the lists again, some at a time; the next job goes on from there."""
    reached = commands.reread_links(
        change_id=UUID(change_id), before=before or None, limit=AT_ONCE, by=LISTS, at=clock.now()
    )
    if reached is not None:
        jobs.enqueue("triage.reread_links", change_id=change_id, before=reached)
