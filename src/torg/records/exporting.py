"""Gather an export that was ordered, and note what came of it: what the job does."""

from datetime import datetime
from uuid import UUID

import structlog

from torg.core.actors import Actor
from torg.records import commands, party_file
from torg.records.models import PartyExport
from torg.records.preservation_codes import ExportState

log = structlog.get_logger(__name__)


def make(export_id: UUID, *, by: Actor, at: datetime) -> PartyExport:
    """Gather with the right of whoever ordered it, as it is now; one that is made already stays as it is."""
    row = PartyExport.objects.select_related("ordered_by").get(public_id=export_id)
    if row.state != ExportState.WAITING:
        return row
    try:
        found = party_file.gathered(row, by=row.ordered_by, at=at)
    except Exception:
        # Whoever ordered it must learn that it will not come; the cause is in the log.
        log.exception("records.party_export_failed", export=str(export_id))
        return commands.note_party_export_failed(export_id=export_id, by=by, at=at)
    return commands.note_party_export(export_id=export_id, data=found.data, counts=found.counts, by=by, at=at)
