"""What an archive core answers, as values."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from torg.noark.objects import ExternalKey
from torg.noark.values import Coded


class Unreadable(ValueError):
    """It is not XML, not an answer of Fiks Arkiv v1, or says things that cannot be."""


@dataclass(frozen=True, kw_only=True)
class CaseReceipt:
    """The archive has the case file (mappeKvittering). `is_new` false when it knew the key already."""

    id: UUID
    is_new: bool
    year: int | None = None
    number: int | None = None
    file_id: str = ""
    external_key: ExternalKey | None = None


@dataclass(frozen=True, kw_only=True)
class EntryReceipt:
    """The archive has the registration (registreringKvittering). `documents` are its ids by document number."""

    id: UUID
    is_new: bool
    year: int | None = None
    sequence_number: int | None = None
    number: int | None = None
    registration_id: str = ""
    external_key: ExternalKey | None = None
    documents: tuple[tuple[int, UUID], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why the archive did not do it: its own reference, and its words."""

    reference: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The answer to a message that creates (arkivmelding.opprett.kvittering): each half done, or why not."""

    case: CaseReceipt | None = None
    case_problem: Problem | None = None
    entry: EntryReceipt | None = None
    entry_problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class FileReceipt:
    """The archive has the file (dokumentobjekt.opprett.kvittering)."""

    id: UUID


class Cause(Enum):
    """Whose fault a failure is, by the type of message: ours (do not repeat), theirs (repeat), or nothing there."""

    INVALID = "ugyldigforespoersel"
    SERVER = "serverfeil"
    NOT_FOUND = "ikkefunnet"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """feilmelding.*"""

    cause: Cause
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """innsyn.kodeliste.hent.resultat"""

    codes: tuple[Coded, ...]


@dataclass(frozen=True, kw_only=True)
class FoundCase:
    """A case file that a query found; only what the answer said."""

    id: UUID | None
    title: str = ""
    year: int | None = None
    number: int | None = None
    status: str = ""
    external_key: ExternalKey | None = None


@dataclass(frozen=True, kw_only=True)
class FoundEntry:
    """A registration that a query found. `correspondents` are pairs of the archive's id and the name."""

    id: UUID | None
    title: str = ""
    year: int | None = None
    sequence_number: int | None = None
    number: int | None = None
    external_key: ExternalKey | None = None
    correspondents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search or a question for one thing was answered with; `total` may be more than came."""

    total: int
    cases: tuple[FoundCase, ...] = ()
    entries: tuple[FoundEntry, ...] = ()


Answer = Receipt | FileReceipt | Failure | CodeList | Found
