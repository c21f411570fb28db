"""Jobs of the records room: each loads ids and calls one command."""

from uuid import UUID

from django.conf import settings

from torg.connectors.contract import ChannelError
from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.records import collecting, commands, deliveries, exporting, variants
from torg.records.acting import GATHERER
from torg.records.depositing import working
from torg.records.models import Disposal, JournalEntry, PartyExport
from torg.records.outbound import DELIVERER
from torg.records.preservation_codes import DisposalState, ExportState

MAKER = Rule("records.maker", "1")
DEPOSITOR = Rule("records.depositor", "1")
DISPOSER = Rule("records.disposer", "1")
INDEXER = Rule("records.indexer", "1")
EXPORTER = Rule("records.exporter", "1")
WATCHER = Rule("records.watcher", "1")
AT_ONCE = 200


@jobs.periodic("records.gather", cron="* * * * *")
def gather(timestamp: int) -> None:
    """Every minute, each kind of subject until its source has nothing more."""
    for kind in settings.RECORD_SOURCES:
        while commands.gather(kind=kind, limit=AT_ONCE, by=GATHERER, at=clock.now()):
            continue
    for kind in settings.STATED_RECORD_SOURCES:
        while commands.gather_hidden(kind=kind, limit=AT_ONCE, by=GATHERER, at=clock.now()):
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


@jobs.periodic("records.convert_overlooked", cron="35 2 * * *", queue="documents")
def convert_overlooked(timestamp: int) -> None:
    """Every night, what waits for an archive format: a program that was installed since may convert it."""
    at = clock.now()
    for document in deliveries.overlooked_by_converters().iterator():
        for made in variants.converted(document, at=at):
            commands.keep_variant(entry_id=document.entry.public_id, made=made, by=MAKER, at=at)


@jobs.periodic("records.deliver", cron="* * * * *")
def deliver(timestamp: int) -> None:
    """Every minute, plan what is ready for the archive, go on after a crash, and take in what it has answered."""
    core, at = deliveries.archive_in_force(), clock.now()
    if core is None:
        return
    collecting.go_on_after_crashes(by=DELIVERER, at=at)
    while commands.plan_deliveries(limit=AT_ONCE, by=DELIVERER, at=at) == AT_ONCE:
        continue
    try:
        collecting.collect_answers(core, by=DELIVERER, at=at)
    except ChannelError as error:
        commands.note_core_trouble(core_id=core.public_id, error=error, by=DELIVERER, at=at)


@jobs.periodic("records.look_after_archive", cron="*/5 * * * *")
def look_after_archive(timestamp: int) -> None:
    """Every five minutes, try an archive that was away."""
    core = deliveries.archive_in_force()
    if core is not None:
        collecting.look_after(core, by=DELIVERER, at=clock.now())


@jobs.periodic("records.compare_archive", cron="17 4 * * *")
def compare_archive(timestamp: int) -> None:
    """Every night, find what is missing on either side."""
    core, at = deliveries.archive_in_force(), clock.now()
    if core is None:
        return
    try:
        collecting.compare(core, by=DELIVERER, at=at)
    except ChannelError as error:
        commands.note_core_trouble(core_id=core.public_id, error=error, by=DELIVERER, at=at)


@jobs.task("records.write_deposit", queue="documents")
def write_deposit(deposit_id: str) -> None:
    """Write a deposit package that was ordered, and test it."""
    working.work(UUID(deposit_id), by=DEPOSITOR, at=clock.now())


@jobs.periodic("records.propose_disposals_nightly", cron="5 2 * * *")
def propose_disposals_nightly(timestamp: int) -> None:
    """Every night, what the rules of disposal allow from today on."""
    commands.propose_disposals(limit=AT_ONCE, by=DISPOSER, at=clock.now())


@jobs.task("records.propose_disposals")
def propose_disposals() -> None:
    """What a rule that was just approved allows."""
    commands.propose_disposals(limit=AT_ONCE, by=DISPOSER, at=clock.now())


@jobs.task("records.dispose", queue="documents")
def dispose() -> None:
    """Remove the files of what a person has decided, one entry a transaction."""
    decided = Disposal.objects.filter(state=DisposalState.DECIDED).order_by("id")
    for disposal_id in decided.values_list("public_id", flat=True):
        commands.dispose(disposal_id=disposal_id, by=DISPOSER, at=clock.now())


@jobs.periodic("records.index_captures", cron="* * * * *")
def index_captures(timestamp: int) -> None:
    """Every minute, make searchable what was captured."""
    while commands.index_captures(limit=AT_ONCE, by=INDEXER, at=clock.now()) == AT_ONCE:
        continue


@jobs.periodic("records.index_overlooked", cron="25 3 * * *")
def index_overlooked(timestamp: int) -> None:
    """Every night, what was captured and is not searchable, however that came about."""
    while commands.index_captures(limit=AT_ONCE, by=INDEXER, at=clock.now(), from_start=True) == AT_ONCE:
        continue


@jobs.task("records.make_party_export", queue="documents")
def make_party_export(export_id: str) -> None:
    """Gather all that is held about somebody."""
    exporting.make(UUID(export_id), by=EXPORTER, at=clock.now())


@jobs.periodic("records.erase_exports", cron="20 * * * *")
def erase_exports(timestamp: int) -> None:
    """Every hour, the exports that have expired."""
    at = clock.now()
    due = PartyExport.objects.filter(expires_at__lte=at).exclude(state=ExportState.EXPIRED)
    for export_id in due.values_list("public_id", flat=True):
        commands.erase_party_export(export_id=export_id, by=EXPORTER, at=at)


@jobs.periodic("records.alarm_of_broken_files", cron="*/30 * * * *")
def alarm_of_broken_files(timestamp: int) -> None:
    """Every half hour, tell the archivists of files that were found broken since they were told last."""
    commands.alarm_of_broken_files(by=WATCHER, at=clock.now())
