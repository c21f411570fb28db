"""How a registration becomes rows: number, entry, correspondents, documents; inside the commands that journal."""

from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.errors import Invalid, NotFound
from torg.records import keeping, policies, titling, withholding
from torg.records.acting import Act
from torg.records.codes import NEED_FOLLOW_UP, DocumentRole, EntryType, NumberSeriesName, PartyRole
from torg.records.loading import case_for_change
from torg.records.models import Capture, CaseFile, Correspondent, EntryItem, JournalEntry, NumberSeries
from torg.records.types import CaseWanted, Party, Registration, Snapshot

INTERNAL = (PartyRole.INTERNAL_SENDER, PartyRole.INTERNAL_RECIPIENT, PartyRole.INTERNAL_COPY_RECIPIENT)
OTHER_SIDE = {
    EntryType.INCOMING: {PartyRole.SENDER},
    EntryType.OUTGOING: {PartyRole.RECIPIENT, PartyRole.GROUP_RECIPIENT},
}


def case_for(wanted: CaseWanted, scope_id: UUID, act: Act) -> CaseFile:
    """The case file that is wanted: an existing one of the same scope that takes entries, or a new one."""
    if wanted.existing is None:
        return new_case(wanted, scope_id, act)
    case = case_for_change(wanted.existing, by=act.by, at=act.at)
    if case.scope_id != scope_id:
        raise Invalid(_("The case file belongs to another page. Choose one of the same page."), field="case")
    policies.check_takes_entries(case)
    return case


def case_of_decision(wanted: CaseWanted, scope_id: UUID, act: Act) -> CaseFile:
    """As `case_for`, for one whose right to decide the caller has seen to."""
    if wanted.existing is None:
        return new_case(wanted, scope_id, act)
    rows = CaseFile.objects.select_for_update().filter(public_id=wanted.existing, scope_id=scope_id)
    case: CaseFile | None = rows.first()
    if case is None:
        raise NotFound(_("There is no such case file."))
    policies.check_takes_entries(case)
    return case


def new_case(wanted: CaseWanted, scope_id: UUID, act: Act) -> CaseFile:
    """A new case file with the next number of the year; raises Invalid without a title."""
    if wanted.titles is None or not wanted.titles.full.strip() or not wanted.titles.public.strip():
        raise Invalid(_("Give the case file a title."), field="title")
    return CaseFile.objects.create(
        scope_id=scope_id,
        year=act.day.year,
        number=NumberSeries.draw(NumberSeriesName.CASE_FILE, act.day.year),
        title=titling.fitted(wanted.titles.full),
        public_title=titling.fitted(wanted.titles.public),
        classification=wanted.classification,
        classification_title=wanted.classification_title,
        responsible=act.person,
        unit=act.person.unit if act.person else None,
        opened_on=act.day,
        made_at=act.at,
        made_by=act.told,
    )


def register(case: CaseFile, capture: Capture, snapshot: Snapshot, wanted: Registration, act: Act) -> JournalEntry:
    """One entry with its number, correspondents, items, documents and restrictions, and the job that makes its PDF."""
    check(wanted)
    entry = _new_entry(case, capture, wanted, snapshot.channel, act)
    for party in wanted.parties:
        add_party(entry, party)
    EntryItem.objects.bulk_create(EntryItem(entry=entry, item=item) for item in dict.fromkeys(wanted.items))
    keeping.add_documents(entry, snapshot, wanted.document_type, act)
    for restriction in wanted.restrictions:
        withholding.restrict(entry, restriction, act)
    make_variants_later(entry)
    return entry


def add_version(entry: JournalEntry, capture: Capture, snapshot: Snapshot, act: Act) -> int:
    """The next version of the main document, with its originals; returns its number."""
    main = entry.documents.get(role=DocumentRole.MAIN)
    version = int(main.objects_kept.aggregate(last=Max("version"))["last"]) + 1
    keeping.keep_originals(main, capture, snapshot, act, version=version)
    known = set(entry.items.values_list("item", flat=True))
    EntryItem.objects.bulk_create(
        EntryItem(entry=entry, item=item.id) for item in snapshot.items if item.id not in known
    )
    make_variants_later(entry)
    return version


def make_variants_later(entry: JournalEntry) -> None:
    """Ask for the PDFs of an entry; making them takes time, and nobody should wait."""
    number = str(entry.public_id)
    jobs.enqueue("records.make_variants", lock=f"records.{number}", once=f"records.{number}", entry_id=number)


def check(wanted: Registration) -> None:
    """Raises Invalid when titles or the other side are missing, or when a document came in is not said."""
    if not wanted.titles.full.strip() or not wanted.titles.public.strip():
        raise Invalid(_("Give the entry a title."), field="title")
    if wanted.entry_type == EntryType.INCOMING and wanted.received_at is None:
        raise Invalid(_("Say when the document came in."), field="received_at")
    others = OTHER_SIDE.get(EntryType(wanted.entry_type))
    if others is not None and others.isdisjoint({party.role for party in wanted.parties}):
        raise Invalid(_("Say who it came from, or who it went to."), field="parties")


def add_party(entry: JournalEntry, party: Party) -> Correspondent:
    """A correspondent; one without a name is told as unknown, since the journal may not leave it out."""
    is_internal = party.role in INTERNAL
    return Correspondent.objects.create(
        scope_id=entry.scope_id,
        entry=entry,
        role=party.role,
        name=titling.fitted(party.name)[:200] or _("Unknown"),
        is_person=party.is_person,
        is_hidden=party.is_hidden,
        external_id=party.external_id[:200],
        handler=entry.responsible if is_internal else None,
        unit=entry.unit if is_internal else None,
    )


def _new_entry(case: CaseFile, capture: Capture, wanted: Registration, channel: str, act: Act) -> JournalEntry:
    # The lock on the case file keeps two entries from taking the same place in it.
    CaseFile.objects.select_for_update().get(pk=case.pk)
    last = case.entries.aggregate(last=Max("post_number"))["last"] or 0
    is_note = wanted.entry_type == EntryType.ARCHIVE_NOTE
    return JournalEntry.objects.create(
        scope_id=case.scope_id,
        case_file=case,
        entry_type=wanted.entry_type,
        journal_year=None if is_note else act.day.year,
        journal_number=None if is_note else NumberSeries.draw(NumberSeriesName.JOURNAL, act.day.year),
        post_number=last + 1,
        title=titling.fitted(wanted.titles.full),
        public_title=titling.fitted(wanted.titles.public),
        channel=channel,
        subject_kind=capture.subject_kind,
        subject_id=capture.subject_id,
        capture=capture,
        responsible=act.person,
        unit=act.person.unit if act.person else None,
        journal_on=act.day,
        document_on=wanted.document_on,
        received_at=wanted.received_at,
        sent_at=wanted.sent_at,
        due_on=wanted.due_on,
        awaits_follow_up=wanted.entry_type in NEED_FOLLOW_UP,
        made_at=act.at,
        made_by=act.told,
    )
