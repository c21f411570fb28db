"""Jobs of the media library."""

import structlog

from torg.connectors.services.clamav import ScanProblem
from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.core.errors import NotFound
from torg.files.queries import FileDamaged
from torg.media import commands, following, keeping, scanning, sizing
from torg.media.models import Medium
from torg.media.types import ScanState

SCANNER = Rule("media.virus-scan", "1")
KEEPER = Rule("media.keeper", "1")
MAKER = Rule("media.sizes", "1")
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


@jobs.task("media.make_sizes", queue="media", retry=False)
def make_sizes() -> None:
    """Make all films ready that wait, one after another; nothing when somebody else is at it."""
    with sizing.alone() as is_ours:
        while is_ours and (size := sizing.next_waiting()) is not None:
            made = sizing.make(size, at=clock.now())
            try:
                commands.note_size(size_id=size.pk, made=made, by=MAKER, at=clock.now())
            except NotFound:
                # The film was deleted meanwhile, and what was made of it goes the same way.
                keeping.drop(made.sha256, by=MAKER, at=clock.now())


@jobs.periodic("media.make_sizes_left", cron="*/5 * * * *", queue="media")
def make_sizes_left(timestamp: int) -> None:
    """Go on with what a worker that died has left, and with films from before there were sizes."""
    for medium in following.films_without_sizes():
        sizing.ask_for(medium, at=clock.now())
    make_sizes()


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
