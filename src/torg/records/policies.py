"""Who may keep records, and what the standard allows at each stage (Noark 5, krav 3.2.x)."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.records.codes import (
    NEED_FOLLOW_UP,
    OWN_DOCUMENTS,
    WRITTEN_HERE,
    CaseStatus,
    DocumentRole,
    DocumentStatus,
    EntryStatus,
    EntryType,
    Variant,
)
from torg.records.days import day_of
from torg.records.internal import Written
from torg.records.models import ArchiveCore, CaseFile, DocumentObject, ErasureRequest, JournalEntry, RecordDocument
from torg.records.preservation_codes import ErasureState


def check_can_keep(by: Actor, *, scope_id: UUID | None, at: datetime) -> None:
    """Assess, journal, restrict and correct; scope None for what concerns the whole municipality."""
    check_may(by, Permission.JOURNAL, scope_id=scope_id, at=at)


def check_takes_entries(case: CaseFile) -> None:
    """A finished case file takes no more entries (krav 3.2.4)."""
    if case.status != CaseStatus.OPEN:
        raise InvalidTransition(_("The case file is finished. Open it again, or choose another."))


def check_is_complete(case: CaseFile) -> None:
    """What must be in order before a case file is finished (krav 3.2.6–9)."""
    if not case.classification:
        raise Invalid(_("Give the case file a class before you finish it."), field="classification")
    entries = case.entries.exclude(status=EntryStatus.EXPIRED)
    unanswered = entries.filter(awaits_follow_up=True).count()
    if unanswered:
        raise Invalid(_("Documents that are not followed up: %(count)d. Follow them up first.") % {"count": unanswered})
    unarchived = entries.exclude(status=EntryStatus.ARCHIVED).count()
    if unarchived:
        raise Invalid(_("Entries that are not archived: %(count)d. Archive them first.") % {"count": unarchived})
    if _without_archive_format(Q(entry__in=entries)):
        raise Invalid(_("Not all documents are kept in an archive format yet. Wait until they are made."))


def check_can_be_archived(entry: JournalEntry) -> None:
    """Only what is complete is archived: all documents finished and in an archive format (krav 3.2.30)."""
    if entry.documents.exclude(status=DocumentStatus.FINISHED).exists():
        raise Invalid(_("A document is still being made. Wait until it is finished."))
    if _without_archive_format(Q(entry=entry)):
        raise Invalid(_("Not all documents are kept in an archive format yet. Wait until they are made."))


def frozen_fields(entry: JournalEntry) -> frozenset[str]:
    """The fields that can no longer be corrected (krav 3.2.14, 3.2.22–24)."""
    if entry.status == EntryStatus.EXPIRED:
        return frozenset({"title", "public_title", "journal_on", "document_on", "responsible", "unit", "due_on"})
    if entry.archived_at is not None:
        return frozenset({"title", "journal_on", "document_on", "responsible"})
    if entry.entry_type in OWN_DOCUMENTS:
        return frozenset({"document_on", "responsible"})
    return frozenset()


def check_not_frozen(entry: JournalEntry, fields: set[str]) -> None:
    """Raises InvalidTransition when one of the fields is frozen."""
    if fields & frozen_fields(entry):
        raise InvalidTransition(_("This is frozen now that the entry is journaled. Put a remark on it instead."))


def check_takes_documents(entry: JournalEntry) -> None:
    """An archived entry gets no new documents (krav 3.2.17)."""
    if entry.archived_at is not None:
        raise InvalidTransition(_("The entry is archived and takes no more documents. Make a new entry."))


def check_can_be_followed_up(entry: JournalEntry) -> None:
    """Only what came in, or was meant for follow-up, is followed up."""
    if entry.entry_type not in NEED_FOLLOW_UP:
        raise Invalid(_("Only incoming documents, and internal ones for follow-up, are followed up."))


def check_can_follow_up(entry: JournalEntry) -> None:
    """What follows up is something that we wrote."""
    if entry.entry_type not in (*OWN_DOCUMENTS, EntryType.ARCHIVE_NOTE):
        raise Invalid(_("A document is followed up by one that we wrote."))


def check_is_a_person(by: Actor) -> Person:
    """What is written in by hand has somebody who wrote it; raises NotAllowed."""
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person can decide this."))
    return by


def check_can_be_written_in(written: Written, *, at: datetime) -> None:
    """Only what we write ourselves and nobody outside gets is written in by hand; raises Invalid."""
    if written.entry_type not in WRITTEN_HERE:
        raise Invalid(_("Choose what sort of document it is."), field="entry_type")
    if not written.text.strip():
        raise Invalid(_("Write the document."), field="text")
    if written.document_on > day_of(at):
        raise Invalid(_("The date of the document cannot be later than today."), field="document_on")


def check_lacks_archive_format(document: RecordDocument) -> None:
    """What is kept for the archive already is not replaced (krav 3.2.17); raises InvalidTransition."""
    if document.objects_kept.filter(is_archival=True).exclude(variant=Variant.REDACTED).exists():
        raise InvalidTransition(_("The document is kept in an archive format already."))


def _without_archive_format(where: Q) -> bool:
    """The main document must have been made for the archive; an attachment may have come in a good format."""
    kept = DocumentObject.objects.filter(document=OuterRef("pk"))
    made = Exists(kept.filter(variant=Variant.ARCHIVE))
    came = Exists(kept.filter(is_archival=True))
    lacks = (Q(role=DocumentRole.MAIN) & ~Q(made)) | (Q(role=DocumentRole.ATTACHMENT) & ~Q(came))
    return RecordDocument.objects.filter(where).filter(lacks).exists()


def check_can_be_delivered(core: ArchiveCore, entry: JournalEntry) -> None:
    """What goes to the archive is complete, stands, and belongs to a period that is open."""
    if entry.status == EntryStatus.EXPIRED:
        raise Invalid(_("The entry is marked as expired and is not delivered."))
    check_period_is_open(core, entry)
    if _without_archive_format(Q(entry=entry)):
        raise Invalid(_("Not all documents are kept in an archive format yet. Wait until they are made."))


def check_period_is_open(core: ArchiveCore, entry: JournalEntry) -> None:
    """What was journaled in a closed period stays as it is in the archive."""
    if core.closed_until and entry.journal_on <= core.closed_until:
        raise Invalid(_("The entry belongs to a closed period. What is there cannot be changed."))


def check_is_over(starts_on: date, ends_on: date, *, at: datetime) -> None:
    """What is deposited has ended: a day that is not past can still bring more."""
    if starts_on > ends_on:
        raise Invalid(_("The last day is before the first."), field="ends_on")
    if ends_on >= day_of(at):
        raise Invalid(_("The period is not over yet. Choose a last day that is past."), field="ends_on")


def check_is_unanswered(found: ErasureRequest) -> None:
    """A letter that was sent is not written again."""
    if found.state != ErasureState.RECEIVED:
        raise InvalidTransition(_("The request is answered already."))


def scopes_kept(by: Actor, *, at: datetime) -> list[UUID]:
    """The scopes in which somebody keeps records."""
    return people.scope_ids_for(by, Permission.JOURNAL, at=at)
