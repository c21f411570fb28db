"""Jobs of the media library."""

import structlog

from torg.connectors.services.clamav import ScanProblem
from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.files.queries import FileDamaged
from torg.media import commands, following, scanning
from torg.media.models import Medium
from torg.media.types import ScanState

SCANNER = Rule("media.virus-scan", "1")
KEEPER = Rule("media.keeper", "1")
AT_ONCE = 20

log = structlog.get_logger(__name__)


@jobs.task("media.search_for_viruses", queue="media", retry=False)
def search_for_viruses(medium_id: int) -> None:
    """Let the scanner look through one medium; without a verdict it waits, and cannot be published."""
    medium = Medium.objects.get(pk=medium_id)
    if medium.scan_state not in {ScanState.WAITING, ScanState.NO_SCANNER} or not scanning.is_on():
        return
    try:
        verdict = scanning.verdict_on(medium)
    except (ScanProblem, FileDamaged) as problem:
        log.warning("media.not_searched", medium=str(medium.public_id), problem=type(problem).__name__)
        return
    commands.note_scan(medium_id=medium.public_id, verdict=verdict, by=SCANNER, at=clock.now())


@jobs.periodic("media.search_leftovers", cron="*/5 * * * *", queue="media")
def search_leftovers(timestamp: int) -> None:
    """Search again what got no verdict, and what was added before there was a scanner."""
    if scanning.is_on():
        for medium_id in following.unsearched(limit=AT_ONCE):
            search_for_viruses(medium_id=medium_id)


@jobs.periodic("media.follow_up_ends", cron="10 4 * * *")
def follow_up_ends(timestamp: int) -> None:
    """Each night: consents and rights whose last day has passed lead to tasks."""
    at = clock.now()
    for consent_id in following.ended_consents(at=at):
        commands.end_consent(consent_id=consent_id, by=KEEPER, at=at)
    for medium_id in following.ended_rights(at=at):
        commands.end_rights(medium_id=medium_id, by=KEEPER, at=at)
