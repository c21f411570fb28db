"""Which forms of an entry's documents are missing, and their bytes; reads only, and takes its time.

Making a document takes seconds, so nothing here runs inside a transaction: the job makes, then a command keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from torg.files import queries as files
from torg.people import queries as people
from torg.records import queries, wording
from torg.records.codes import DocumentRole, RestrictionTarget, Variant
from torg.records.documents.converting import to_archive_format
from torg.records.documents.rendering import render
from torg.records.documents.types import Document, Passage, Redactions
from torg.records.models import Capture, DocumentObject, JournalEntry, RecordDocument, Restriction
from torg.records.types import Snapshot

PDF, PDF_A_2A = "application/pdf", "fmt/476"


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made for a document; `described` are the fields of its row."""

    document: RecordDocument
    data: bytes = field(repr=False)
    described: dict[str, object] = field(repr=False)


def missing(entry: JournalEntry, *, at: datetime) -> Iterator[Made]:
    """Everything that the entry's documents lack: archive forms, and a redacted copy where a part is restricted."""
    for document in entry.documents.order_by("number"):
        if document.role == DocumentRole.MAIN:
            yield from _archive_forms(entry, document)
            yield from _redacted_form(entry, document)
        else:
            yield from converted(document, at=at)


def converted(document: RecordDocument, *, at: datetime) -> Iterator[Made]:
    """An attachment in an archive format; nothing when it is kept in one already, or cannot be brought into one."""
    if document.objects_kept.filter(variant=Variant.ARCHIVE).exists():
        return
    original = document.objects_kept.get(variant=Variant.PRODUCTION, part=1)
    archived = to_archive_format(files.read(original.sha256), name=original.file_name, at=at)
    if not archived.is_archive_format:
        return
    described: dict[str, object] = {
        "variant": Variant.ARCHIVE,
        "capture": original.capture,
        "puid": archived.format.puid or "",
        "is_archival": True,
        "file_name": archived.name,
    }
    if (how := archived.conversion) is not None:
        described |= {
            "converted_from_sha256": how.sha256_before,
            "converted_from_puid": how.source.puid or "",
            "converted_with": f"{how.tool} {how.tool_version}",
            "converted_how": how.comment,
            "converted_at": how.at,
        }
    yield Made(document, archived.data, described)


def active(entry: JournalEntry) -> list[Restriction]:
    """The restrictions that hold, the oldest first."""
    return list(
        entry.restrictions.filter(lifted_at=None)
        .select_related("reference", "correspondent", "document")
        .order_by("id")
    )


def _archive_forms(entry: JournalEntry, document: RecordDocument) -> Iterator[Made]:
    there = set(document.objects_kept.filter(variant=Variant.ARCHIVE).values_list("version", flat=True))
    for original in _originals(document):
        if original.version not in there and original.capture is not None:
            data = _rendered(entry, original.capture, None)
            yield Made(document, data, _pdf(original, Variant.ARCHIVE, f"document-{original.version}.pdf"))


def _redacted_form(entry: JournalEntry, document: RecordDocument) -> Iterator[Made]:
    """A copy without what is restricted, of the newest version; none where nothing of it may be shown."""
    held, newest = active(entry), _originals(document).last()
    if not held or newest is None or newest.capture is None or _is_wholly_withheld(held, document):
        return
    snapshot = queries.snapshot_of(newest.capture)
    redactions = _redactions(entry, held, snapshot)
    data = _rendered(entry, newest.capture, redactions)
    kept = document.objects_kept.filter(variant=Variant.REDACTED, version=newest.version)
    described = _pdf(newest, Variant.REDACTED, f"document-{newest.version}-redacted.pdf")
    yield Made(document, data, {**described, "part": kept.count() + 1})


def _originals(document: RecordDocument) -> QuerySet[DocumentObject]:
    first = document.objects_kept.filter(variant=Variant.PRODUCTION, part=1)
    return first.select_related("capture").order_by("version")


def _is_wholly_withheld(held: list[Restriction], document: RecordDocument) -> bool:
    return any(row.target == RestrictionTarget.ENTRY or row.document_id == document.pk for row in held)


def _rendered(entry: JournalEntry, capture: Capture, redactions: Redactions | None) -> bytes:
    """The same capture gives the same bytes, whenever it is made: its time is that of the capture."""
    snapshot = queries.snapshot_of(capture)
    municipality = people.municipality()
    number = f"{entry.journal_number}/{entry.journal_year}" if entry.journal_number else ""
    document = Document(
        snapshot=snapshot,
        municipality=municipality.name if municipality else "",
        title=entry.public_title if redactions and redactions.title else entry.title,
        case_number=entry.own_number,
        journal_number=number,
        files=_pictures(snapshot),
        redactions=redactions,
    )
    return render(document, language=wording.archive_language(), at=capture.taken_at)


def _pictures(snapshot: Snapshot) -> dict[str, bytes]:
    wanted = {found.sha256 for item in snapshot.items for found in item.attachments if found.sha256}
    return {sha256: files.read(sha256) for sha256 in files.kept(wanted)}


def _redactions(entry: JournalEntry, held: list[Restriction], snapshot: Snapshot) -> Redactions:
    said = {item.id: item for item in snapshot.items}
    hidden = {row.document_id for row in held if row.target == RestrictionTarget.DOCUMENT}
    hashes = set(DocumentObject.objects.filter(document__in=hidden).values_list("sha256", flat=True))
    return Redactions(
        ground=held[0].reference.cited,
        passages=tuple(
            Passage(row.item, row.item_version or 1, row.start or 0, row.end or 0, row.reference.cited)
            for row in held
            if row.target == RestrictionTarget.PASSAGE and row.item in said
        ),
        names=tuple(entry.correspondents.filter(is_hidden=True).values_list("name", flat=True)),
        attachments=tuple(
            (item.id, place)
            for item in snapshot.items
            for place, found in enumerate(item.attachments)
            if found.sha256 in hashes
        ),
        title=any(row.target == RestrictionTarget.TITLE for row in held),
    )


def _pdf(original: DocumentObject, variant: Variant, name: str) -> dict[str, object]:
    return {
        "variant": variant,
        "version": original.version,
        "capture": original.capture,
        "media_type": PDF,
        "puid": PDF_A_2A,
        "is_archival": True,
        "file_name": name,
    }
