"""How one thing points at another, by whatever is known of it."""

from dataclasses import dataclass
from uuid import UUID

from torg.noark.objects.access import ExternalKey


@dataclass(frozen=True, kw_only=True)
class CaseReference:
    """An existing case file, by whatever is known: the archive's id, its number (year, sequence number), our key."""

    id: UUID | None = None
    number: tuple[int, int] | None = None
    external_key: ExternalKey | None = None


@dataclass(frozen=True, kw_only=True)
class EntryReference:
    """An existing registration, by the archive's id, its journal number (year, sequence number) or our key."""

    id: UUID | None = None
    number: tuple[int, int] | None = None
    external_key: ExternalKey | None = None


@dataclass(frozen=True, kw_only=True)
class CrossReference:
    """Points at one other thing (kryssreferanse): a class M219, a case file M210 or a registration M212."""

    to_class: UUID | None = None
    to_case: CaseReference | None = None
    to_entry: EntryReference | None = None
