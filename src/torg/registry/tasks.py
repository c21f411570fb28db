"""Jobs of the register: each loads ids and calls one command."""

from uuid import UUID

from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.registry import commands, exporting
from torg.registry.models import PresenceExport
from torg.registry.words import ExportState

EXPORTER = Rule("registry.exporter", "1")


@jobs.task("registry.make_export", queue="documents")
def make_export(export_id: str) -> None:
    """Make an export that was ordered."""
    exporting.make(UUID(export_id), by=EXPORTER, at=clock.now())


@jobs.periodic("registry.erase_exports", cron="50 3 * * *")
def erase_exports(timestamp: int) -> None:
    """Every night, the exports that have expired."""
    at = clock.now()
    due = PresenceExport.objects.filter(state=ExportState.READY, expires_at__lte=at)
    for export_id in due.values_list("public_id", flat=True):
        commands.erase_export(export_id=export_id, by=EXPORTER, at=at)
