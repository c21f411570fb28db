"""Registrations: what is journaled, what is only archived, and whom it concerned."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from torg.noark import values
from torg.noark.objects.access import ExternalKey, Remark, Restriction
from torg.noark.objects.documents import DocumentDescription
from torg.noark.objects.preservation import Disposal
from torg.noark.objects.references import CrossReference, EntryReference
from torg.noark.objects.social_media import SocialMedia


@dataclass(frozen=True, kw_only=True)
class Correspondent:
    """Who wrote, or was written to (korrespondansepart).

    `kind` M087 korrespondanseparttype · `name` M400 korrespondansepartNavn · `email` M410 epostadresse · `contact`
    M412 kontaktperson · `unit` M305 administrativEnhet and `case_handler` M307 saksbehandler of an internal one ·
    `is_restricted` (erSkjermet): the name is withheld · `is_person` (erPersonnavn): the name is a person's, not
    searchable in the public journal after a year · `sent_by` forsendelsesmaate in Fiks Arkiv.
    """

    kind: values.CorrespondentType
    name: str
    email: str = ""
    contact: str = ""
    organisation_number: str = ""
    unit: str = ""
    case_handler: str = ""
    is_responsible: bool = False
    is_restricted: bool = False
    is_person: bool = False
    sent_by: values.Coded | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """The end of an entry that asked for something (avskrivning).

    `on` M617 avskrivningsdato · `by` M618 avskrevetAv · `how` M619 avskrivningsmaate · `answered_by` M215
    referanseAvskrivesAvJournalpost, on the question · `answers` referanseAvskriverJournalpost, on the answer when the
    two are sent one by one (Fiks Arkiv).
    """

    on: date
    by: str
    how: values.FollowUpMethod
    answered_by: EntryReference | None = None
    answers: EntryReference | None = None


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What all registrations have (registrering).

    `id` M001 · `title` M020 · `public_title` M025 · `created_…` M600, M601 · `archived_…` M604, M605 ·
    `registration_id` M004 registreringsID, such as "2026/17-1" · `description` M021 · `keywords` M022 · `authors`
    M024 · `medium` M300 · `series` M208 · `social_media` M711 · `document_on` M103 dokumentetsDato · `received_at`
    M104 · `sent_at` M105 · `due_on` M109 forfallsdato · `access_assessed_on` M110 offentlighetsvurdertDato. The count
    of attachments (M304) is computed.
    """

    id: UUID
    title: str
    created_at: datetime
    created_by: str
    public_title: str = ""
    archived_at: datetime | None = None
    archived_by: str = ""
    registration_id: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    medium: values.Medium | None = None
    series: UUID | None = None
    document_on: date | None = None
    received_at: datetime | None = None
    sent_at: datetime | None = None
    due_on: date | None = None
    access_assessed_on: date | None = None
    documents: tuple[DocumentDescription, ...] = ()
    correspondents: tuple[Correspondent, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cross_references: tuple[CrossReference, ...] = ()
    disposal: Disposal | None = None
    restriction: Restriction | None = None
    social_media: SocialMedia | None = None
    external_key: ExternalKey | None = None

    @property
    def attachment_count(self) -> int:
        """antallVedlegg (M304)"""
        return sum(one.attached_as is values.AttachedAs.ATTACHMENT for one in self.documents)


@dataclass(frozen=True, kw_only=True)
class JournalEntry(Registration):
    """A registration in the journal (journalpost).

    `kind` M082 journalposttype · `status` M053 journalstatus · `journaled_on` M101 journaldato · `year`,
    `sequence_number` M013 journalaar, M014 journalsekvensnummer · `number` M015 journalpostnummer within the case ·
    `journal_unit` M308 journalenhet · `follow_ups` avskrivning.
    """

    kind: values.EntryType
    status: values.JournalStatus
    journaled_on: date
    year: int | None = None
    sequence_number: int | None = None
    number: int | None = None
    journal_unit: str = ""
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ArchiveNote(Registration):
    """A registration that is archived but not journaled (arkivnotat, krav 2.6.4)."""
