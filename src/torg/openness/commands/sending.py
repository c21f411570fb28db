"""What eInnsyn has taken."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.openness import events, sending
from torg.openness.models import PublicEntry
from torg.openness.types import PublicationState


@transaction.atomic
def note_sent(*, public_entry_id: UUID, einnsyn_id: str, by: Actor, at: datetime) -> PublicEntry:
    """Write down under which id eInnsyn has the entry; empty when it no longer has it."""
    rows = PublicEntry.objects.select_for_update(of=("self",)).select_related("entry__case_file")
    row: PublicEntry = rows.get(public_id=public_entry_id)
    row.einnsyn_id = einnsyn_id
    row.save(update_fields=["einnsyn_id"])
    facts: dict[str, int | str] = {"is_there": int(bool(einnsyn_id))}
    audit.record(events.SENT_TO_EINNSYN, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)
    if (row.state == PublicationState.PUBLISHED) != bool(einnsyn_id):
        sending.plan(row, at=at)
    return row
