"""What an archive core promises: what is delivered to it, what it answers, and how to look before repeating.

The errors are the ten of `torg.connectors.contract`, so that the outbox understands a core as it does a platform.
Codes are those of the Fiks Arkiv value lists, which both ways speak.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO, Protocol
from uuid import UUID


class RegistrationKind(StrEnum):
    """Journaled, or archived without being journaled (krav 2.6.4)."""

    JOURNAL_ENTRY = "journalpost"
    NOTE = "arkivnotat"


class EntryType(StrEnum):
    """The type of a journal entry (journalposttype, M082)."""

    INCOMING = "I"
    OUTGOING = "U"
    INTERNAL_TO_FOLLOW_UP = "N"
    INTERNAL = "X"
    CASE_PROPOSAL = "S"


class EntryStatus(StrEnum):
    """The status of a journal entry (journalstatus, M053), as far as we set it."""

    JOURNALED = "J"
    SENT = "E"
    ARCHIVED = "A"
    VOID = "U"


class PartyRole(StrEnum):
    """What a correspondent is to a registration (korrespondanseparttype, M087)."""

    SENDER = "EA"
    RECIPIENT = "EM"
    COPY = "EK"
    GROUP = "GM"
    INTERNAL_SENDER = "IA"
    INTERNAL_RECIPIENT = "IM"

    @property
    def is_internal(self) -> bool:
        """Whether the party belongs to the municipality."""
        return self in (PartyRole.INTERNAL_SENDER, PartyRole.INTERNAL_RECIPIENT)


class Variant(StrEnum):
    """The variant of a document's file (variantformat, M700)."""

    PRODUCTION = "P"
    ARCHIVE = "A"
    REDACTED = "O"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Shielding (skjerming): why, until when, and what of the metadata it covers (codes of M502)."""

    access: str
    ground: str
    until: date | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The case file (saksmappe) that a registration goes into.

    `key` is our own and finds it again. An existing one of the archive's is named by `number` ("2026/17"); then
    nothing is created, and the other fields are ignored.
    """

    key: str
    title: str = field(default="", repr=False)
    public_title: str = field(default="", repr=False)
    number: str = ""
    class_id: str = ""
    unit: str = ""
    responsible: str = field(default="", repr=False)
    opened_on: date | None = None
    status: str = "B"
    restriction: Restriction | None = None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who a registration came from or went to (korrespondansepart); internal ones have a unit and a case worker."""

    role: PartyRole
    name: str = field(repr=False)
    unit: str = ""
    case_worker: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    is_person: bool = False
    is_shielded: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One document object (dokumentobjekt); `open` gives its bytes anew each time.

    `name` is unique within the delivery and safe as a file name; `format` is a PRONOM id; `sha256` is 64 hex digits.
    """

    name: str
    media_type: str
    format: str
    variant: Variant
    size: int
    sha256: str
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One document description (dokumentbeskrivelse) with its files; the first of a registration is the main one."""

    key: str
    title: str = field(repr=False)
    kind: str
    is_main: bool
    number: int
    files: tuple[File, ...]
    restriction: Restriction | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """This registration answers another (avskrivning): which, by our key; when; how (a code of M619); by whom."""

    answered_key: str
    on: date
    manner: str
    by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Registration:
    """A journal entry or archive note; dates are aware where they hold a time."""

    key: str
    kind: RegistrationKind
    title: str = field(repr=False)
    public_title: str = field(repr=False)
    documents: tuple[Document, ...]
    correspondents: tuple[Correspondent, ...] = ()
    type: EntryType | None = None
    status: EntryStatus = EntryStatus.JOURNALED
    journaled_on: date | None = None
    document_date: date | None = None
    received_at: datetime | None = None
    sent_at: datetime | None = None
    assessed_on: date | None = None
    restriction: Restriction | None = None
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One registration on its way to the archive, with its case file.

    `id` is the client's message id: the same through every repetition, a new one when a person has mended what was
    refused. `message` is the finished `arkivmelding.xml`, which the Fiks ways carry; the REST way uses the fields.
    """

    id: UUID
    system: str
    case_file: CaseFile
    registration: Registration
    message: bytes = field(default=b"", repr=False)

    @property
    def files(self) -> tuple[File, ...]:
        """Every file, in the documents' order."""
        return tuple(file for document in self.registration.documents for file in document.files)


@dataclass(frozen=True, slots=True)
class Correction:
    """What changes of a registration that the archive has; None leaves a field alone.

    `lifts_restriction` takes the shielding away, which None does not. `id` as for a delivery; `message` is the finished
    `arkivmelding.xml` of an update.
    """

    id: UUID
    system: str
    key: str
    title: str | None = field(default=None, repr=False)
    public_title: str | None = field(default=None, repr=False)
    status: EntryStatus | None = None
    restriction: Restriction | None = None
    lifts_restriction: bool = False
    message: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The archive has it: its id, and the numbers that it gave. Numbers are None for what is not journaled."""

    key: str
    system_id: str
    case_system_id: str = ""
    case_year: int | None = None
    case_number: int | None = None
    journal_year: int | None = None
    journal_sequence: int | None = None
    entry_number: int | None = None
    # It was there before this delivery.
    is_existing: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """The archive has made the change that was asked for."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Pending:
    """Handed over; the receipt or a failure comes later, and `collect` gives it. `is_received`: the core said so."""

    id: UUID
    is_received: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """The core's own words on why it did not archive. A `lasting` one needs a person; the other may be repeated."""

    code: str
    reason: str = field(repr=False)
    is_lasting: bool = True


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer that came later, to the delivery `id`; None when it names none that can be read.

    It comes again with every `collect` until `acknowledge(handle)` says that it is stored.
    """

    handle: str
    id: UUID | None
    answer: Receipt | Corrected | Pending | Failure


@dataclass(frozen=True, slots=True)
class FoundCase:
    """An existing case file of the archive's."""

    system_id: str
    number: str
    title: str = field(repr=False)
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a way can do at once; what it cannot raises Refused when called."""

    answers_at_once: bool
    finds_case_files: bool = False
    gives_code_lists: bool = False
    can_be_compared: bool = False


class Archive(Protocol):
    """An archive core, reached in one of the ways. Every method raises one of the ten errors and nothing else."""

    capabilities: Capabilities

    def deliver(self, delivery: Delivery) -> Receipt | Pending:
        """Archive it once: what is already there of it is kept and completed, never doubled."""

    def look(self, delivery: Delivery) -> Receipt | Pending | None:
        """Whether the archive has all of it; changes nothing. What is there in part only is None."""

    def correct(self, correction: Correction) -> Corrected | Pending:
        """Change what was delivered; Gone when the archive has no such registration."""

    def collect(self) -> Iterator[Arrived]:
        """Answers that have come, oldest first."""

    def acknowledge(self, handle: str) -> None:
        """The answer is stored with us, and is not given again."""

    def find_case_file(self, number: str) -> FoundCase | None:
        """The case file with this number ("2026/17")."""

    def code_lists(self) -> Mapping[str, Sequence[Code]]:
        """The archive's own value lists, by the standard's name."""

    def held(self, *, since: date) -> Collection[str]:
        """The keys of our registrations that the archive holds, created on or after this day."""

    def check(self) -> str:
        """Try the connection without changing anything; what answered, in a few words."""
