"""What an archivist writes in by hand, as a snapshot: an internal document or a proposal, with its files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from torg.core import ids
from torg.files import commands as files
from torg.people.models import Person
from torg.records.types import Attached, Author, Captured, Snapshot, Subject, Titles, Version

SUBJECT = "records.internal"
CHANNEL = "internal"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was uploaded."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Written:
    """An internal document to be registered.

    Attributes:
        entry_type: INTERNAL_FOLLOWED_UP, INTERNAL or PROPOSAL of `codes.EntryType`.
        titles: both titles.
        text: the document itself.
        document_on: its own date.
        recipient: the unit or colleague that it is for; empty for nobody.
        due_on: when it is to be followed up.
        uploads: files that belong to it.
    """

    entry_type: str
    titles: Titles
    text: str = field(repr=False)
    document_on: date
    recipient: str = ""
    due_on: date | None = None
    uploads: Sequence[Upload] = ()


def snapshot_of(written: Written, *, scope_id: UUID, place: str, by: Person, at: datetime) -> Snapshot:
    """The document as it is captured; its files are stored on the way."""
    number = ids.new()
    author = Author(by.name, None, role="ARCHIVIST", is_own=True)
    item = Captured(
        id=str(number),
        kind="letter",
        author=author,
        versions=(Version(1, written.text, at, at),),
        posted_at=at,
        received_at=at,
        state="",
        attachments=tuple(_attached(upload, at) for upload in written.uploads),
    )
    return Snapshot(
        subject=Subject(SUBJECT, number),
        scope_id=scope_id,
        title=written.titles.full,
        channel=CHANNEL,
        place=place,
        taken_at=at,
        items=(item,),
    )


def _attached(upload: Upload, at: datetime) -> Attached:
    stored = files.store(data=upload.data, claimed_type=None, at=at)
    return Attached("file", upload.name[:200], stored.sha256, stored.media_type, state="STORED")
