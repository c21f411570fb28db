"""One archive in memory for a test, found by the factory that the wiring names."""

from torg.connectors.archives.testing import FakeArchive
from torg.files import commands as files
from torg.outbox.models import OutboxAct
from torg.outbox.types import Sent
from torg.records import commands, keeping
from torg.records.acting import Act
from torg.records.archive_secrets import ArchiveSecrets
from torg.records.models import ArchiveCore, Delivery, JournalEntry
from torg.records.types import CoreWanted

FACTORY = "tests.records.archive_core.make"
WANTED = CoreWanted(name="Arkivet", way="NOARK", address="https://arkiv.example/api/")
KEYS = ArchiveSecrets(username="torg", password="hemmelig")
held: list[FakeArchive] = []


def make(core: ArchiveCore, secrets: ArchiveSecrets) -> FakeArchive:
    return held[-1]


def begin(settings, **about) -> FakeArchive:
    settings.ARCHIVE_FACTORY = FACTORY
    held[:] = [FakeArchive(**about)]
    return held[0]


def complete(entry: JournalEntry, archive) -> JournalEntry:
    """Give each document a file in an archive format, as the job would."""
    act = Act(archive.archivist, archive.at)
    for document in entry.documents.all():
        stored = files.store(data=b"%PDF-1.7 " + document.public_id.bytes, claimed_type=None, at=archive.at)
        keeping.keep_file(
            document, stored.sha256, act, variant="A", puid="fmt/477", is_archival=True, file_name="samtale.pdf"
        )
    return entry


def act_of(delivery: Delivery) -> Sent:
    return OutboxAct.objects.filter(subject_id=delivery.public_id).latest("id").as_sent()


def planned(archive) -> list[Delivery]:
    commands.plan_deliveries(limit=100, by=archive.archivist, at=archive.at)
    return list(Delivery.objects.order_by("id"))
