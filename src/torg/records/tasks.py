"""Jobs of the records room: each loads ids and calls one command."""

from uuid import UUID

from django.conf import settings

from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.records import commands, variants
from torg.records.models import JournalEntry

GATHERER = Rule("records.gatherer", "1")
MAKER = Rule("records.maker", "1")
AT_ONCE = 200


@jobs.periodic("records.gather", cron="* * * * *")
def gather(timestamp: int) -> None:
    """Every minute, each kind of subject until its source has nothing more."""
    for kind in settings.RECORD_SOURCES:
        while commands.gather(kind=kind, limit=AT_ONCE, by=GATHERER, at=clock.now()):
            continue


@jobs.periodic("records.gather_overlooked", cron="41 3 * * *")
def gather_overlooked(timestamp: int) -> None:
    """Every night, what no assessment tells of, however that came about."""
    for kind in settings.RECORD_SOURCES:
        while commands.gather_overlooked(kind=kind, limit=AT_ONCE, by=GATHERER, at=clock.now()):
            continue


@jobs.task("records.apply_rules")
def apply_rules() -> None:
    """Let a rule that was switched on decide what waits."""
    after = 0
    while after := commands.apply_rules(limit=AT_ONCE, after=after, by=GATHERER, at=clock.now()):
        continue


@jobs.task("records.make_variants", queue="documents")
def make_variants(entry_id: str) -> None:
    """Make what an entry's documents lack: one that fails is tried again, and the others are kept."""
    at = clock.now()
    entry = JournalEntry.objects.select_related("case_file").get(public_id=UUID(entry_id))
    for made in variants.missing(entry, at=at):
        commands.keep_variant(entry_id=entry.public_id, made=made, by=MAKER, at=at)
