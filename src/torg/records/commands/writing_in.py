"""Register what an archivist writes in by hand, and keep an attachment in an archive format made elsewhere."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.files import commands as files
from torg.people.models import Person
from torg.records import events, internal, keeping, policies, registering, wording
from torg.records.acting import Act
from torg.records.codes import EntryType, PartyRole, Variant
from torg.records.commands.capturing import capture
from torg.records.documents import converting, formats
from torg.records.documents.archive_formats import is_archive_format
from torg.records.internal import Written
from torg.records.loading import case_for_change, entry_for_change
from torg.records.models import DocumentObject, JournalEntry, RecordDocument
from torg.records.types import Party, Registration

REASON = "JOURNALED"


@transaction.atomic
def journal_internal(*, case_id: UUID, written: Written, by: Actor, at: datetime) -> JournalEntry:
    """Register an internal document (N, X) or a proposal (S) in a case file, as it was written here (M082).

    Raises NotFound, NotAllowed, InvalidTransition for a finished case file, Invalid for another type, without titles,
    without a text, or with a date that is not past.
    """
    case = case_for_change(case_id, by=by, at=at)
    person = policies.check_is_a_person(by)
    policies.check_takes_entries(case)
    policies.check_can_be_written_in(written, at=at)
    act = Act(by, at)
    place = person.unit.name if person.unit else person.name
    with wording.in_archive_language():
        snapshot = internal.snapshot_of(written, scope_id=case.scope_id, place=place, by=person, at=at)
        taken = capture(snapshot=snapshot, reason=REASON, by=by, at=at)
        entry = registering.register(case, taken, snapshot, _registration(written, person, snapshot.items[0].id), act)
    audit.record(
        events.JOURNALED, actor=by, scope=entry.scope_id, target=entry, at=at, facts={"type": entry.entry_type}
    )
    return entry


@transaction.atomic
def add_archive_version(*, document_id: UUID, data: bytes, name: str, by: Actor, at: datetime) -> DocumentObject:
    """Keep a document in an archive format that somebody made elsewhere, beside its original (krav 3.2.27).

    What it is, its bytes decide. Raises NotFound, NotAllowed, Invalid for what is no archive format on this day,
    InvalidTransition when the document has one already.
    """
    document = _document(document_id, by, at)
    policies.check_lacks_archive_format(document)
    found = formats.identify(data, name)
    act = Act(by, at)
    is_taken = is_archive_format(found.puid, on=act.day) and converting.is_coded_for_archive(data, found.puid)
    if not data or not is_taken:
        raise Invalid(
            _(
                "This is no archive format. Save it as PDF/A (a film as MP4 with H.264), and choose that file. "
                "We took it for: %(format)s."
            )
            % {"format": found.name or _("Unknown")},
            field="file",
        )
    original = document.objects_kept.filter(variant=Variant.PRODUCTION).order_by("version", "part").first()
    kept = keeping.keep_file(
        document,
        files.store(data=data, claimed_type=None, at=at).sha256,
        act,
        variant=Variant.ARCHIVE,
        capture=original.capture if original else None,
        puid=found.puid or "",
        is_archival=True,
        file_name=name[:200],
        converted_from_sha256=original.sha256 if original else "",
        converted_from_puid=original.puid if original else "",
        converted_with=act.told[:100],
        converted_how=_("By hand, outside the system"),
        converted_at=at,
    )
    facts: dict[str, int | str] = {"variant": kept.variant, "sha256": hashlib.sha256(data).hexdigest(), "by_hand": 1}
    audit.record(events.VARIANT_ADDED, actor=by, scope=document.scope_id, target=document.entry, at=at, facts=facts)
    return kept


def _registration(written: Written, person: Person, item: str) -> Registration:
    sender = Party(PartyRole.INTERNAL_SENDER, person.unit.name if person.unit else person.name)
    to = [Party(PartyRole.INTERNAL_RECIPIENT, written.recipient)] if written.recipient.strip() else []
    names = {
        EntryType.PROPOSAL: _("Proposal to a decision"),
        EntryType.INTERNAL: _("Internal document"),
        EntryType.INTERNAL_FOLLOWED_UP: _("Internal document"),
    }
    return Registration(
        entry_type=written.entry_type,
        titles=written.titles,
        parties=(sender, *to),
        document_on=written.document_on,
        due_on=written.due_on,
        document_type=names[EntryType(written.entry_type)],
        items=(item,),
    )


def _document(document_id: UUID, by: Actor, at: datetime) -> RecordDocument:
    rows = RecordDocument.objects.visible_to(by, at=at).select_related("entry")
    document: RecordDocument | None = rows.filter(public_id=document_id).first()
    if document is None:
        raise NotFound(_("There is no such document."))
    entry_for_change(document.entry.public_id, by=by, at=at)
    return document
