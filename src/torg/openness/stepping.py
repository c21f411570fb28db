"""How a public entry takes a step, inside a command: its state, its history, and its day on the site."""

from datetime import datetime

from torg.core.actors import Actor
from torg.openness.models import JournalDay, PublicationChange, PublicEntry
from torg.openness.types import PublicationState
from torg.records import actors


def step(row: PublicEntry, state: PublicationState, *, because: str, by: Actor, at: datetime) -> None:
    """Take the step and save; raises InvalidTransition for one that does not follow."""
    row.move_to(state)
    row.because = because
    if state == PublicationState.PUBLISHED:
        row.published_at = at
    if state != PublicationState.PROPOSED:
        row.reviewed_by, row.reviewed_at = actors.told(by), at
    row.save()
    remember(row, by=by, at=at)


def remember(row: PublicEntry, *, by: Actor, at: datetime) -> None:
    """Write the row as it stands into its history, and let the site draw its day anew."""
    PublicationChange.objects.create(
        scope_id=row.scope_id,
        public_entry=row,
        state=row.state,
        title=row.title,
        case_title=row.case_title,
        parties=row.parties,
        ground=row.ground,
        because=row.because,
        made_by=actors.told(by),
        made_at=at,
    )
    JournalDay.objects.update_or_create(day=row.day, defaults={"is_stale": True})


def facts(row: PublicEntry) -> dict[str, int | str]:
    """What the log is told of a step."""
    return {"state": row.state, "findings": len(row.findings)}
