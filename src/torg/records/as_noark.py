"""Case files and entries of the journal as the standard's objects, from which every message and package is made."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from torg.noark import objects, values
from torg.people.models import Person, Unit
from torg.records.codes import DocumentRole, EntryType, PartyRole, RestrictionTarget
from torg.records.models import (
    CaseFile,
    Correspondent,
    DocumentObject,
    FollowUp,
    JournalEntry,
    RecordDocument,
    Restriction,
)

# A format that PRONOM does not know is written so in the Noark 5 interface.
UNKNOWN_FORMAT = "av/0"
_US = "Torg"
_INTERNAL = {PartyRole.INTERNAL_SENDER, PartyRole.INTERNAL_RECIPIENT, PartyRole.INTERNAL_COPY_RECIPIENT}
_ACCESS = {"UO": values.AccessRestriction.EXEMPT, "P": values.AccessRestriction.PERSONNEL}
# The standard has no internal copy recipient; in a message he is an internal recipient.
_PARTIES = {PartyRole.INTERNAL_COPY_RECIPIENT: values.CorrespondentType.INTERNAL_RECIPIENT}


def entries_with_all(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """These entries with everything that `entry` reads, in a few queries whatever their number."""
    return entries.select_related("case_file", "unit", "responsible").prefetch_related(
        Prefetch("correspondents", Correspondent.objects.select_related("unit", "handler").order_by("id")),
        Prefetch("documents", RecordDocument.objects.order_by("number")),
        Prefetch("documents__objects_kept", DocumentObject.objects.order_by("version", "variant", "part")),
        Prefetch("restrictions", Restriction.objects.filter(lifted_at=None).select_related("reference")),
        Prefetch("follows_up", FollowUp.objects.select_related("entry").order_by("id")),
    )


def case_file(case: CaseFile, *, system: str) -> objects.CaseFile:
    """A case file (saksmappe), with our key."""
    return objects.CaseFile(
        id=case.public_id,
        title=case.title,
        public_title=case.public_title,
        created_at=case.made_at,
        created_by=_name(case.responsible),
        dated_on=case.opened_on,
        unit=_unit(case.unit),
        responsible=_name(case.responsible),
        status=values.CaseStatus.from_code(case.status),
        file_id=case.own_number,
        year=case.year,
        number=case.number,
        closed_at=case.closed_at,
        closed_by=_name(case.responsible) if case.closed_at else "",
        class_id=case.classification,
        external_key=objects.ExternalKey(system=system, key=str(case.public_id)),
    )


def entry(found: JournalEntry, *, system: str) -> objects.JournalEntry | objects.ArchiveNote:
    """A journal entry (journalpost) or archive note (arkivnotat), with documents, correspondents and our key."""
    common: dict[str, Any] = {
        "id": found.public_id,
        "title": found.title,
        "public_title": found.public_title,
        "created_at": found.made_at,
        "created_by": _name(found.responsible),
        "archived_at": found.archived_at,
        "archived_by": _name(found.responsible) if found.archived_at else "",
        "document_on": found.document_on,
        "received_at": found.received_at,
        "sent_at": found.sent_at,
        "due_on": found.due_on,
        "documents": tuple(_document(one, found, system) for one in found.documents.all()),
        "correspondents": tuple(_correspondent(one) for one in found.correspondents.all()),
        "restriction": restriction_of(found, (None,)),
        "external_key": key_of(found, system=system),
    }
    if found.entry_type == EntryType.ARCHIVE_NOTE:
        return objects.ArchiveNote(**common)
    return objects.JournalEntry(
        **common,
        kind=values.EntryType.from_code(found.entry_type),
        status=values.JournalStatus.from_code(found.status),
        journaled_on=found.journal_on,
        year=found.journal_year,
        sequence_number=found.journal_number,
        number=found.post_number,
        follow_ups=tuple(_follow_up(one, found, system) for one in found.follows_up.all()),
    )


def key_of(found: JournalEntry, *, system: str) -> objects.ExternalKey:
    """Our key of an entry, by which an archive finds it again."""
    return objects.ExternalKey(system=system, key=str(found.public_id))


def restriction_of(found: JournalEntry, documents: tuple[int | None, ...]) -> objects.Restriction | None:
    """What is withheld of an entry, or of one of its documents, on the first ground; None when nothing is."""
    rows = [row for row in found.restrictions.all() if row.document_id in documents]
    if not rows:
        return None
    ends = [row.expires_on for row in rows]
    return objects.Restriction(
        ground=rows[0].reference.cited,
        access=_ACCESS.get(rows[0].access_code, values.AccessRestriction.CLIENTS),
        hides=tuple(dict.fromkeys(_hidden(row, found) for row in rows)),
        # The last to end decides: until then something is withheld.
        ends_on=max(end for end in ends if end) if all(ends) else None,
    )


def _hidden(row: Restriction, found: JournalEntry) -> values.HiddenMetadata:
    if row.target == RestrictionTarget.CORRESPONDENT:
        is_sender = found.entry_type == EntryType.INCOMING
        return values.HiddenMetadata.SENDER_NAME if is_sender else values.HiddenMetadata.RECIPIENT_NAME
    if row.target == RestrictionTarget.DOCUMENT:
        return values.HiddenMetadata.DOCUMENT_TITLE
    return values.HiddenMetadata.ENTRY_TITLE_WORDS


def _document(found: RecordDocument, of: JournalEntry, system: str) -> objects.DocumentDescription:
    is_main = found.role == DocumentRole.MAIN
    made_by = _name(of.responsible)
    return objects.DocumentDescription(
        id=found.public_id,
        title=found.title,
        number=found.number,
        created_at=found.made_at,
        created_by=made_by,
        attached_at=found.made_at,
        attached_by=made_by,
        attached_as=values.AttachedAs.MAIN_DOCUMENT if is_main else values.AttachedAs.ATTACHMENT,
        status=values.DocumentStatus.from_code(found.status),
        objects=tuple(_file(one, made_by) for one in found.objects_kept.all()),
        restriction=restriction_of(of, (found.pk,)),
        external_key=objects.ExternalKey(system=system, key=str(found.public_id)),
    )


def _file(found: DocumentObject, made_by: str) -> objects.DocumentObject:
    return objects.DocumentObject(
        id=found.public_id,
        variant=values.Variant.from_code(found.variant),
        puid=found.puid or UNKNOWN_FORMAT,
        created_at=found.made_at,
        created_by=made_by,
        file_name=found.file_name,
        sha256=found.sha256,
        size=found.size,
        version=found.version,
        mime_type=found.media_type,
        conversions=_conversions(found, made_by),
    )


def _conversions(found: DocumentObject, made_by: str) -> tuple[objects.Conversion, ...]:
    at: datetime | None = found.converted_at
    if at is None:
        return ()
    return (
        objects.Conversion(
            at=at,
            by=made_by,
            from_format=found.converted_from_puid or UNKNOWN_FORMAT,
            to_format=found.puid or UNKNOWN_FORMAT,
            tool=found.converted_with,
            comment=found.converted_how,
        ),
    )


def _correspondent(found: Correspondent) -> objects.Correspondent:
    is_internal = found.role in _INTERNAL
    return objects.Correspondent(
        kind=_PARTIES.get(PartyRole(found.role)) or values.CorrespondentType.from_code(found.role),
        name=found.name,
        unit=_unit(found.unit) if is_internal else "",
        case_handler=_name(found.handler) if is_internal and found.handler else "",
        is_responsible=is_internal,
        is_restricted=found.is_hidden,
        is_person=found.is_person,
    )


def _follow_up(found: FollowUp, answer: JournalEntry, system: str) -> objects.FollowUp:
    return objects.FollowUp(
        on=found.followed_up_on,
        by=_name(answer.responsible),
        how=values.FollowUpMethod.from_code(found.method),
        answers=objects.EntryReference(external_key=key_of(found.entry, system=system)),
    )


def _name(person: Person | None) -> str:
    return person.name if person else _US


def _unit(unit: Unit | None) -> str:
    return unit.name if unit else _US
